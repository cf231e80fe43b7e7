namespace SupportBot.BrowserTests.Browsing;

/// <summary>A console's line to the hub, on which news of conversations can be held back as on a slow network, and which can be cut.</summary>
public sealed class HubLine
{
    private readonly Lock _lock = new();

    private readonly List<Action> _held = [];

    private IWebSocketRoute? _console;

    private bool _holding;

    /// <summary>To be called before the page opens the console.</summary>
    public Task AttachAsync(IPage page) => page.RouteWebSocketAsync(url => new Uri(url).AbsolutePath == "/hubs/agent", console =>
    {
        _console = console;
        var hub = console.ConnectToServer();
        hub.OnMessage(frame => Pass(frame.Text ?? "", () => console.Send(frame.Text ?? "")));
    });

    /// <summary>From now on news waits. Answers to the console's own calls come through.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holding = true;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _holding = false;
            _held.ForEach(send => send());
            _held.Clear();
        }
    }

    /// <summary>Ends the connection. A browser that is told to be offline refuses new ones but keeps those it has.</summary>
    public Task CutAsync() => _console!.CloseAsync();

    private void Pass(string text, Action send)
    {
        lock (_lock)
        {
            if (_holding && text.Contains("\"target\":\"ConversationChanged\"", StringComparison.Ordinal))
            {
                _held.Add(send);
            }
            else
            {
                send();
            }
        }
    }
}
