using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Company;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// The ticketing system for those who have none: our own store, in the same database. Its queues are the company's, by title. Files stay with
/// the conversation that they came from.
/// </summary>
public sealed class EmbeddedSystem(IDbContextFactory<SupportBotDb> contexts, Commits commits, CurrentCompany company, TimeProvider time) : ITicketSystem
{
    public const string SystemName = "embedded";

    private const int MostChanges = 500;

    /// <summary>A change may become visible this much after the moment that it carries.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    public string Name => SystemName;

    /// <summary>The number as people say it.</summary>
    public static string NumberOf(long number) => number.ToString("'T-'00000", CultureInfo.InvariantCulture);

    public Task<TicketCatalog> DescribeAsync(CancellationToken ct) =>
        Task.FromResult(new TicketCatalog([.. company.Facts.Queues.Select(q => q.Title)], []));

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.EmbeddedTickets.AsNoTracking().FirstOrDefaultAsync(t => t.Key == key, ct);
        return ticket is null ? null : ToRemote(ticket);
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        if (company.Facts.Queues.All(q => q.Title != draft.Queue))
        {
            throw new OutboxRefusal($"There is no queue '{draft.Queue}'; there are: {string.Join(", ", company.Facts.Queues.Select(q => q.Title))}.", final: true);
        }

        var now = time.GetUtcNow();
        var ticket = await commits.RunAsync(draft.Key, db =>
        {
            var added = new EmbeddedTicket
            {
                Key = draft.Key,
                Subject = draft.Subject,
                Queue = draft.Queue,
                Priority = draft.Priority,
                Assignee = draft.Assignee,
                Requester = draft.Requester.Name,
                RequesterEmail = draft.Requester.Email,
                Body = draft.Body,
                Tags = JsonSerializer.Serialize(draft.Tags),
                Fields = JsonSerializer.Serialize(draft.CustomFields),
                ConversationId = draft.ConversationId,
                CreatedAt = now,
                ChangedAt = now,
            };
            db.EmbeddedTickets.Add(added);
            return Task.FromResult(added);
        }, ct);
        return ToRemote(ticket);
    }

    public Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct) =>
        AddAsync(ticketId, message.Text, message.Public, fromAgent: false, message.Author.Name, message.Reference, ct);

    /// <summary>What an agent writes in the store itself.</summary>
    public Task<string> AgentWritesAsync(string ticketId, string text, bool isPublic, string agent, CancellationToken ct) =>
        AddAsync(ticketId, text, isPublic, fromAgent: true, agent, null, ct);

    public Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct) => TryUpdateAsync(ticketId, update, null, ct);

    /// <summary>Changes what is not null; an empty assignee is nobody.</summary>
    /// <param name="version">The version that whoever changes it has seen; null for whatever there is.</param>
    /// <returns>False when somebody else changed it in between.</returns>
    public async Task<bool> TryUpdateAsync(string ticketId, TicketUpdate update, long? version, CancellationToken ct)
    {
        if (update.Queue is { } queue && company.Facts.Queues.All(q => q.Title != queue))
        {
            throw new OutboxRefusal($"There is no queue '{queue}'; there are: {string.Join(", ", company.Facts.Queues.Select(q => q.Title))}.", final: true);
        }

        return await ChangeAsync(ticketId, (_, ticket) =>
        {
            (ticket.Phase, ticket.Queue) = (update.Phase ?? ticket.Phase, update.Queue ?? ticket.Queue);
            ticket.Priority = update.Priority ?? ticket.Priority;
            ticket.Assignee = update.Assignee is { } assignee ? (assignee.Length > 0 ? assignee : null) : ticket.Assignee;
        }, ct, version);
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var number = Number(ticketId);
        var ticket = await db.EmbeddedTickets.AsNoTracking().FirstOrDefaultAsync(t => t.Number == number, ct);
        if (ticket is null)
        {
            return TicketState.Gone(ticketId);
        }

        var messages = await db.EmbeddedTicketMessages.AsNoTracking()
            .Where(m => m.TicketNumber == number)
            .OrderByDescending(m => m.Id)
            .Take(TicketState.MostMessages)
            .ToListAsync(ct);
        messages.Reverse();
        return new TicketState(
            ticketId, WordOf(ticket.Phase), ticket.Phase, ticket.Queue, ticket.Assignee, null, false,
            messages.ConvertAll(m => new RemoteMessage(
                m.Id.ToString(CultureInfo.InvariantCulture), m.Public, m.FromAgent, m.AuthorName, m.Text, m.At, m.Reference, [])));
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (cursor is null || !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
        {
            return new ChangedTickets([], Cursor(now), false);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = new DateTimeOffset(ticks, TimeSpan.Zero);
        var changed = await db.EmbeddedTickets.AsNoTracking()
            .Where(t => t.ChangedAt >= since)
            .OrderBy(t => t.ChangedAt)
            .Take(MostChanges)
            .Select(t => new { t.Number, t.ChangedAt })
            .ToListAsync(ct);
        var more = changed.Count == MostChanges && changed[^1].ChangedAt > since;
        var next = more ? changed[^1].ChangedAt : Later(since, now - Overlap);
        return new ChangedTickets([.. changed.Select(c => Id(c.Number))], Cursor(next), more);
    }

    public WebhookReading ReadWebhook(WebhookRequest request) => new WebhookReading.Refused("Our own store sends no webhooks.");

    /// <summary>A phase in the store's own word.</summary>
    public static string WordOf(TicketPhase phase) => phase.ToString().ToLowerInvariant();

    private async Task<string> AddAsync(string ticketId, string text, bool isPublic, bool fromAgent, string author, string? reference, CancellationToken ct)
    {
        EmbeddedTicketMessage? added = null;
        await ChangeAsync(ticketId, (db, ticket) =>
        {
            added = new EmbeddedTicketMessage
            {
                TicketNumber = ticket.Number,
                Reference = reference,
                Public = isPublic,
                FromAgent = fromAgent,
                AuthorName = author,
                Text = text,
                At = ticket.ChangedAt,
            };
            db.EmbeddedTicketMessages.Add(added);
        }, ct);
        return added!.Id.ToString(CultureInfo.InvariantCulture);
    }

    private Task<bool> ChangeAsync(string ticketId, Action<SupportBotDb, EmbeddedTicket> change, CancellationToken ct, long? version = null)
    {
        var number = Number(ticketId);
        return commits.RunAsync(ticketId, async db =>
        {
            var ticket = await db.EmbeddedTickets.FirstOrDefaultAsync(t => t.Number == number, ct)
                ?? throw new OutboxRefusal($"There is no ticket {NumberOf(number)}.", final: true);
            if (version is { } seen && seen != ticket.Version)
            {
                return false;
            }

            ticket.ChangedAt = time.GetUtcNow();
            ticket.Version++;
            change(db, ticket);
            return true;
        }, ct);
    }

    private static RemoteTicket ToRemote(EmbeddedTicket ticket) => new(Id(ticket.Number), NumberOf(ticket.Number), WordOf(ticket.Phase), null, []);

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string ticketId) => long.TryParse(ticketId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Cursor(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
