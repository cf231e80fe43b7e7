using SupportBot.Company;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// The rules that begin and end cases: what somebody has to act on, what is looked up, what is settled. Like all rules each either decides or
/// leaves the message to the next.
/// </summary>
internal sealed class CaseRules(Replies replies, ProcessRules process, AnswerOptions options)
{
    private const int WordsOfValueAlone = 8;

    /// <summary>Whether a message is about a case of the customer's own, which is looked up rather than answered from an article.</summary>
    public static bool IsOwnCase(Workflow workflow, string text, Func<Slot, bool> holds)
    {
        if (!workflow.LooksUp || workflow.Answer == AnswerMode.Never)
        {
            return false;
        }

        var words = Tokenizer.Words(text);
        return workflow.OwnCase.Count == 0 || workflow.OwnCase.Any(phrase => Cues.Holds(words, [.. Tokenizer.Words(phrase)])) || workflow.Slots.Any(holds);
    }

    /// <summary>The reply to the question whether all is well; null when it is about something else.</summary>
    public Decision? FollowUpReply(Turn turn)
    {
        if (!turn.State.AskedIfSolved)
        {
            return null;
        }

        if (Cues.SaysYes(turn.Text))
        {
            return Settled(turn);
        }

        if (!Cues.SaysNo(turn.Text) && !Cues.SaysNotHelped(turn.Text))
        {
            return null;
        }

        var fallback = replies.WorkflowOf(turn, turn.State.Intent).FollowUp?.Fallback ?? StepFallback.ToHuman;
        const string Explanation = "The customer says that it is not settled.";
        return fallback.Kind switch
        {
            FallbackKind.Ticket => process.Begin(turn, turn.State.Intent, ReasonCode.NotHelped, nameof(FollowUpReply), Explanation, ticketWanted: true),
            FallbackKind.Say => process.Say(turn, fallback.Text, ReasonCode.NotHelped, nameof(FollowUpReply), Explanation),
            _ => replies.Escalate(turn, ReasonCode.NotHelped, nameof(FollowUpReply), Explanation, "I'm sorry that it is not settled.", turn.State.Intent),
        };
    }

    public Decision? AskedForTicket(Turn turn)
    {
        if (!Cues.AsksForTicket(turn.Text))
        {
            return null;
        }

        var intent = turn.Inquiry.Top is { } top && top.Probability >= options.ActOnIntent && top.Intent.Articles.Count > 0
            ? top.Intent.Name
            : turn.State.Intent;
        return process.Begin(
            turn, intent, ReasonCode.AskedForTicket, nameof(AskedForTicket), "The customer asked for a ticket.", ticketWanted: true);
    }

    public Decision? Solved(Turn turn) => (HasAnswer(turn) || turn.State.AskedIfSolved) && Cues.IsSolved(turn.Text) ? Settled(turn) : null;

    public Decision? WorkflowNeverAnswers(Turn turn)
    {
        if (turn.Inquiry.Top is not { } top || top.Probability < options.ActOnIntent)
        {
            return null;
        }

        return replies.WorkflowOf(turn, top.Intent.Name).Answer == AnswerMode.Never
            ? process.Begin(
                turn, top.Intent.Name, ReasonCode.WorkflowNeverAnswers, nameof(WorkflowNeverAnswers),
                $"Somebody has to act on this: {top.Intent.Title}.", ticketWanted: false)
            : null;
    }

    public Decision? OwnCase(Turn turn)
    {
        if (turn.Inquiry.Top is not { } top || top.Probability < options.ActOnIntent)
        {
            return null;
        }

        var input = replies.InputOf(turn);
        return IsOwnCase(replies.WorkflowOf(turn, top.Intent.Name), turn.Chosen is null ? turn.Text : turn.Inquiry.Text, slot => SlotFilling.FindUnasked(slot, input) is not null)
            ? process.Begin(
                turn, top.Intent.Name, ReasonCode.OwnCase, nameof(OwnCase), $"The customer asks about a case of their own: {top.Intent.Title}.", ticketWanted: false)
            : null;
    }

    /// <summary>After an answer, hardly more than an order number means: look that one up; also when it corrects the last one.</summary>
    public Decision? ValueForLastCase(Turn turn)
    {
        if (!HasAnswer(turn) || turn.State.Intent is not { } intent || Tokenizer.Words(turn.Text).Count > WordsOfValueAlone)
        {
            return null;
        }

        var (workflow, input) = (replies.WorkflowOf(turn, intent), replies.InputOf(turn));
        return workflow.LooksUp && workflow.Slots.Any(slot => SlotFilling.FindUnasked(slot, input) is not null)
            ? process.Begin(
                turn with { Inquiry = turn.Inquiry with { Text = turn.State.Question ?? turn.Inquiry.Text } }, intent, ReasonCode.OwnCase, nameof(ValueForLastCase),
                "The customer gave what a look-up for the last question needs.", ticketWanted: false)
            : null;
    }

    /// <summary>Whether the last thing that the bot did was to answer.</summary>
    public static bool HasAnswer(Turn turn) => turn.State.LastArticle is not null || turn.State.Told;

    private Decision.SmallTalk Settled(Turn turn)
    {
        var evidence = replies.Evidence(turn, ReasonCode.Solved, nameof(Solved), "The customer says that it is settled.");
        return new Decision.SmallTalk(ReasonCode.Solved, evidence, turn.State.Intent, DialogueState.Start, Wording.Solved);
    }
}
