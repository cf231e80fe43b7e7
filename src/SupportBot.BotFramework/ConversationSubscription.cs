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
/// (a message has ended the typing).
/// </summary>
public sealed class ConversationSubscription : IDisposable
{
    private const int MaxEphemeral = 16;

    private readonly Lock _gate = new();
    private readonly ConversationSignals _signals;
    private readonly ITimer _patience;
    private readonly Queue<Passing> _ephemeral = new();
    private TaskCompletionSource<ConversationSignal>? _waiter;
    private long _after;
    private long _sequence;
    private bool _ended;

    internal ConversationSubscription(ConversationSignals signals, string conversationId, TimeProvider time)
    {
        _signals = signals;
        ConversationId = conversationId;
        _patience = time.CreateTimer(
            static state => ((ConversationSubscription)state!).RunOut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The conversation that is listened to.</summary>
    public string ConversationId { get; }

    /// <summary>Waits for something to do. One wait at a time.</summary>
    /// <param name="after">The last sequence that was read from the log.</param>
    /// <param name="patience">How long to wait; may be <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="ct">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async ValueTask<ConversationSignal> WaitAsync(long after, TimeSpan patience, CancellationToken ct)
    {
        TaskCompletionSource<ConversationSignal> waiter;
        lock (_gate)
        {
            _after = after;
            _sequence = Math.Max(_sequence, after);
            if (TryTake(out var ready))
            {
                return ready;
            }

            if (_waiter is not null)
            {
                throw new InvalidOperationException("Somebody is waiting already.");
            }

            waiter = new TaskCompletionSource<ConversationSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiter = waiter;
        }

        _patience.Change(patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await waiter.Task.WaitAsync(ct);
        }
        finally
        {
            lock (_gate)
            {
                if (_waiter == waiter)
                {
                    _waiter = null;
                }
            }
        }
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _signals.Remove(this);
        _patience.Dispose();
    }

    internal void Appended(long sequence)
    {
        lock (_gate)
        {
            if (sequence <= _sequence)
            {
                return;
            }

            _sequence = sequence;
            foreach (var passing in _ephemeral)
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
            if (_ephemeral.Count == MaxEphemeral)
            {
                _ephemeral.Dequeue();
            }

            _ephemeral.Enqueue(new Passing(activity, _sequence));
            Wake();
        }
    }

    internal void Ended()
    {
        lock (_gate)
        {
            _ended = true;
            Wake();
        }
    }

    private void RunOut()
    {
        lock (_gate)
        {
            _waiter?.TrySetResult(new ConversationSignal(SignalKind.Quiet));
            _waiter = null;
        }
    }

    private void Wake()
    {
        if (_waiter is not null && TryTake(out var signal))
        {
            _waiter.TrySetResult(signal);
            _waiter = null;
        }
    }

    private bool TryTake(out ConversationSignal signal)
    {
        while (_ephemeral.TryPeek(out var next) && next.After <= _after)
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
        return _ended;
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
