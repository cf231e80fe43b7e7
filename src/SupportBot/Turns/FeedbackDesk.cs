using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>Thumbs, bound to the answer that they judge.</summary>
public static class FeedbackDesk
{
    /// <summary>Keeps a thumb in this unit of work. One for something that the bot did not say in this conversation is nobody's.</summary>
    public static async Task RecordAsync(SupportBotDb db, Conversation conversation, Feedback feedback, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversation.Id && a.ActivityId == feedback.Id && a.Author == Author.Bot)
            .Select(a => (long?)a.Sequence)
            .FirstOrDefaultAsync(ct);
        if (answer is not { } sequence)
        {
            return;
        }

        if (await db.Feedback.FirstOrDefaultAsync(f => f.ConversationId == conversation.Id && f.AnswerSequence == sequence, ct) is { } earlier)
        {
            (earlier.Liked, earlier.At) = (feedback.Liked, now);
            return;
        }

        db.Feedback.Add(new AnswerFeedback
        {
            ConversationId = conversation.Id,
            AnswerSequence = sequence,
            Liked = feedback.Liked,
            At = now,
            Intent = conversation.Intent,
        });
    }
}
