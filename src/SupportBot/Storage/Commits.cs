using Microsoft.EntityFrameworkCore;

namespace SupportBot.Storage;

/// <summary>
/// Every change to the database goes through here: one unit of work, one SaveChanges, retried when somebody else was faster.
/// </summary>
/// <remarks>
/// SQLite has one writer at a time and its own waiting is a poll, so writers of this process queue at one gate, which is both fairer and
/// faster. SQL Server lets conversations proceed side by side: there the gate is one of a few stripes chosen by the key, which only
/// saves the conflicts that this process would have with itself. What other replicas do is caught by <c>Conversation.Version</c> and by unique
/// indexes; the work is then done again from the start, on fresh data.
/// </remarks>
public sealed class Commits(IDbContextFactory<SupportBotDb> contexts, StorageOptions options)
{
    private const int MaxAttempts = 6;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, options.Provider == StorageProvider.Sqlite ? 1 : 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Runs the change and saves it. The change may run several times and must take all it needs from the context that it is given.</summary>
    /// <param name="key">What the change is about, such as the conversation's id.</param>
    public async Task<T> RunAsync<T>(string key, Func<SupportBotDb, Task<T>> change, CancellationToken ct)
    {
        var gate = _gates[(uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(ct);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                try
                {
                    var result = await change(db);
                    await db.SaveChangesAsync(ct);
                    return result;
                }
                catch (DbUpdateException) when (attempt < MaxAttempts)
                {
                    // Another replica was faster; what it wrote is read by the next attempt.
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }
}
