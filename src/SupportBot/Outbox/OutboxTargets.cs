using System.Collections.Concurrent;

namespace SupportBot.Outbox;

/// <summary>How it stands with a place that rows go to.</summary>
/// <param name="DownSince">Since when it has been out of reach; null while it answers.</param>
/// <param name="Reason">What went wrong last, while it is out of reach.</param>
public sealed record TargetState(DateTimeOffset? DownSince, string? Reason);

/// <summary>
/// The places that rows go to, as this process knows them. One that is out of reach is left alone for a while, a little longer each time, and
/// exactly as long as it asks for; and no place takes all workers, so that a slow one does not hold up the others.
/// </summary>
public sealed class OutboxTargets(TimeProvider time)
{
    /// <summary>The longest rest between two tries: when a place answers again, its backlog begins to move within this.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Those that nothing should be sent to now.</summary>
    /// <param name="most">How many rows may be under way to one place.</param>
    public string[] Unavailable(int most)
    {
        var now = time.GetUtcNow();
        return [.. _places.Where(p => p.Value.IsUnavailable(now, most)).Select(p => p.Key)];
    }

    /// <summary>How it stands with a place.</summary>
    public TargetState StateOf(string target) => _places.TryGetValue(target, out var place) ? place.State : new TargetState(null, null);

    /// <summary>Whether anything may be sent there now.</summary>
    public bool IsResting(string target) => _places.TryGetValue(target, out var place) && place.IsUnavailable(time.GetUtcNow(), int.MaxValue);

    /// <summary>Counts a row as under way until disposed of.</summary>
    public IDisposable? Begin(string? target) => target is null ? null : PlaceOf(target).Begin();

    /// <summary>It answered.</summary>
    public void Answered(string target)
    {
        if (_places.TryGetValue(target, out var place))
        {
            place.Answered();
        }
    }

    /// <summary>It is out of reach, or wants to be left alone.</summary>
    public void OutOfReach(string target, string reason, TimeSpan? retryAfter) => PlaceOf(target).OutOfReach(reason, time.GetUtcNow(), retryAfter);

    private Place PlaceOf(string target) => _places.GetOrAdd(target, _ => new Place());

    private sealed class Place
    {
        private readonly Lock _lock = new();
        private int _underWay;
        private int _failures;
        private DateTimeOffset _restsUntil;

        public TargetState State { get; private set; } = new(null, null);

        public bool IsUnavailable(DateTimeOffset now, int most)
        {
            lock (_lock)
            {
                return now < _restsUntil || _underWay >= most;
            }
        }

        public IDisposable Begin()
        {
            Interlocked.Increment(ref _underWay);
            return new UnderWay(this);
        }

        public void Answered()
        {
            lock (_lock)
            {
                (_failures, _restsUntil, State) = (0, default, new TargetState(null, null));
            }
        }

        public void OutOfReach(string reason, DateTimeOffset now, TimeSpan? retryAfter)
        {
            lock (_lock)
            {
                // Several rows may fail at the same moment: they are one failure.
                if (now >= _restsUntil)
                {
                    _failures++;
                    var rest = TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, _failures - 1)));
                    _restsUntil = now + rest;
                }

                if (retryAfter is { } wanted && now + wanted > _restsUntil)
                {
                    _restsUntil = now + wanted;
                }

                State = new TargetState(State.DownSince ?? now, reason);
            }
        }

        private sealed class UnderWay(Place place) : IDisposable
        {
            public void Dispose() => Interlocked.Decrement(ref place._underWay);
        }
    }
}
