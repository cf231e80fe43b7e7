using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>One message on its way to many listeners: who has it since when.</summary>
public sealed class Arrivals
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _text;
    private readonly long[] _at;
    private int _missing;
    private int _doubled;

    /// <param name="utf8">What tells the message from others.</param>
    /// <param name="listeners">How many get it.</param>
    public Arrivals(byte[] utf8, int listeners)
    {
        _text = utf8;
        _at = new long[listeners];
        _missing = listeners;
    }

    /// <summary>When each listener's frame had arrived, once all have; 0 for who has none.</summary>
    public IReadOnlyList<long> At => _at;

    public int Missing => Volatile.Read(ref _missing);

    /// <summary>How often somebody got it again.</summary>
    public int Doubled => Volatile.Read(ref _doubled);

    /// <summary>Ends when everybody has it.</summary>
    /// <exception cref="BenchmarkFailure">Not everybody has it in this time, or a stream has ended.</exception>
    public async Task AllAsync(TimeSpan limit, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await _all.Task.WaitAsync(limit, time, ct);
        }
        catch (TimeoutException)
        {
            throw new BenchmarkFailure($"{Missing} of {_at.Length} sockets did not get their message in time.");
        }
    }

    public void Note(int listener, ReadOnlySpan<byte> frame, long at)
    {
        if (frame.IndexOf(_text) < 0)
        {
            return;
        }

        if (Interlocked.CompareExchange(ref _at[listener], at, 0) != 0)
        {
            Interlocked.Increment(ref _doubled);
        }
        else if (Interlocked.Decrement(ref _missing) == 0)
        {
            _all.TrySetResult();
        }
    }

    public void Fail(BenchmarkFailure failure) => _all.TrySetException(failure);
}
