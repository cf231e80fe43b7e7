using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>What customers think of answers, bound to the answer that they judge.</summary>
public static class FeedbackDesk
{
    /// <summary>Keeps a thumb in this unit of work. One for something that the bot did not say in this conversation is nobody's.</summary>
    public static async Task RecordAsync(SupportBotDb db, Conversation conversation, Feedback feedback, DateTimeOffset now, CancellationToken ct)
    {
        var answer = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversation.Id && a.ActivityId == feedback.Id && a.Author == Author.Bot)
            .Select(a => (long?)a.Sequence)
            .FirstOrDefaultAsync(ct);
        if (answer is { } sequence)
        {
            await KeepAsync(db, conversation, sequence, FeedbackBy.Thumb, feedback.Liked, now, ct);
        }
    }

    /// <summary>
    /// Keeps what the customer's next step says of the answer before it, in this unit of work: that it was solved, that it did not help, or that
    /// they asked for a person or a ticket instead. Other steps say nothing.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="conversation">The conversation, as it was before the step.</param>
    /// <param name="step">What the bot made of the step.</param>
    /// <param name="now">The time of the step.</param>
    /// <param name="ct">Cancels reading.</param>
    public static async Task RecordNextStepAsync(SupportBotDb db, Conversation conversation, ReasonCode step, DateTimeOffset now, CancellationToken ct)
    {
        bool? liked = step switch
        {
            ReasonCode.Solved => true,
            ReasonCode.NotHelped or ReasonCode.AskedForHuman or ReasonCode.AskedForTicket => false,
            _ => null,
        };
        if (liked is not { } isLiked)
        {
            return;
        }

        // Only the step right after the answer judges it.
        var last = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversation.Id && a.Author == Author.Bot && a.Evidence != null)
            .OrderByDescending(a => a.Sequence)
            .Select(a => new { a.Sequence, a.Evidence })
            .FirstOrDefaultAsync(ct);
        if (last is not null && JsonSerializer.Deserialize<Evidence>(last.Evidence!, JsonSerializerOptions.Web) is { ReasonCode: ReasonCode.Answered or ReasonCode.ReadingChosen })
        {
            await KeepAsync(db, conversation, last.Sequence, FeedbackBy.NextStep, isLiked, now, ct);
        }
    }

    private static async Task KeepAsync(
        SupportBotDb db, Conversation conversation, long sequence, FeedbackBy said, bool liked, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Feedback.FirstOrDefaultAsync(f => f.ConversationId == conversation.Id && f.AnswerSequence == sequence && f.Said == said, ct) is { } earlier)
        {
            (earlier.Liked, earlier.At, earlier.Unlabelled) = (liked, now, true);
            return;
        }

        db.Feedback.Add(new AnswerFeedback
        {
            ConversationId = conversation.Id,
            AnswerSequence = sequence,
            Said = said,
            Liked = liked,
            At = now,
            Intent = conversation.Intent,
        });
    }
}
