using SupportBot.Company;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// What stays when the subject changes: values are remembered, a process that was interrupted is offered again when the other thing is done, and
/// each step that is left is recorded. Wraps the rules; pure.
/// </summary>
internal sealed class GoingOn(Replies replies, ProcessRules process)
{
    /// <summary>The button that goes on.</summary>
    public const string GoOn = "Yes, go on";

    /// <summary>The button that does not.</summary>
    public const string LeaveIt = "No, leave it";

    private const int WordsOfYes = 4;

    private static readonly HashSet<string> YesWords = new(StringComparer.Ordinal) { "yes", "yeah", "yep", "ok", "okay", "sure", "please", "continue", "go", "on", "lets" };

    private static readonly HashSet<string> NoWords = new(StringComparer.Ordinal) { "no", "nope", "not", "leave", "it", "thanks", "dont", "drop", "forget", "now" };

    /// <summary>The reply to the offer to go on; null when the message is about something else.</summary>
    public Decision? Decide(Turn turn)
    {
        if (turn.State.Memory is not { OfferedToGoOn: true, Interrupted: { } interrupted })
        {
            return null;
        }

        var workflow = replies.WorkflowOf(turn, interrupted.Intent);
        if (workflow.Slots.FirstOrDefault(s => s.Name == interrupted.AskedSlot) is not { } slot)
        {
            return null;
        }

        var state = interrupted with { Memory = turn.State.Memory with { Interrupted = null, OfferedToGoOn = false } };
        if (SlotFilling.FindUnasked(slot, replies.InputOf(turn)) is { } value)
        {
            return process.Next(
                turn with { State = state }, workflow, ProcessRules.With(state, slot, value), ReasonCode.SlotFilled, nameof(GoingOn), "The customer went on and gave the value.", null);
        }

        if (Cues.Same(turn.Text, GoOn) || SaysOnly(turn.Text, YesWords))
        {
            return process.Next(turn with { State = state }, workflow, state, ReasonCode.WentOn, nameof(GoingOn), "The customer goes on with what was interrupted.", null);
        }

        if (Cues.Same(turn.Text, LeaveIt) || SaysOnly(turn.Text, NoWords))
        {
            var evidence = replies.Evidence(turn, ReasonCode.Cancelled, nameof(GoingOn), "The customer does not go on with what was interrupted.");
            return new Decision.SmallTalk(ReasonCode.Cancelled, evidence, turn.State.Intent, DialogueState.Start with { Memory = state.Memory }, Wording.Dropped);
        }

        return null;
    }

    /// <summary>The decision with what stays known, and with the offer to go on where something was interrupted.</summary>
    public Decision Keep(Turn turn, Decision decision)
    {
        var before = turn.State;
        var memory = ReferenceEquals(decision.Next.Memory, ConversationMemory.Empty) || decision.Next.Memory == ConversationMemory.Empty ? before.Memory : decision.Next.Memory;
        memory = memory with { OfferedToGoOn = false, Interrupted = before.Memory.OfferedToGoOn ? null : memory.Interrupted };
        if (turn.LookedUp is null && turn.Customer.Files.Count > 0 && !decision.Next.Fields.Values.Contains(string.Join(", ", turn.Customer.Files)))
        {
            memory = memory with { Files = [.. memory.Files.Concat(turn.Customer.Files).Distinct().TakeLast(ConversationMemory.MostFiles)] };
        }

        if (WasInterrupted(before, decision))
        {
            memory = memory with { Interrupted = before with { Memory = ConversationMemory.Empty } };
        }

        var kept = decision with { Steps = [.. Left(turn, decision), .. decision.Steps] };
        if (memory.Interrupted is { } interrupted && interrupted.Intent != decision.Intent && IsDone(decision))
        {
            memory = memory with { OfferedToGoOn = true };
            kept = kept with { Afterthought = new Afterthought(Wording.OfferToGoOn(replies.TitleOf(interrupted.Intent)), [GoOn, LeaveIt]) };
        }
        else if (decision is Decision.Escalate || decision.Next.Intent == memory.Interrupted?.Intent)
        {
            memory = memory with { Interrupted = null };
        }

        return kept with { Next = decision.Next with { Memory = memory } };
    }

    private static bool SaysOnly(string text, HashSet<string> words)
    {
        var said = Tokenizer.Words(text);
        return said.Count is > 0 and <= WordsOfYes && said.TrueForAll(words.Contains);
    }

    /// <summary>A question was open, and the customer went on to something else.</summary>
    private static bool WasInterrupted(DialogueState before, Decision decision) =>
        before.AskedSlot is not null
        && decision.Next.Run != before.Run
        && decision.ReasonCode is ReasonCode.Answered or ReasonCode.ReadingChosen or ReasonCode.Ambiguous or ReasonCode.OwnCase or ReasonCode.WorkflowNeverAnswers or ReasonCode.LookedUp or ReasonCode.LowConfidence;

    /// <summary>The customer has what they asked for in between, and no question is open.</summary>
    private static bool IsDone(Decision decision) =>
        decision is Decision.Answer or Decision.Tell or Decision.OpenTicket or Decision.SmallTalk { ReasonCode: not (ReasonCode.Cancelled or ReasonCode.EmptyText) }
        && decision.Next.AskedSlot is null;

    /// <summary>The step that was open, when this decision leaves it.</summary>
    private static IEnumerable<StepTaken> Left(Turn turn, Decision decision)
    {
        var before = turn.State;
        if (before is not { Step: { } step, StepSince: { } since, Run: > 0 } || (decision.Next.Run == before.Run && decision.Next.Step == step && decision.Next.StepSince == since))
        {
            return [];
        }

        var outcome = turn.LookedUp is { } lookedUp ? Of(lookedUp, decision) : Of(decision, before);
        return [new StepTaken(before.Run, before.Intent ?? "", step, since, turn.Now, outcome)];
    }

    private static StepOutcome Of(LookupOutcome outcome, Decision decision) => outcome switch
    {
        LookupOutcome.Found => StepOutcome.Done,
        LookupOutcome.NotFound when decision.ReasonCode == ReasonCode.NothingFound => StepOutcome.AskedAgain,
        LookupOutcome.NotFound when decision.ReasonCode == ReasonCode.SlotGivenUp => StepOutcome.GivenUp,
        _ => StepOutcome.Failed,
    };

    private static StepOutcome Of(Decision decision, DialogueState before) => decision.ReasonCode switch
    {
        ReasonCode.Cancelled => StepOutcome.Cancelled,
        ReasonCode.SlotGivenUp or ReasonCode.AskedForHuman => StepOutcome.GivenUp,
        ReasonCode.SlotNotUnderstood or ReasonCode.Reminded => StepOutcome.AskedAgain,
        ReasonCode.SlotCorrected when decision.Next.Run == before.Run => StepOutcome.AskedAgain,
        ReasonCode.SlotFilled or ReasonCode.SlotsComplete or ReasonCode.LookedUp => StepOutcome.Done,
        _ => StepOutcome.SubjectChanged,
    };
}
