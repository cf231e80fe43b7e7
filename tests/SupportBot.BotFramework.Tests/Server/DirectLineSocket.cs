using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>A client's end of a stream.</summary>
internal sealed class DirectLineSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    private DirectLineSocket()
    {
    }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? Watermark { get; private set; }

    public static async Task<DirectLineSocket> ConnectAsync(Uri url, string? origin = null)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var reader = new DirectLineSocket();
        if (origin is not null)
        {
            reader._socket.Options.SetRequestHeader("Origin", origin);
        }

        await reader._socket.ConnectAsync(url, timeout.Token);
        return reader;
    }

    /// <summary>The next frame's text; empty for a keep-alive, <c>null</c> when the server closes.</summary>
    public async Task<string?> FrameAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), timeout.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            text.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.ToArray());
            }
        }
    }

    /// <summary>The next frame that holds activities.</summary>
    public async Task<JsonElement> ActivitySetAsync()
    {
        while (true)
        {
            var frame = await FrameAsync() ?? throw new InvalidOperationException("The stream was closed.");
            if (frame.Length > 0)
            {
                var set = JsonElement.Parse(frame);
                if (set.TryGetProperty("watermark", out var watermark))
                {
                    Watermark = watermark.GetString();
                }

                return set;
            }
        }
    }

    /// <summary>The next so many activities, over however many frames.</summary>
    public async Task<List<JsonElement>> ActivitiesAsync(int count)
    {
        var activities = new List<JsonElement>();
        while (activities.Count < count)
        {
            activities.AddRange((await ActivitySetAsync()).GetProperty("activities").EnumerateArray());
        }

        return activities;
    }

    public Task SendAsync(byte[] message, bool endOfMessage = true) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage, CancellationToken.None);

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
