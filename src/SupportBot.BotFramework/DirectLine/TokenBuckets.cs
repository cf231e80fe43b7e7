using System.Collections.Concurrent;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// A token bucket per key: it holds a burst and fills steadily. Buckets are filled when they are looked at, so there is
/// no timer, and full ones, which are as good as none, are forgotten when there are many. When as many as may be kept
/// are in use, all newcomers share one.
/// </summary>
internal sealed class TokenBuckets<TKey>(int perSecond, int burst, int capacity, TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<TKey, Bucket> _buckets = new();
    private readonly Bucket _shared = new(burst, time.GetTimestamp());
    private readonly Lock _sweeping = new();
    private long _swept = time.GetTimestamp();
    private int _kept;

    /// <summary>How many buckets are kept.</summary>
    public int Kept => Volatile.Read(ref _kept);

    /// <summary>Takes a token; when there is none, says how long it takes until there is.</summary>
    public TimeSpan? Take(TKey key)
    {
        var now = time.GetTimestamp();
        var bucket = BucketOf(key, now);
        lock (bucket)
        {
            Fill(bucket, now);
            if (bucket.Tokens >= 1)
            {
                bucket.Tokens--;
                return null;
            }

            return TimeSpan.FromSeconds((1 - bucket.Tokens) / perSecond);
        }
    }

    private Bucket BucketOf(TKey key, long now)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Kept >= capacity)
        {
            Sweep(now);
            if (Kept >= capacity)
            {
                return _shared;
            }
        }

        var added = new Bucket(burst, now);
        var bucket = _buckets.GetOrAdd(key, added);
        if (bucket == added)
        {
            Interlocked.Increment(ref _kept);
        }

        return bucket;
    }

    // Whoever holds a bucket that is forgotten meanwhile loses at most one token's count.
    private void Sweep(long now)
    {
        lock (_sweeping)
        {
            if (time.GetElapsedTime(_swept, now) < SweepPause)
            {
                return;
            }

            _swept = now;
            foreach (var (key, bucket) in _buckets)
            {
                lock (bucket)
                {
                    Fill(bucket, now);
                    if (bucket.Tokens < burst || !_buckets.TryRemove(key, out _))
                    {
                        continue;
                    }
                }

                Interlocked.Decrement(ref _kept);
            }
        }
    }

    private void Fill(Bucket bucket, long now)
    {
        if (now > bucket.FilledAt)
        {
            bucket.Tokens = Math.Min(burst, bucket.Tokens + (time.GetElapsedTime(bucket.FilledAt, now).TotalSeconds * perSecond));
            bucket.FilledAt = now;
        }
    }

    private sealed class Bucket(double tokens, long filledAt)
    {
        public double Tokens { get; set; } = tokens;

        public long FilledAt { get; set; } = filledAt;
    }
}
