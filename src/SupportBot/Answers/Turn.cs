using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>One message with everything that the decision needs: the rules read nothing else.</summary>
/// <param name="Text">What the customer wrote.</param>
/// <param name="Inquiry">What the question means; the earlier question when one of its readings was chosen.</param>
/// <param name="Ranked">The articles for that question, best first.</param>
/// <param name="AnswerProbability">Probability that the first article answers, 0 to 1.</param>
/// <param name="Chosen">The reading that the message picks from those offered; null when it picks none.</param>
/// <param name="State">What is known from the messages before.</param>
/// <param name="Now">The time of the message.</param>
internal sealed record Turn(
    string Text,
    Inquiry Inquiry,
    IReadOnlyList<RankedArticle> Ranked,
    double AnswerProbability,
    ReplyOption? Chosen,
    DialogueState State,
    DateTimeOffset Now)
{
    /// <summary>What is known of the customer without asking.</summary>
    public CustomerContext Customer { get; init; } = CustomerContext.Unknown;

    /// <summary>What came of the look-up that the state waits for; null when it waits for none.</summary>
    public LookupOutcome? LookedUp { get; init; }
}
