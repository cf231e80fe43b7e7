using System.Net.WebSockets;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>A WebSocket that is read message by message.</summary>
/// <param name="size">How long messages are expected to be, in bytes; longer ones are taken too.</param>
public sealed class FrameSocket(int size) : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private byte[] _frame = new byte[size];

    /// <summary>Why the server closed it.</summary>
    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public Task ConnectAsync(Uri address, CancellationToken ct)
    {
        _socket.Options.Proxy = null;
        return _socket.ConnectAsync(address, ct);
    }

    /// <summary>One whole message, good until the next call; null when the server closed the socket.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken ct)
    {
        var length = 0;
        while (true)
        {
            if (length == _frame.Length)
            {
                Array.Resize(ref _frame, 2 * _frame.Length);
            }

            var part = await _socket.ReceiveAsync(_frame.AsMemory(length), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return _frame.AsMemory(0, length);
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
