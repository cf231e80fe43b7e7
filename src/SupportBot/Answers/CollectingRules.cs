using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// Asking for what a ticket or a human needs, one thing after the other. A message is read as the value asked for, a correction of an
/// earlier one, "never mind", or a change of subject, in which case it is left to the other rules.
/// </summary>
internal sealed class CollectingRules(Replies replies, AnswerOptions options, double threshold)
{
    private const int WordsOfRequestAlone = 6;
    private const int FewestWordsOfSubject = 3;

    /// <summary>Whether the message holds a value that fits the pattern of the slot asked for.</summary>
    public static bool HoldsAskedValue(Workflow workflow, Turn turn) =>
        turn.State.AskedSlot is { } name && workflow.Slots.FirstOrDefault(s => s.Name == name) is { } slot && SlotFilling.Find(slot, turn.Text) is not null;

    /// <summary>Reads a reply to a question for a slot; null when none was asked or the subject has changed.</summary>
    public Decision? Decide(Turn turn)
    {
        var workflow = replies.WorkflowOf(turn.State.Intent);
        if (turn.State.AskedSlot is not { } name || workflow.Slots.FirstOrDefault(s => s.Name == name) is not { } slot)
        {
            return null;
        }

        if (SlotFilling.Find(slot, turn.Text) is null && Corrected(turn, workflow, slot) is { } fields)
        {
            return Ask(turn, turn.State with { Fields = fields }, slot, ReasonCode.SlotCorrected, "The customer corrected a value.", Wording.Correction(slot.Prompt), null);
        }

        if (SubjectChanged(turn, slot))
        {
            return null;
        }

        return SlotFilling.Read(slot, turn.Text, turn.State.Repeats) switch
        {
            SlotReply.Filled filled => Advance(turn, workflow, With(turn.State, slot, filled.Value)),
            SlotReply.Skipped => Advance(turn, workflow, turn.State with { Skipped = [.. turn.State.Skipped, slot.Name] }),
            SlotReply.Cancelled => new Decision.SmallTalk(
                ReasonCode.Cancelled, Evidence(turn, ReasonCode.Cancelled, "The customer no longer wants it."), turn.State.Intent,
                DialogueState.Start, Wording.Cancelled),
            SlotReply.NotUnderstood => AskAgain(turn, slot),
            _ => replies.Escalate(
                turn, ReasonCode.SlotGivenUp, nameof(CollectingRules), $"The customer was asked for '{slot.Name}' {SlotFilling.MostRepeats + 1} times.",
                "I could not make that out, and that is my fault, not yours.", turn.State.Intent),
        };
    }

    /// <summary>Begins to collect what a workflow needs; when it needs nothing, the ticket or the human comes at once.</summary>
    public Decision Begin(Turn turn, string? intent, ReasonCode reason, string rule, string explanation, bool ticketWanted)
    {
        var workflow = replies.WorkflowOf(intent);
        var words = Tokenizer.Words(turn.Text).Count;
        var isRequestAlone = turn.Chosen is null && reason == ReasonCode.AskedForTicket && words <= WordsOfRequestAlone;
        var question = isRequestAlone ? turn.State.Question : Replies.QuestionOf(turn);
        var state = DialogueState.Start with { Intent = intent, Question = question, TicketWanted = ticketWanted, Unanswered = turn.State.Unanswered };
        foreach (var slot in workflow.Slots)
        {
            if (SlotFilling.Find(slot, turn.Text) is { } value)
            {
                state = With(state, slot, value);
            }
        }

        // Outside every intent the one thing asked for is what it is about, which the customer may have said already.
        if (workflow.Intent == "" && question is not null)
        {
            state = With(state, workflow.Slots[0], question);
        }

        var evidence = replies.Evidence(turn, reason, rule, explanation);
        return Next(turn, workflow, state, reason, evidence);
    }

