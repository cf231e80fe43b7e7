using System.Text.Json;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>What a row of the outbox is about that follows a conversation up.</summary>
public enum FollowUpStage
{
    /// <summary>Ask whether all is well.</summary>
    Ask,

    /// <summary>Close it, because no word came.</summary>
    Close,
}

/// <param name="Stage">What is to be done.</param>
/// <param name="Sequence">The conversation's last activity then: when there is a later one, it has gone on.</param>
/// <param name="Ask">The question.</param>
/// <param name="CloseAfter">How long after the question it is closed; null leaves it open.</param>
public sealed record FollowUpRow(FollowUpStage Stage, long Sequence, string Ask, TimeSpan? CloseAfter)
{
    public const string RowKind = "follow_up";

    /// <summary>A ticket was solved: whether that is followed up is the workflow's to say. A kind of its own, because it does not wait for what is planned.</summary>
    public const string TicketKind = "follow_up_ticket";

    /// <summary>Rows that tell nobody outside anything.</summary>
    public static readonly string[] Kinds = [RowKind, TicketKind];

    /// <summary>Notes in the unit of work that a ticket was solved, after the line that tells the customer.</summary>
    /// <param name="key">Names the ticket and the moment.</param>
    public static void AfterTicket(SupportBotDb db, Conversation conversation, string key, DateTimeOffset now) => db.Outbox.Add(new OutboxRow
    {
        Kind = TicketKind,
        Key = key,
        ConversationId = conversation.Id,
        Payload = JsonSerializer.Serialize(conversation.LastSequence),
        CreatedAt = now,
        DueAt = now,
    });
}
