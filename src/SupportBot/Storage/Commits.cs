using Microsoft.EntityFrameworkCore;

namespace SupportBot.Storage;

/// <summary>
/// Every change to the database goes through here: one unit of work, one SaveChanges. What it returns is durable.
/// </summary>
public abstract class Commits
{
    /// <summary>How often a change begins again because somebody else was faster.</summary>
    protected const int MaxAttempts = 6;

    /// <summary>
    /// Runs the change and saves it; begins again on fresh data when another writer was faster. So the change may run several times
    /// and must take all it needs from the context that it is given.
    /// </summary>
    /// <param name="key">What the change is about, such as the conversation's id.</param>
    /// <param name="change">The change.</param>
    /// <param name="ct">Cancels a change that has not begun.</param>
    public Task<T> RunAsync<T>(string key, Func<SupportBotDb, Task<T>> change, CancellationToken ct) => RunAsync(key, change, MaxAttempts, ct);

    /// <summary>Runs the change once. Throws a <see cref="DbUpdateException"/> when what it rests on is no longer so.</summary>
    public Task<T> RunOnceAsync<T>(string key, Func<SupportBotDb, Task<T>> change, CancellationToken ct) => RunAsync(key, change, 1, ct);

    protected abstract Task<T> RunAsync<T>(string key, Func<SupportBotDb, Task<T>> change, int attempts, CancellationToken ct);
}
