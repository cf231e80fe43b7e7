using System.Net.WebSockets;
using System.Text.Json;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>
/// A conversation's WebSocket. It is read all the time, also while the other contender is measured: only who reads answers the service's
/// pings. A reply may be here before the POST's answer has said which id to look for, so the last one is kept.
/// </summary>
public sealed class ReplyStream : IAsyncDisposable
{
    private const int UsualFrame = 8 * 1024;

    private readonly FrameSocket _socket = new(UsualFrame);
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending;
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;
    private (string? To, long At) _last;
    private (string Id, TaskCompletionSource<long> Reply)? _waiting;
    private BenchmarkFailure? _end;

    private ReplyStream(TimeProvider time, CancellationToken ct)
    {
        _time = time;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
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
            while (await _socket.ReceiveAsync(_ending.Token) is { } frame)
            {
                Note(frame.Span);
            }

            End($"SupportBot closed a stream: {_socket.CloseStatus}.");
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            End($"A stream of SupportBot's broke: {e.Message}");
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
