using System.Net.WebSockets;
using System.Text.Json;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>
/// A conversation's WebSocket. It is read all the time, also while the other contender is measured: only who reads answers the service's
/// pings. A reply may be here before the POST's answer has said which id to look for, so the last one is kept.
/// </summary>
public sealed class ReplyStream : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending;
    private readonly Lock _gate = new();
    private byte[] _frame = new byte[8 * 1024];
    private Task _reading = Task.CompletedTask;
    private (string? To, long At) _last;
    private (string Id, TaskCompletionSource<long> Reply)? _waiting;
    private BenchmarkFailure? _end;

    private ReplyStream(TimeProvider time, CancellationToken ct)
    {
        _time = time;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _socket.Options.Proxy = null;
    }

    public static async Task<ReplyStream> ConnectAsync(Uri address, TimeProvider time, CancellationToken ct)
    {
        var stream = new ReplyStream(time, ct);
        await stream._socket.ConnectAsync(address, ct);
        stream._reading = stream.ReadAllAsync();
        return stream;
    }

    /// <summary>The timestamp at which the reply to an activity arrived. One wait at a time.</summary>
    /// <exception cref="BenchmarkFailure">The stream has ended.</exception>
    public Task<long> ReplyToAsync(string activityId, CancellationToken ct)
    {
        TaskCompletionSource<long> reply;
        lock (_gate)
        {
            if (_last.To == activityId)
            {
                return Task.FromResult(_last.At);
            }

            if (_end is not null)
            {
                return Task.FromException<long>(_end);
            }

            reply = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting = (activityId, reply);
        }

        return reply.Task.WaitAsync(ct);
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
            while (await ReceiveAsync() is { } length)
            {
                Note(_frame.AsSpan(0, length));
            }

            End($"SupportBot closed a stream: {_socket.CloseStatus}.");
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            End($"A stream of SupportBot's broke: {e.Message}");
        }
    }

    /// <summary>Reads one whole message into the frame; null when the stream is closed.</summary>
    private async ValueTask<int?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            if (length == _frame.Length)
            {
                Array.Resize(ref _frame, 2 * _frame.Length);
            }

            var part = await _socket.ReceiveAsync(_frame.AsMemory(length), _ending.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }
        }
    }

    private void Note(ReadOnlySpan<byte> frame)
    {
        // Empty frames only keep the stream open.
        if (frame.IsEmpty)
        {
            return;
        }

        var at = _time.GetTimestamp();
        var reader = new Utf8JsonReader(frame);
        if (ActivityScan.Find(ref reader, ActivityScan.InSet, "replyToId"u8) is not { } to)
        {
            return;
        }

        lock (_gate)
        {
            _last = (to, at);
            if (_waiting is { } waiting && waiting.Id == to)
            {
                waiting.Reply.TrySetResult(at);
            }
        }
    }

    private void End(string why)
    {
        lock (_gate)
        {
            _end = new BenchmarkFailure(why);
            _waiting?.Reply.TrySetException(_end);
        }
    }
}
