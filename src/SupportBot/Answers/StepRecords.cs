using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>What a decision says about the steps of processes: which is left, which is entered, and how a process ends. Pure.</summary>
internal static class StepRecords
{
    /// <summary>The step that is open from now on, when it was not open before.</summary>
    public static IEnumerable<StepTaken> Entered(Turn turn, Decision decision) =>
        decision.Next is { Step: { } step, StepSince: { } since, Run: > 0 } next && (turn.State.Run, turn.State.Step, turn.State.StepSince) != (next.Run, step, since)
            ? [new StepTaken(next.Run, next.Intent ?? "", step, since, null, null)]
            : [];

    /// <summary>How a topic ends that no process has ended, and in which run.</summary>
    public static (int Run, IReadOnlyList<StepTaken> Steps) AtEnd(Turn turn, Decision decision, ConversationMemory memory)
    {
        var step = decision switch
        {
            Decision.Answer => ProcessSteps.Answer,
            Decision.Escalate when decision.Steps.Count == 0 => ProcessSteps.Human,
            Decision.SmallTalk { ReasonCode: ReasonCode.Solved } => ProcessSteps.Solved,
            _ => null,
        };
        if (step is null || (decision.Intent ?? turn.State.Intent) is not { } intent)
        {
            return (turn.State.Run, []);
        }

        var run = turn.State.Run > 0 && turn.State.Intent == intent && decision is not Decision.Answer ? turn.State.Run : memory.Runs + 1;
        return (run, [new StepTaken(run, intent, step, turn.Now, turn.Now, StepOutcome.Done)]);
    }

    /// <summary>The step that was open, when this decision leaves it.</summary>
    public static IEnumerable<StepTaken> Left(Turn turn, Decision decision)
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
