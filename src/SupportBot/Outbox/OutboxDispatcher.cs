using Microsoft.EntityFrameworkCore;
using SupportBot.Storage;

namespace SupportBot.Outbox;

/// <summary>
/// Drains the outbox. A row is leased by moving its due time, and what came of the effect is committed together with the row: a crash at any
/// point repeats the effect's own look-up and not the effect. Conversations are served side by side, each kind in a conversation in order.
/// </summary>
public sealed class OutboxDispatcher(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    IEnumerable<IOutboxEffect> effects,
    OutboxBell bell,
    OutboxTargets targets,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int Workers = 6;

    /// <summary>How many of them one place may keep busy.</summary>
    private const int MostPerTarget = 4;

    /// <summary>A row that was tried this often, over <see cref="LongestEffort"/> at least, is given up: kept, with its last error.</summary>
    private const int MostAttempts = 20;

    private const int LongestError = 500;

    /// <summary>How long one attempt may take before another worker may try.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>An attempt ends well before its lease, or another worker would begin the same effect beside it.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Rows to a place of several are held back by the place itself; when it is back they must not wait on for minutes.</summary>
    private static readonly TimeSpan LongestWaitForTarget = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestEffort = TimeSpan.FromDays(3);

    private readonly Dictionary<string, IOutboxEffect> _effects = effects.ToDictionary(e => e.Kind, StringComparer.Ordinal);

    /// <summary>How long to wait before attempt number <paramref name="attempt"/> + 1: doubling, spread by the row so that a backlog does not come back at once.</summary>
    public static TimeSpan Backoff(long rowId, int attempt)
    {
        var full = Math.Min(LongestWait.TotalSeconds, Math.Pow(2, attempt));
        var spread = ((rowId * 7919) + (attempt * 104_729)) % 1000 / 1000.0;
        return TimeSpan.FromSeconds(full * (0.75 + (spread / 2)));
    }

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(ct)));

    private async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await NextAsync(ct) is { } row)
                {
                    bell.Ring();
                    await DeliverAsync(row, ct);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "The outbox could not be read; trying again in {Seconds} s", Sweep.TotalSeconds);
            }

            await bell.WaitAsync(Sweep, ct);
        }
    }

    /// <summary>Leases the next due row.</summary>
    private async Task<OutboxRow?> NextAsync(CancellationToken ct)
    {
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow();
            var unavailable = targets.Unavailable(MostPerTarget);
            var row = await db.Outbox.AsNoTracking()
                .Where(o => o.Open && o.DueAt <= now && (o.Target == null || !unavailable.Contains(o.Target)))
                .Where(o => !db.Outbox.Any(p => p.Open && p.ConversationId == o.ConversationId && p.Kind == o.Kind && p.Id < o.Id))
                .OrderBy(o => o.DueAt).ThenBy(o => o.Id)
                .FirstOrDefaultAsync(ct);
            if (row is null)
            {
                return null;
            }

            var until = now + Lease;
            var leased = await commits.RunAsync(row.ConversationId, writing => writing.Outbox
                .Where(o => o.Id == row.Id && o.Open && o.DueAt == row.DueAt)
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, until).SetProperty(o => o.Attempts, o => o.Attempts + 1), ct), ct);
            if (leased == 1)
            {
                return row;
            }
        }
    }

    private async Task DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(LongestAttempt, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var underWay = targets.Begin(row.Target);
        try
        {
            var delivery = _effects.TryGetValue(row.Kind, out var effect)
                ? await effect.DeliverAsync(row, attempt.Token)
                : throw new OutboxRefusal($"Nothing delivers rows of kind {row.Kind}.", final: false);
            if (row.Target is { } target)
            {
                targets.Answered(target);
            }

            if (await CompleteAsync(row, delivery, ct))
            {
                delivery.Committed?.Invoke();
            }
        }
        catch (OutboxRefusal refusal) when (refusal.Final)
        {
            await GiveUpAsync(row, refusal, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var refusal = e as OutboxRefusal;
            if (row.Target is { } target && refusal is { OutOfReach: true })
            {
                targets.OutOfReach(target, refusal.Message, refusal.RetryAfter);
            }

            if (row.Attempts >= MostAttempts && time.GetUtcNow() - row.CreatedAt > LongestEffort)
            {
                await GiveUpAsync(row, e, ct);
                return;
            }

            var wait = refusal?.RetryAfter ?? Backoff(row.Id, row.Attempts);
            if (row.Target is not null && refusal?.RetryAfter is null && wait > LongestWaitForTarget)
            {
                wait = LongestWaitForTarget;
            }

            logger.LogWarning(e, "{Kind} {Key} could not be delivered; trying again in {Seconds:0} s", row.Kind, row.Key, wait.TotalSeconds);
            var again = time.GetUtcNow() + wait;
            await commits.RunAsync(row.ConversationId, db => db.Outbox.Where(o => o.Id == row.Id).ExecuteUpdateAsync(
                u => u.SetProperty(o => o.DueAt, again).SetProperty(o => o.LastError, Reason(e)), ct), ct);
        }
    }

    private async Task GiveUpAsync(OutboxRow row, Exception reason, CancellationToken ct)
    {
        logger.LogError(reason, "{Kind} {Key} is given up", row.Kind, row.Key);
        await commits.RunAsync(row.ConversationId, db => db.Outbox.Where(o => o.Id == row.Id).ExecuteUpdateAsync(
            u => u.SetProperty(o => o.Open, false).SetProperty(o => o.LastError, Reason(reason)), ct), ct);
    }

    private Task<bool> CompleteAsync(OutboxRow row, Delivery delivery, CancellationToken ct) => commits.RunAsync(row.ConversationId, async db =>
    {
        var open = await db.Outbox.FirstOrDefaultAsync(o => o.Id == row.Id && o.Open, ct);
        if (open is null)
        {
            return false;
        }

        (open.Open, open.DoneAt, open.LastError) = (false, time.GetUtcNow(), null);
        if (delivery.Record is { } record)
        {
            await record(db);
        }

        return true;
    }, ct);

    private static string Reason(Exception e)
    {
        var reason = e is OutboxRefusal { Detail: { Length: > 0 } detail } ? $"{e.Message} {detail}" : e.Message;
        return reason.Length <= LongestError ? reason : reason[..LongestError];
    }
}
