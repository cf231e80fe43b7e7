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
        var text = decision.Afterthought is { } afterthought ? $"{decision.Text}\n\n{afterthought.Text}" : decision.Text;
        var message = Of(decision, BotMessages.Message(Author.Bot, bot, text, customerMessageId), conversation);
        return decision.Afterthought is { Buttons.Count: > 0 } offered ? message with { SuggestedActions = SuggestedActions.Replies([.. offered.Buttons, Cues.TalkToPerson]) } : message;
    }

    /// <summary>Citations with the addresses of their articles.</summary>
    public static IReadOnlyList<Citation> Sources(IReadOnlyList<Answers.Citation> citations, Conversation conversation) =>
        [.. citations.Select(c => new Citation(c.Position, c.Title, $"{conversation.BaseUri}/help/{c.Slug}", c.Excerpt))];

    private static Activity Of(Decision decision, Activity message, Conversation conversation) => decision switch
    {
        Decision.Answer answer => message
            .Cite(Sources(answer.Citations, conversation), ActivityStamp.ActivityId(conversation.Id, conversation.LastSequence + 1))
            with
        { SuggestedActions = SuggestedActions.Replies(Cues.Solved, Cues.TalkToPerson) },
        Decision.Tell => message with { SuggestedActions = SuggestedActions.Replies(Cues.Solved, Cues.TalkToPerson) },
        Decision.Collect { Choices.Count: > 0 } collect => message with { SuggestedActions = SuggestedActions.Replies([.. collect.Choices]) },
        Decision.AskBack askBack => message with
        {
            SuggestedActions = new SuggestedActions { Actions = [.. askBack.Options.Select(o => CardAction.ImBack(o.Title, o.Value))] },
        },
        _ => message,
    };
}
