using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>How far a ticketing system has been read.</summary>
public sealed class TicketCursor
{
    /// <summary>The system, by name.</summary>
    public required string System { get; init; }

    public required string Cursor { get; set; }

    public required DateTimeOffset At { get; set; }
}

/// <summary>Which tickets somebody says have changed: they are looked at before the next round.</summary>
public sealed class TicketHints
{
    /// <summary>More than these at once are left to the rounds.</summary>
    private const int Most = 1_000;

    private readonly Channel<(string System, string RemoteId)> _hints = Channel.CreateBounded<(string, string)>(
        new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(string system, string remoteId) => _hints.Writer.TryWrite((system, remoteId));

    public IAsyncEnumerable<(string System, string RemoteId)> ReadAllAsync(CancellationToken ct) => _hints.Reader.ReadAllAsync(ct);
}

/// <summary>
/// Asks each ticketing system what has changed, from a stored cursor: nothing that happened while we or the line were down is missed. Hints make
/// it quicker and change nothing else. Replicas may ask side by side: what they find is taken over once.
/// </summary>
public sealed class TicketPolling(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    TicketSystems systems,
    TicketSync sync,
    TicketHints hints,
    OutboxTargets targets,
    TimeProvider time,
    ILogger<TicketPolling> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken ct) =>
        Task.WhenAll(systems.All.Select(system => PollAsync(system, ct)).Append(FollowHintsAsync(ct)));

    private async Task PollAsync(ITicketSystem system, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (!targets.IsResting(system.Name) && await RoundAsync(system, ct))
                {
                }
            }
            catch (OutboxRefusal refusal)
            {
                Note(system.Name, refusal);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "What changed in {System} could not be taken over; trying again", system.Name);
            }

            await Task.Delay(systems.PollEvery(system.Name), time, ct);
        }
    }

    /// <returns>Whether there is more at once.</returns>
    private async Task<bool> RoundAsync(ITicketSystem system, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var cursor = await db.TicketCursors.AsNoTracking().FirstOrDefaultAsync(c => c.System == system.Name, ct);
        var changed = await system.ChangedAsync(cursor?.Cursor, ct);
        targets.Answered(system.Name);
        foreach (var id in await sync.OursAsync(system.Name, changed.Ids, ct))
        {
            await sync.PullAsync(system.Name, id, ct);
        }

        // Only now: whatever interrupts the round makes it come again.
        if (cursor?.Cursor != changed.Cursor)
        {
            await commits.RunAsync(system.Name, async writing =>
            {
                var now = time.GetUtcNow();
                if (await writing.TicketCursors.FirstOrDefaultAsync(c => c.System == system.Name, ct) is { } stored)
                {
                    (stored.Cursor, stored.At) = (changed.Cursor, now);
                }
                else
                {
                    writing.TicketCursors.Add(new TicketCursor { System = system.Name, Cursor = changed.Cursor, At = now });
                }

                return true;
            }, ct);
        }

        return changed.More;
    }

    private async Task FollowHintsAsync(CancellationToken ct)
    {
        await foreach (var (system, remoteId) in hints.ReadAllAsync(ct))
        {
            try
            {
                if (!targets.IsResting(system))
                {
                    await sync.PullAsync(system, remoteId, ct);
                }
            }
            catch (OutboxRefusal refusal)
            {
                Note(system, refusal);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "A hint from {System} could not be followed; the next round finds what it was about", system);
            }
        }
    }

    private void Note(string system, OutboxRefusal refusal)
    {
        if (refusal.OutOfReach)
        {
            targets.OutOfReach(system, refusal.Message, refusal.RetryAfter);
        }

        logger.LogWarning("{System}: {Reason}", system, refusal.Message);
    }
}
