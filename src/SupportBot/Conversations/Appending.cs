using SupportBot.BotFramework.Activities;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>The one way into the log.</summary>
public static class Appending
{
    /// <summary>Kind of the outbox rows by which what is said reaches a channel that does not read the log.</summary>
    public const string DeliveryKind = "channel";

    /// <summary>
    /// Adds the activity to the conversation's log in this unit of work. On channels whose clients read the log that is all; for others, what
    /// this side says goes into the outbox in the same commit; what came in from there does not go back. While a caller waits for replies on an open request, the outbox gives it the time.
    /// </summary>
    public static ActivityRecord Append(
        this SupportBotDb db,
        Conversation conversation,
        Activity activity,
        Author author,
        DateTimeOffset now,
        bool pending = false,
        string? clientId = null,
        string? evidence = null,
        bool cameIn = false)
    {
        var row = conversation.Append(activity, author, now, pending, clientId, evidence);
        db.Activities.Add(row);
        if (author is not Author.Customer && !cameIn && conversation.Channel != ChannelIds.DirectLine)
        {
            db.Outbox.Add(new OutboxRow
            {
                Kind = DeliveryKind,
                Key = row.ActivityId,
                ConversationId = conversation.Id,
                Payload = "",
                CreatedAt = now,
                DueAt = conversation.RepliesAwaitedUntil is { } until && until > now ? until : now,
            });
        }

        return row;
    }
}
