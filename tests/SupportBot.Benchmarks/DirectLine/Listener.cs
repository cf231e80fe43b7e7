using System.Net.WebSockets;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>A client that has begun a conversation and only listens.</summary>
public sealed class Listener : IAsyncDisposable
{
    private const int UsualFrame = 1024;

    private readonly FrameSocket _socket = new(UsualFrame);
    private readonly int _index;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending;
    private Task _reading = Task.CompletedTask;
    private volatile Arrivals? _expected;

    private Listener(int index, string conversationId, TimeProvider time, CancellationToken ct)
    {
        (_index, ConversationId, _time) = (index, conversationId, time);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
    }

    public string ConversationId { get; }

    /// <summary>Why the stream has ended; null while it lasts.</summary>
    public BenchmarkFailure? End { get; private set; }

    /// <summary>Empty frames so far, by which the server keeps a quiet stream open.</summary>
    public int KeepAlives { get; private set; }

    /// <param name="server">The server.</param>
    /// <param name="index">This listener's place among all.</param>
    /// <param name="time">Takes the time of arrivals.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<Listener> OpenAsync(DirectLineServer server, int index, TimeProvider time, CancellationToken ct)
    {
        var started = await StartedConversation.StartAsync(server.Http, server.Secret, ct);
        var listener = new Listener(index, started.Id, time, ct);
        await listener._socket.ConnectAsync(started.Stream, ct);
        listener._reading = listener.ReadAllAsync();
        return listener;
    }

    /// <summary>Looks out for a message from now on.</summary>
    public void Expect(Arrivals arrivals)
    {
        _expected = arrivals;
        if (End is { } end)
        {
            arrivals.Fail(end);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _reading;
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_ending.Token) is { } frame)
            {
                var at = _time.GetTimestamp();
                if (frame.IsEmpty)
                {
                    KeepAlives++;
                }
                else
                {
                    _expected?.Note(_index, frame.Span, at);
                }
            }

            Close($"The server closed a stream: {_socket.CloseStatus}.");
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            Close($"A stream broke: {e.Message}");
        }
    }

    private void Close(string why)
    {
        End = new BenchmarkFailure(why);
        _expected?.Fail(End);
    }
}
