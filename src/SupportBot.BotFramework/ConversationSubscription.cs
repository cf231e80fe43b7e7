using System.Threading.Tasks.Sources;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>What a wait ended with.</summary>
public enum SignalKind
{
    /// <summary>There is more to read in the log.</summary>
    Stored,

    /// <summary>An activity that is not stored.</summary>
    Ephemeral,

    /// <summary>Nothing happened for as long as was asked.</summary>
    Quiet,

    /// <summary>The conversation is gone.</summary>
    Ended,
}

/// <summary>The end of a wait.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Sequence">For <see cref="SignalKind.Stored"/>: the last sequence that is known to be stored.</param>
/// <param name="Activity">For <see cref="SignalKind.Ephemeral"/>: the activity.</param>
public readonly record struct ConversationSignal(SignalKind Kind, long Sequence = 0, Activity? Activity = null);

/// <summary>
/// One listener of a conversation. It holds a number and at most a handful of ephemeral activities, however far behind
/// the listener is: stored activities are counted, not queued. Ephemeral ones keep their place among the stored: one
/// waits until the reader has what was stored before it, and is dropped as stale once the reader has what came after it
/// (a message has ended the typing). Waiting allocates nothing: it is what thousands of idle listeners do.
/// </summary>
public sealed class ConversationSubscription : IDisposable, IValueTaskSource<ConversationSignal>
{
    private const int MaxEphemeral = 16;

    private readonly Lock _gate = new();
    private readonly ConversationSignals _signals;
    private readonly ITimer _patience;
    private Queue<Passing>? _ephemeral;
    private ManualResetValueTaskSourceCore<ConversationSignal> _wait = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private bool _isWaiting;
    private long _after;
    private long _sequence;
    private bool _stopped;

    internal ConversationSubscription(ConversationSignals signals, string conversationId, TimeProvider time)
    {
        _signals = signals;
        ConversationId = conversationId;
        _patience = time.CreateTimer(
            static state => ((ConversationSubscription)state!).RunOut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The conversation that is listened to.</summary>
    public string ConversationId { get; }

    /// <summary>Whether nothing is listened to any more.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _stopped;
            }
        }
    }

    /// <summary>Waits for something to do. One wait at a time; the result is awaited once, and at once.</summary>
    /// <param name="after">The last sequence that was read from the log.</param>
    /// <param name="patience">How long to wait; may be <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="ct">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public ValueTask<ConversationSignal> WaitAsync(long after, TimeSpan patience, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        short version;
        lock (_gate)
        {
            _after = after;
            _sequence = Math.Max(_sequence, after);
            if (TryTake(out var ready))
            {
                return ValueTask.FromResult(ready);
            }

            if (_isWaiting)
            {
                throw new InvalidOperationException("Somebody is waiting already.");
            }

            _wait.Reset();
            _isWaiting = true;
            version = _wait.Version;
        }

        _patience.Change(patience, Timeout.InfiniteTimeSpan);
        if (ct.CanBeCanceled)
        {
            _cancellation = ct.UnsafeRegister(
                static (state, token) =>
                {
                    var (subscription, version) = ((ConversationSubscription, short))state!;
                    subscription.Cancel(version, token);
                },
                (this, version));
        }

        return new ValueTask<ConversationSignal>(this, version);
    }

    /// <summary>Ends the wait, now and from now on, as the end of the conversation would.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            Wake();
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _signals.Remove(this);
        _patience.Dispose();
    }

    ConversationSignal IValueTaskSource<ConversationSignal>.GetResult(short token)
    {
        _cancellation.Unregister();
        return _wait.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ConversationSignal>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<ConversationSignal>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    internal void Appended(long sequence)
    {
        lock (_gate)
        {
            if (sequence <= _sequence)
            {
                return;
            }

            _sequence = sequence;
            foreach (var passing in _ephemeral ?? [])
            {
                passing.Before = Math.Min(passing.Before, sequence);
            }

            Wake();
        }
    }

    internal void Publish(Activity activity)
    {
        lock (_gate)
        {
            _ephemeral ??= new();
            if (_ephemeral.Count == MaxEphemeral)
            {
                _ephemeral.Dequeue();
            }

            _ephemeral.Enqueue(new Passing(activity, _sequence));
            Wake();
        }
    }

    // The timer of an earlier wait may come late: being told early that it is quiet does no harm.
    private void RunOut()
    {
        lock (_gate)
        {
            if (_isWaiting)
            {
                End(new ConversationSignal(SignalKind.Quiet));
            }
        }
    }

    private void Cancel(short version, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_isWaiting && version == _wait.Version)
            {
                _isWaiting = false;
                _wait.SetException(new OperationCanceledException(ct));
            }
        }
    }

    private void Wake()
    {
        if (_isWaiting && TryTake(out var signal))
        {
            End(signal);
        }
    }

    private void End(ConversationSignal signal)
    {
        _isWaiting = false;
        _wait.SetResult(signal);
    }

    private bool TryTake(out ConversationSignal signal)
    {
        while (_ephemeral is not null && _ephemeral.TryPeek(out var next) && next.After <= _after)
        {
            _ephemeral.Dequeue();
            if (_after < next.Before)
            {
                signal = new ConversationSignal(SignalKind.Ephemeral, Activity: next.Activity);
                return true;
            }
        }

        if (_sequence > _after)
        {
            signal = new ConversationSignal(SignalKind.Stored, _sequence);
            return true;
        }

        signal = new ConversationSignal(SignalKind.Ended);
        return _stopped;
    }

    private sealed class Passing(Activity activity, long after)
    {
        public Activity Activity { get; } = activity;

        /// <summary>The last activity known to be stored before it.</summary>
        public long After { get; } = after;

        /// <summary>The first activity stored after it.</summary>
        public long Before { get; set; } = long.MaxValue;
    }
}
