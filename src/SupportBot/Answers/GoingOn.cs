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

        if (Cues.Same(turn.Text, GoOn) || Cues.SaysYes(turn.Text))
        {
            return process.Next(turn with { State = state }, workflow, state, ReasonCode.WentOn, nameof(GoingOn), "The customer goes on with what was interrupted.", null);
        }

        if (Cues.Same(turn.Text, LeaveIt) || Cues.SaysNo(turn.Text))
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
        memory = memory with { Page = turn.Customer.Page ?? memory.Page, OfferedToGoOn = false, Interrupted = before.Memory.OfferedToGoOn ? null : memory.Interrupted };
        if (turn.LookedUp is null && turn.Customer.Files.Count > 0 && !decision.Next.Fields.Values.Contains(string.Join(", ", turn.Customer.Files)))
        {
            memory = memory with { Files = [.. memory.Files.Concat(turn.Customer.Files).Distinct().TakeLast(ConversationMemory.MostFiles)] };
        }

        if (WasInterrupted(before, decision))
        {
            memory = memory with { Interrupted = before with { Memory = ConversationMemory.Empty } };
        }

        if (decision.ReasonCode == ReasonCode.Solved)
        {
            memory = memory with { FollowedUp = false };
        }

        var workflow = replies.WorkflowOf(turn, decision.Intent);
        var ends = StepRecords.AtEnd(turn, decision, memory);
        memory = memory with { Runs = Math.Max(memory.Runs, ends.Run) };
        var kept = decision with
        {
            Clocks = workflow.Clocks,
            FollowUp = decision is Decision.Answer or Decision.Tell && !memory.FollowedUp ? workflow.FollowUp : null,
            Steps = [.. StepRecords.Left(turn, decision), .. decision.Steps, .. ends.Steps, .. StepRecords.Entered(turn, decision)],
        };
        if (memory.Interrupted is { } interrupted && interrupted.Intent != decision.Intent && IsDone(decision))
        {
            memory = memory with { OfferedToGoOn = true };
            kept = kept with { Afterthought = new Afterthought(Wording.OfferToGoOn(replies.TitleOf(interrupted.Intent)), [GoOn, LeaveIt]) };
        }
        else if (decision is Decision.Escalate || decision.Next.Intent == memory.Interrupted?.Intent)
        {
            memory = memory with { Interrupted = null };
        }

        return kept with { Next = decision.Next with { Memory = memory, Run = decision is Decision.Answer ? ends.Run : decision.Next.Run } };
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
}
