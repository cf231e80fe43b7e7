using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Tickets;

/// <summary>
/// Drains the outbox. A row is leased by moving its due time, the effect is looked up by its key before it is tried, and what came of it is
/// committed together with the row: a crash at any point repeats the look-up and never the effect.
/// </summary>
public sealed class OutboxDispatcher(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    ITicketSystem tickets,
    ConversationLog log,
    CurrentCompany company,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    /// <summary>How long one attempt may take before another worker may try.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>To be called after a commit that added a row.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else woke it in the same moment.
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await NextAsync(ct) is { } row)
                {
                    await DeliverAsync(row, ct);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "The outbox could not be read; trying again in {Seconds} s", Sweep.TotalSeconds);
            }

            await _wake.WaitAsync(Sweep, ct);
        }
    }

    /// <summary>Leases the next due row.</summary>
    private async Task<OutboxRow?> NextAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var row = await db.Outbox.AsNoTracking()
            .Where(o => o.DoneAt == null && o.DueAt <= now)
            .OrderBy(o => o.DueAt).ThenBy(o => o.Id)
            .FirstOrDefaultAsync(ct);
        if (row is null)
        {
            return null;
        }

        var until = now + Lease;
        var leased = await commits.RunAsync(row.ConversationId, writing => writing.Outbox
            .Where(o => o.Id == row.Id && o.DoneAt == null && o.DueAt == row.DueAt)
            .ExecuteUpdateAsync(u => u.SetProperty(o => o.DueAt, until).SetProperty(o => o.Attempts, o => o.Attempts + 1), ct), ct);
        return leased == 1 ? row : await NextAsync(ct);
    }

    private async Task DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        try
        {
            var draft = JsonSerializer.Deserialize<TicketDraft>(row.Payload)!;
            var reference = await tickets.FindByKeyAsync(row.Key, ct) ?? await tickets.CreateAsync(draft, ct);
            await RecordAsync(row, reference, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            var wait = TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, row.Attempts)));
            logger.LogError(e, "Ticket {Key} could not be created; trying again in {Seconds} s", row.Key, wait.TotalSeconds);
            var (again, error) = (time.GetUtcNow() + wait, Conversation.Excerpt(e.Message, 500));
            await commits.RunAsync(row.ConversationId, db => db.Outbox.Where(o => o.Id == row.Id).ExecuteUpdateAsync(
                u => u.SetProperty(o => o.DueAt, again).SetProperty(o => o.LastError, error), ct), ct);
        }
    }

    private async Task RecordAsync(OutboxRow row, TicketReference reference, CancellationToken ct)
    {
        var changed = await commits.RunAsync<Conversation?>(row.ConversationId, async db =>
        {
            var open = await db.Outbox.FirstAsync(o => o.Id == row.Id, ct);
            if (open.DoneAt is not null)
            {
                return null;
            }

            var now = time.GetUtcNow();
            open.DoneAt = now;
            open.LastError = null;
            var ticket = await db.Tickets.FirstAsync(t => t.Key == row.Key, ct);
            (ticket.Number, ticket.Status, ticket.Url) = (reference.Number, reference.Status, reference.Url);
            var conversation = await db.Conversations.FirstAsync(c => c.Id == row.ConversationId, ct);
            var text = $"Your ticket is **{reference.Number}**: {ticket.Subject}. Please mention this number whenever you write or call about it.";
            db.Activities.Add(conversation.Append(BotMessages.Message(Author.Bot, company.Facts.Bot, text), Author.Bot, now));
            return conversation;
        }, ct);

        if (changed is not null)
        {
            log.Announce(changed);
        }
    }
}
