using SupportBot.Company;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// Reads a message as the reply to a question of a process: the value asked for, a correction of an earlier one, "never mind", or a change of
/// subject, in which case it is left to the other rules.
/// </summary>
internal sealed class CollectingRules(Replies replies, ProcessRules process, AnswerOptions options, double threshold)
{
    private const int FewestWordsOfSubject = 3;

    /// <summary>After so long a customer may have forgotten what was asked.</summary>
    private static readonly TimeSpan Absence = TimeSpan.FromHours(2);

    /// <summary>Whether the message holds a value that fits what was asked for.</summary>
    public bool HoldsAskedValue(Turn turn) =>
        Asked(turn) is { } slot && SlotFilling.Find(slot, replies.InputOf(turn)) is not null;

    /// <summary>The question that waits for a reply; null when none does.</summary>
    public string? OpenQuestion(Turn turn) => Asked(turn)?.Prompt;

    /// <summary>Reads a reply to a question for a slot; null when none was asked or the subject has changed.</summary>
    public Decision? Decide(Turn turn)
    {
        var workflow = replies.WorkflowOf(turn, turn.State.Intent);
        if (Asked(turn) is not { } slot)
        {
            return null;
        }

        var input = replies.InputOf(turn);
        var found = SlotFilling.Find(slot, input);
        if (found is null && Corrected(turn, input, workflow, slot) is { } corrected)
        {
            return process.Next(turn, workflow, corrected, ReasonCode.SlotCorrected, nameof(CollectingRules), "The customer corrected a value.", null);
        }

        if (SubjectChanged(turn, slot, found))
        {
            return null;
        }

        if (found is null && IsBack(turn, slot))
        {
            return Remind(turn, slot);
        }

        return SlotFilling.Read(slot, input, turn.State.Repeats) switch
        {
            SlotReply.Filled filled => Advance(turn, workflow, ProcessRules.With(turn.State, slot, filled.Value)),
            SlotReply.Skipped => Advance(turn, workflow, turn.State with { Skipped = [.. turn.State.Skipped, slot.Name] }),
            SlotReply.Cancelled => process.Cancel(turn),
            SlotReply.NotUnderstood not => process.AskAgain(turn, slot, ReasonCode.SlotNotUnderstood, $"No value for '{slot.Name}' was found.", slot.Invalid ?? not.Why),
            _ => process.GiveUp(turn, workflow, slot),
        };
    }

    private Slot? Asked(Turn turn) =>
        turn.State.AskedSlot is { } name ? replies.WorkflowOf(turn, turn.State.Intent).Slots.FirstOrDefault(s => s.Name == name) : null;

    private Decision Advance(Turn turn, Workflow workflow, DialogueState state)
    {
        var complete = ProcessRules.Missing(workflow, state) is null;
        return process.Next(
            turn with { State = state },
            workflow,
            state,
            complete ? ReasonCode.SlotsComplete : ReasonCode.SlotFilled,
            nameof(CollectingRules),
            complete ? "Everything that is needed has been collected." : "A value was given; another one is needed.",
            null);
    }

    private DialogueState? Corrected(Turn turn, SlotInput input, Workflow workflow, Slot asked)
    {
        var earlier = workflow.Slots.FirstOrDefault(s => s.Name != asked.Name && turn.State.Fields.ContainsKey(s.Name) && SlotFilling.FindUnasked(s, input) is not null);
        if (earlier is null || SlotFilling.FindUnasked(earlier, input) is not { } value || value == turn.State.Fields[earlier.Name])
        {
            return null;
        }

        // In a free text an order number may just be mentioned; then only words of correction make it one.
        return !asked.TakesAnyWords || Cues.SaysCorrection(turn.Text) ? ProcessRules.With(turn.State, earlier, value) : null;
    }

    /// <summary>
    /// A clear other question: what was asked for can be told from other words and the message does not hold it, or it is a free text and the
    /// message is a question that the articles answer.
    /// </summary>
    private bool SubjectChanged(Turn turn, Slot slot, string? found)
    {
        if (turn.Inquiry.Top is not { } top || top.Intent.Name == turn.State.Intent || top.Probability < options.ChangeSubject
            || SlotFilling.IsCancel(turn.Text) || Tokenizer.Words(turn.Text).Count < FewestWordsOfSubject)
        {
            return false;
        }

        if (slot.TakesAnyWords)
        {
            return turn.Text.TrimEnd().EndsWith('?') && turn.AnswerProbability >= threshold;
        }

        // A reply that holds no value may still sound like some intent; a subject that something can be done about is one.
        var other = replies.WorkflowOf(turn, top.Intent.Name);
        return found is null && (other.Answer == AnswerMode.Never || other.LooksUp || other.Reply is not null || turn.AnswerProbability >= threshold);
    }

    /// <summary>Somebody who comes back after hours and does not give the value, but may not remember that one was asked for.</summary>
    private static bool IsBack(Turn turn, Slot slot) =>
        !slot.TakesAnyWords && turn.State.StepSince is { } since && turn.Now - since >= Absence && !SlotFilling.IsCancel(turn.Text);

    private Decision.Collect Remind(Turn turn, Slot slot) => process.Ask(
        turn,
        turn.State with { StepSince = turn.Now },
        slot,
        ReasonCode.Reminded,
        nameof(CollectingRules),
        "The customer came back and is reminded of what was asked.",
        Wording.Reminder(replies.TitleOf(turn.State.Intent), slot.Prompt),
        null);
}
