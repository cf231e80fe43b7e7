using System.Collections.Concurrent;

namespace SupportBot.BrowserTests.Browsing;

/// <summary>What a page must never do, whatever text it is given: open a dialog, call another host, break its own policy, fail.</summary>
public sealed class Misdeeds
{
    private readonly ConcurrentQueue<string> _seen = [];

    public IEnumerable<string> Seen => _seen;

    /// <summary>To be called before the page goes anywhere.</summary>
    public async Task WatchAsync(IPage page, Uri service)
    {
        page.Dialog += async (_, dialog) =>
        {
            _seen.Enqueue($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => NoteHost(request.Url, service);
        page.WebSocket += (_, socket) => NoteHost(socket.Url, service);
        page.PageError += (_, error) => _seen.Enqueue($"uncaught: {error}");
        page.Console += (_, message) =>
        {
            // That nobody is signed in yet is no fault, and a browser says it as one.
            if (message.Type == "error" && !message.Location.Contains("/api/console/session", StringComparison.Ordinal))
            {
                _seen.Enqueue($"console: {message.Text}");
            }
        };
        await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))");
    }

    private void NoteHost(string url, Uri service)
    {
        if (new Uri(url).Authority != service.Authority)
        {
            _seen.Enqueue($"request: {url}");
        }
    }
}
