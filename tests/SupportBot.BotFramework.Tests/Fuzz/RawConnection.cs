using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>
/// A connection that sends any bytes and reads what can be understood of the answer. It is cut, not closed, so that a
/// hundred thousand of them do not use up the ports.
/// </summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LimitWhereItMayWait = TimeSpan.FromMilliseconds(20);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpClient? _client;
    private int _length;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">Head and body.</param>
    /// <param name="mayWait">Whether the server may rightly wait for more; then it is told soon that nothing comes.</param>
    /// <param name="isHead">Whether the answer has no body.</param>
    /// <returns>The status; <c>null</c> when the server hung up without one.</returns>
    /// <exception cref="TimeoutException">Neither came in time.</exception>
    public async Task<int?> ExchangeAsync(byte[] request, bool mayWait, bool isHead)
    {
        try
        {
            var stream = await OpenAsync();
            var answering = AnswerAsync(stream, isHead);
            try
            {
                await stream.WriteAsync(request).AsTask().WaitAsync(Limit);
            }
            catch (IOException)
            {
                // Refused before it was read; the answer may still be there.
            }

            if (mayWait && await Task.WhenAny(answering, Task.Delay(LimitWhereItMayWait)) != answering)
            {
                _client!.Client.Shutdown(SocketShutdown.Send);
            }

            var (status, isOpen) = await answering.WaitAsync(Limit);
            if (mayWait || !isOpen)
            {
                Cut();
            }

            return status;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            Cut();
            return null;
        }
    }

    public void Dispose() => Cut();

    private async Task<NetworkStream> OpenAsync()
    {
        if (_client is null)
        {
            _client = new TcpClient { LingerState = new LingerOption(true, 0), NoDelay = true };
            await _client.ConnectAsync(server.Host, server.Port).WaitAsync(Limit);
        }

        return _client.GetStream();
    }

    private void Cut()
    {
        _client?.Dispose();
        _client = null;
        _length = 0;
    }

    private async Task<(int? Status, bool IsOpen)> AnswerAsync(NetworkStream stream, bool isHead)
    {
        while (true)
        {
            int end;
            while ((end = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
            {
                if (!await FillAsync(stream))
                {
                    return (null, false);
                }
            }

            var head = Encoding.ASCII.GetString(_buffer, 0, end);
            Skip(end + 4);
            var status = int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            if (status is >= 100 and < 200)
            {
                continue;
            }

            var isOpen = !head.Contains("Connection: close", StringComparison.OrdinalIgnoreCase) && !isHead;
            return (status, isOpen && await SkipBodyAsync(stream, head, status));
        }
    }

    private async Task<bool> SkipBodyAsync(NetworkStream stream, string head, int status)
    {
        const string field = "Content-Length: ";
        var at = head.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
                ? await SkipChunksAsync(stream)
                : status is 204 or 304;
        }

        var rest = head.AsSpan(at + field.Length);
        var end = rest.IndexOf('\r');
        var left = long.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
        while (left > _length)
        {
            left -= _length;
            _length = 0;
            if (!await FillAsync(stream))
            {
                return false;
            }
        }

        Skip((int)left);
        return true;
    }

    // Answers of several chunks are small here; the last chunk ends the buffer.
    private async Task<bool> SkipChunksAsync(NetworkStream stream)
    {
        while (!_buffer.AsSpan(0, _length).EndsWith("0\r\n\r\n"u8))
        {
            if (_length == _buffer.Length || !await FillAsync(stream))
            {
                return false;
            }
        }

        _length = 0;
        return true;
    }

    private async Task<bool> FillAsync(NetworkStream stream)
    {
        var read = await stream.ReadAsync(_buffer.AsMemory(_length));
        _length += read;
        return read > 0;
    }

    private void Skip(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}
