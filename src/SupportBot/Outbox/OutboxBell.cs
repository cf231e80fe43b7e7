namespace SupportBot.Outbox;

/// <summary>Tells the workers that there may be something to deliver. A ring that nobody hears does no harm: they also look by themselves.</summary>
public sealed class OutboxBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>To be called after a commit that added a row.</summary>
    public void Ring()
    {
        if (_rung.CurrentCount == 0)
        {
            try
            {
                _rung.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang in the same moment.
            }
        }
    }

    public Task WaitAsync(TimeSpan patience, CancellationToken ct) => _rung.WaitAsync(patience, ct);

    public void Dispose() => _rung.Dispose();
}