    private static IReadOnlyDictionary<string, string>? Corrected(Turn turn, Workflow workflow, Slot asked)
    {
        var earlier = workflow.Slots.FirstOrDefault(s => s.Name != asked.Name && turn.State.Fields.ContainsKey(s.Name) && SlotFilling.Find(s, turn.Text) is not null);
        if (earlier is null || SlotFilling.Find(earlier, turn.Text) is not { } value)
        {
            return null;
        }

        // In a free text an order number may just be mentioned; then only words of correction make it one.
        return asked.Pattern is not null || Cues.SaysCorrection(turn.Text) ? With(turn.State, earlier, value).Fields : null;
    }

    private static DialogueState With(DialogueState state, Slot slot, string value) => state with
    {
        Fields = new Dictionary<string, string>(state.Fields, StringComparer.Ordinal) { [slot.Name] = Redaction.Apply(value, PersonalData.Payment) },
    };

    /// <summary>
    /// A clear other question: what was asked for has a pattern that the message does not hold, or it is a free text and the message is a
    /// question that the articles answer.
    /// </summary>
    private bool SubjectChanged(Turn turn, Slot slot)
    {
        if (turn.Inquiry.Top is not { } top || top.Intent.Name == turn.State.Intent || top.Probability < options.ChangeSubject
            || SlotFilling.IsCancel(turn.Text) || Tokenizer.Words(turn.Text).Count < FewestWordsOfSubject)
        {
            return false;
        }

        return slot.Pattern is not null
            ? SlotFilling.Find(slot, turn.Text) is null
            : turn.Text.TrimEnd().EndsWith('?') && turn.AnswerProbability >= threshold;
    }

    private Decision AskAgain(Turn turn, Slot slot)
    {
        var why = Wording.NotUnderstood(slot.Optional);
        var state = turn.State with { Repeats = turn.State.Repeats + 1 };
        return Ask(turn, state, slot, ReasonCode.SlotNotUnderstood, $"No value for '{slot.Name}' was found.", $"{why} {slot.Prompt}", why);
    }

    private Decision.Collect Ask(Turn turn, DialogueState state, Slot slot, ReasonCode reason, string explanation, string text, string? why) =>
        new(reason, Evidence(turn, reason, explanation), state.Intent, state, text, slot.Name, slot.Prompt, why);

    private Decision Advance(Turn turn, Workflow workflow, DialogueState state)
    {
        var complete = Missing(workflow, state) is null;
        var reason = complete ? ReasonCode.SlotsComplete : ReasonCode.SlotFilled;
        var explanation = complete ? "Everything that is needed has been collected." : "A value was given; another one is needed.";
        return Next(turn with { State = state }, workflow, state, reason, Evidence(turn, reason, explanation));
    }

    private Decision Next(Turn turn, Workflow workflow, DialogueState state, ReasonCode reason, Evidence evidence)
    {
        var intent = state.Intent;
        if (Missing(workflow, state) is { } slot)
        {
            var text = reason == ReasonCode.SlotFilled ? $"Thanks. {slot.Prompt}" : Wording.ForTicket(slot.Prompt);
            var next = state with { AskedSlot = slot.Name, Repeats = 0 };
            return new Decision.Collect(reason, evidence, intent, next, text, slot.Name, slot.Prompt, null);
        }

        var subject = replies.Subject(turn with { State = state }, intent);
        var done = DialogueState.Start with { Unanswered = state.Unanswered + 1 };
        return workflow.Otherwise == Otherwise.Ticket || state.TicketWanted
            ? new Decision.OpenTicket(
                reason, evidence, intent, done, replies.Wording.TicketOpened(turn.Now), workflow.Queue, workflow.Priority, subject, state.Fields)
            : new Decision.Escalate(
                reason, evidence, intent, done, replies.Wording.HumanComes("Thanks, this needs a person.", turn.Now),
                workflow.Queue, workflow.Priority, subject, state.Fields);
    }

    private static Slot? Missing(Workflow workflow, DialogueState state) =>
        workflow.Slots.FirstOrDefault(s => !state.Fields.ContainsKey(s.Name) && !state.Skipped.Contains(s.Name));

    private Evidence Evidence(Turn turn, ReasonCode reason, string explanation) =>
        replies.Evidence(turn, reason, nameof(CollectingRules), explanation);
}
