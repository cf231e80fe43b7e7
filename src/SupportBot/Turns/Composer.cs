using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using Citation = SupportBot.BotFramework.Activities.Citation;

namespace SupportBot.Turns;

/// <summary>A decision as the activity that the customer gets: the next one of its conversation. Pure.</summary>
public static class Composer
{
    /// <param name="customerMessageId">The activity that is answered. Thumbs come back with the id of the answer itself.</param>
    public static Activity Compose(Decision decision, Conversation conversation, string bot, string customerMessageId)
    {
        var message = BotMessages.Message(Author.Bot, bot, decision.Text, customerMessageId);
        return decision switch
        {
            Decision.Answer answer => message
                .Cite([.. answer.Citations.Select(c => new Citation(c.Position, c.Title, $"{conversation.BaseUri}/help/{c.Slug}", c.Excerpt))], ActivityStamp.ActivityId(conversation.Id, conversation.LastSequence + 1))
                with
            { SuggestedActions = SuggestedActions.Replies(Cues.Solved, Cues.TalkToPerson) },
            Decision.AskBack askBack => message with
            {
                SuggestedActions = new SuggestedActions { Actions = [.. askBack.Options.Select(o => CardAction.ImBack(o.Title, o.Value))] },
            },
            _ => message,
        };
    }
}
