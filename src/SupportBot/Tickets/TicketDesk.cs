using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Tickets;

/// <summary>Opens tickets: our record and the outbox row in the turn's own commit, the ticket system afterwards.</summary>
public static class TicketDesk
{
    /// <summary>Longest transcript that goes with a ticket, messages.</summary>
    private const int TranscriptLength = 200;

    /// <summary>Adds ticket and outbox row to the unit of work.</summary>
    /// <param name="key">Names the reason for the ticket, such as the customer's activity id: the same key never makes a second ticket.</param>
    public static async Task OpenAsync(
        SupportBotDb db,
        Conversation conversation,
        string key,
        string subject,
        string queue,
        string priority,
        IReadOnlyDictionary<string, string> fields,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var draft = new TicketDraft(
            key,
            conversation.Id,
            Conversation.Excerpt(subject, 200),
            queue,
            priority,
            conversation.Intent,
            conversation.CustomerName,
            fields,
            await TranscriptAsync(db, conversation.Id, ct));

        db.Tickets.Add(new Ticket
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            Key = key,
            Subject = draft.Subject,
            Queue = queue,
            Priority = priority,
            Intent = conversation.Intent,
            Fields = JsonSerializer.Serialize(fields),
            CreatedAt = now,
        });
        db.Outbox.Add(new OutboxRow
        {
            Kind = TicketCreation.RowKind,
            Key = key,
            ConversationId = conversation.Id,
            Payload = JsonSerializer.Serialize(draft),
            CreatedAt = now,
            DueAt = now,
        });
    }

    private static async Task<string> TranscriptAsync(SupportBotDb db, string conversationId, CancellationToken ct)
    {
        var rows = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Type == ActivityTypes.Message)
            .OrderByDescending(a => a.Sequence)
            .Take(TranscriptLength)
            .ToListAsync(ct);
        rows.Reverse();

        var transcript = new StringBuilder();
        foreach (var row in rows)
        {
            if (ActivityJson.Parse(row.Json).Text is { Length: > 0 } text)
            {
                transcript.Append(row.Author.Name()).Append(": ").AppendLine(text);
            }
        }

        return transcript.ToString();
    }
}
