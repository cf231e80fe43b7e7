using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Learning;
using SupportBot.Storage;
using SupportBot.Tickets;
using SupportBot.Turns;

namespace SupportBot.AgentConsole;

public enum InboxView
{
    Waiting,
    Mine,
    All,
}

/// <summary>What the console reads. It writes nothing.</summary>
public sealed class Inbox(IDbContextFactory<SupportBotDb> contexts, LabelBook labels, UnderstandingSource understanding)
{
    public const int MaxPage = 200;

    /// <summary>Messages of its tickets that come with a conversation: the latest.</summary>
    private const int MostTicketMessages = 100;

    /// <param name="cursor">Where the previous page ended, or null for the first.</param>
    public async Task<ConversationPage> ListAsync(InboxView view, string agentId, string? cursor, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = from c in db.Conversations.AsNoTracking()
                   join h in db.Handoffs.AsNoTracking() on c.HandoffId equals h.Id into handoffs
                   from h in handoffs.DefaultIfEmpty()
                   select new Row { Conversation = c, Handoff = h };
        var at = Cursor.Parse(cursor);
        rows = view switch
        {
            InboxView.Waiting => rows.Where(r => r.Handoff!.State == HandoffState.Waiting),
            InboxView.Mine => rows.Where(r => r.Handoff!.State == HandoffState.Accepted && r.Handoff.AgentId == agentId),
            // A conversation in which the customer has not said anything yet is nobody's business.
            _ => rows.Where(r => r.Conversation.Subject != ""),
        };

        if (view == InboxView.Waiting)
        {
            rows = at is { } after ? rows.Where(r => r.Handoff!.CreatedAt > after.At || (r.Handoff.CreatedAt == after.At && r.Conversation.Id.CompareTo(after.Id) > 0)) : rows;
            rows = rows.OrderBy(r => r.Handoff!.CreatedAt).ThenBy(r => r.Conversation.Id);
        }
        else
        {
            rows = at is { } before ? rows.Where(r => r.Conversation.LastAt < before.At || (r.Conversation.LastAt == before.At && r.Conversation.Id.CompareTo(before.Id) > 0)) : rows;
            rows = rows.OrderByDescending(r => r.Conversation.LastAt).ThenBy(r => r.Conversation.Id);
        }

        var page = await rows.Take(limit + 1).ToListAsync(ct);
        var more = page.Count > limit;
        page = page[..Math.Min(limit, page.Count)];
        var numbers = await TicketNumbersAsync(db, page.ConvertAll(r => r.Conversation.Id), ct);
        var next = more ? new Cursor(view == InboxView.Waiting ? page[^1].Handoff!.CreatedAt : page[^1].Conversation.LastAt, page[^1].Conversation.Id).ToString() : null;
        return new ConversationPage(
            page.ConvertAll(r => r.Conversation.ToSummary(r.Handoff, numbers.GetValueOrDefault(r.Conversation.Id))),
            next,
            new Counts(
                await db.Handoffs.CountAsync(h => h.State == HandoffState.Waiting, ct),
                await db.Handoffs.CountAsync(h => h.State == HandoffState.Accepted && h.AgentId == agentId, ct)));
    }

    /// <summary>Null for an unknown conversation.</summary>
    public async Task<ConversationDetail?> FindAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var conversation = await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversationId, ct);
        if (conversation is null)
        {
            return null;
        }

        var handoff = await HandoffOfAsync(db, conversation, ct);
        var corrections = await labels.CorrectionsAsync(conversationId, ct);
        var tickets = await db.Tickets.AsNoTracking().Where(t => t.ConversationId == conversationId).OrderByDescending(t => t.CreatedAt).Take(50).ToListAsync(ct);
        var messages = (await db.TicketMessages.AsNoTracking()
            .Where(m => m.ConversationId == conversationId)
            .OrderByDescending(m => m.At)
            .ThenByDescending(m => m.Id)
            .Take(MostTicketMessages)
            .ToListAsync(ct)).OrderBy(m => m.At).ThenBy(m => m.Id).ToLookup(m => m.TicketId);
        return new ConversationDetail(
            conversation.ToSummary(handoff, tickets.FirstOrDefault()?.Number),
            conversation.StartedAt,
            conversation.Locale,
            Views.ToEvidence(handoff?.Evidence),
            tickets.ConvertAll(t => t.ToView(messages[t.Id])),
            [.. corrections.Select(c => c.ToCorrection(understanding.Current))])
        {
            Draft = Views.ToDraft(handoff),
        };
    }

    /// <summary>The summary with whether a human has or had a part in it. Null for an unknown conversation.</summary>
    public async Task<ConversationSummary?> SummaryAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var conversation = await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversationId, ct);
        return conversation is null
            ? null
            : conversation.ToSummary(
                await HandoffOfAsync(db, conversation, ct),
                (await TicketNumbersAsync(db, [conversationId], ct)).GetValueOrDefault(conversationId));
    }

    /// <summary>Messages after a position, oldest first. Null for an unknown conversation.</summary>
    public async Task<TranscriptPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.LastSequence).FirstOrDefaultAsync(ct);
        if (last is null)
        {
            return null;
        }

        var rows = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Sequence > after && a.Shown)
            .OrderBy(a => a.Sequence)
            .Take(limit + 1)
            .ToListAsync(ct);
        var more = rows.Count > limit;
        rows = rows[..Math.Min(limit, rows.Count)];
        return new TranscriptPage(rows.ConvertAll(TranscriptEntries.ToEntry), Math.Max(last.Value, rows.Count > 0 ? rows[^1].Sequence : 0), more);
    }

    private static async Task<HandoffRecord?> HandoffOfAsync(SupportBotDb db, Conversation conversation, CancellationToken ct) =>
        conversation.HandoffId is { } id ? await db.Handoffs.AsNoTracking().FirstOrDefaultAsync(h => h.Id == id, ct) : null;

    /// <summary>The newest ticket's number per conversation.</summary>
    private static async Task<Dictionary<string, string?>> TicketNumbersAsync(SupportBotDb db, List<string> conversationIds, CancellationToken ct)
    {
        var tickets = await db.Tickets.AsNoTracking()
            .Where(t => conversationIds.Contains(t.ConversationId))
            .OrderBy(t => t.CreatedAt)
            .Select(t => new { t.ConversationId, t.Number })
            .ToListAsync(ct);
        var numbers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var ticket in tickets)
        {
            numbers[ticket.ConversationId] = ticket.Number;
        }

        return numbers;
    }

    private sealed class Row
    {
        public required Conversation Conversation { get; init; }

        public HandoffRecord? Handoff { get; init; }
    }

    /// <summary>A position in a list ordered by time and id; opaque to the client.</summary>
    private readonly record struct Cursor(DateTimeOffset At, string Id)
    {
        public static Cursor? Parse(string? text) =>
            text?.Split('_', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= DateTime.MaxValue.Ticks
                ? new Cursor(new DateTimeOffset(t, TimeSpan.Zero), id)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}_{Id}");
    }
}
