using Microsoft.EntityFrameworkCore;

namespace SupportBot.Storage;

/// <summary>
/// Commits for SQL Server, where conversations proceed side by side. The gate is one of a few stripes chosen by the key and only saves the
/// conflicts that this process would have with itself; what other replicas do is caught by <c>Conversation.Version</c> and by unique indexes.
/// </summary>
public sealed class StripedCommits(IDbContextFactory<SupportBotDb> contexts) : Commits
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    protected override async Task<T> RunAsync<T>(string key, Func<SupportBotDb, Task<T>> change, int attempts, CancellationToken ct)
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
                catch (DbUpdateException) when (attempt < attempts)
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
