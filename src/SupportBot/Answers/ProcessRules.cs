using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// A workflow's process, one step after the other: a look-up as soon as what it needs is known, else the next question, else the end. Corrections
/// undo the look-ups that rested on the old value.
/// </summary>
internal sealed class ProcessRules(Replies replies, ProcessEnd end)
{
    private const int WordsOfRequestAlone = 6;

    /// <summary>What was given before is offered as a button, if it fits on one.</summary>
    private const int LongestOffer = 60;

    /// <summary>The first thing that has to be asked for; null when there is none.</summary>
    public static Slot? Missing(Workflow workflow, DialogueState state) =>
        workflow.Slots.FirstOrDefault(s => !state.Fields.ContainsKey(s.Name) && !state.Skipped.Contains(s.Name));

    /// <summary>Begins a process; when it needs nothing, its end comes at once.</summary>
    public Decision Begin(Turn turn, string? intent, ReasonCode reason, string rule, string explanation, bool ticketWanted)
    {
        var workflow = replies.WorkflowOf(turn, intent);
        var words = Tokenizer.Words(turn.Text).Count;
        var isRequestAlone = turn.Chosen is null && reason is ReasonCode.AskedForTicket or ReasonCode.NotHelped && words <= WordsOfRequestAlone;
        var question = isRequestAlone ? turn.State.Question : Replies.QuestionOf(turn);
        var run = turn.State.Memory.Runs + 1;
        var state = DialogueState.Start with
        {
            Intent = intent,
            Question = question,
            TicketWanted = ticketWanted,
            Unanswered = turn.State.Unanswered,
            Run = run,
            Memory = turn.State.Memory with { Runs = run },
        };
        var (filled, known) = Fill(turn, workflow, state);

        // Outside every intent the one thing asked for is what it is about, which the customer may have said already.
        if (workflow.Intent == "" && question is not null)
        {
            filled = With(filled, workflow.Slots[0], question);
        }

        return Next(turn with { State = turn.State with { Question = question, Memory = filled.Memory } }, workflow, filled, reason, rule, explanation, Wording.Known(known));
    }

    /// <summary>The next step of a process.</summary>
    /// <param name="turn">The message.</param>
    /// <param name="workflow">The process.</param>
    /// <param name="state">What is known now.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rule">The rule that fired.</param>
    /// <param name="explanation">What happened, in one sentence.</param>
    /// <param name="opening">What is said first, with a space at its end; null when there is nothing to add.</param>
    public Decision Next(Turn turn, Workflow workflow, DialogueState state, ReasonCode reason, string rule, string explanation, string? opening)
    {
        if (DueLookup(workflow, state, turn) is { } lookup)
        {
            var next = state with { Step = lookup.Name, StepSince = turn.Now, Opening = opening };
            var values = Values(state, turn).Where(v => lookup.Needs.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
            return new Decision.LookUp(reason, replies.Evidence(turn, reason, rule, explanation), state.Intent, next, new LookupRequest(lookup, values));
        }

        if (Missing(workflow, state) is { } slot)
        {
            var next = state with { AskedSlot = slot.Name, Repeats = 0, Step = slot.Name, StepSince = turn.Now, Opening = null };
            return Ask(turn, next, slot, reason, rule, explanation, $"{opening}{Asking(workflow, state, slot, reason)}", null);
        }

        return end.Of(turn, workflow, state, Values(state, turn), reason, rule, explanation);
    }

    /// <summary>Goes on with what a look-up found, or did not.</summary>
    public Decision After(Turn turn, LookupOutcome outcome)
    {
        var workflow = replies.WorkflowOf(turn, turn.State.Intent);
        if (workflow.Lookups.FirstOrDefault(l => l.Name == turn.State.Step) is not { } lookup)
        {
            // The workflow was changed while the look-up was under way.
            return Next(turn, workflow, turn.State with { Step = null }, ReasonCode.SlotFilled, nameof(After), "The workflow has changed.", null);
        }

        switch (outcome)
        {
            case LookupOutcome.Found found:
                var known = turn.State with
                {
                    Found = turn.State.Found.Concat(found.Values).GroupBy(v => v.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
                    LookedUp = [.. turn.State.LookedUp, lookup.Name],
                };
                var reason = Missing(workflow, known) is null ? ReasonCode.SlotsComplete : known.AskedSlot is null ? ReasonCode.OwnCase : ReasonCode.SlotFilled;
                return Next(turn, workflow, known, reason, nameof(After), $"'{lookup.Name}' was looked up.", known.Opening);
            case LookupOutcome.NotFound when lookup is { Slot: { } name, NotFound: { } notFound } && workflow.Slots.FirstOrDefault(s => s.Name == name) is { } slot:
                return Refuse(turn, workflow, slot, ProcessEnd.Filled(notFound, Values(turn.State, turn)));
            default:
                var why = outcome is LookupOutcome.Failed failed ? failed.Reason : "It found nothing.";
                return FallBack(
                    turn, workflow, turn.State with { LookedUp = [.. turn.State.LookedUp, lookup.Name] }, lookup.Fallback, ReasonCode.LookUpFailed,
                    $"'{lookup.Name}' could not be looked up: {why}", "I could not look that up just now.");
        }
    }

    /// <summary>Asks again for what was asked for.</summary>
    public Decision AskAgain(Turn turn, Slot slot, ReasonCode reason, string explanation, string? why)
    {
        var whole = Wording.AskedAgain(why, slot.Optional);
        var state = turn.State with { AskedSlot = slot.Name, Repeats = turn.State.Repeats + 1, Step = slot.Name, StepSince = turn.Now, Opening = null };
        return Ask(turn, state, slot, reason, nameof(CollectingRules), explanation, $"{whole} {slot.Prompt}", whole);
    }

    /// <summary>A slot that was asked for often enough.</summary>
    public Decision GiveUp(Turn turn, Workflow workflow, Slot slot) => FallBack(
        turn, workflow, turn.State with { Skipped = [.. turn.State.Skipped, slot.Name] }, slot.Fallback, ReasonCode.SlotGivenUp,
        $"The customer was asked for '{slot.Name}' {SlotFilling.MostRepeats + 1} times.", "I could not make that out, and that is my fault, not yours.");

    /// <summary>Says something, after which the customer may be done.</summary>
    public Decision Say(Turn turn, string text, ReasonCode reason, string rule, string explanation) => end.Say(turn, turn.State, text, reason, rule, explanation);

    /// <summary>The customer no longer wants it.</summary>
    public Decision Cancel(Turn turn)
    {
        var evidence = replies.Evidence(turn, ReasonCode.Cancelled, nameof(CollectingRules), "The customer no longer wants it.");
        return new Decision.SmallTalk(ReasonCode.Cancelled, evidence, turn.State.Intent, DialogueState.Start, Wording.Cancelled);
    }

    /// <summary>The state with a value, and without what was looked up with the old one.</summary>
    public static DialogueState With(DialogueState state, Slot slot, string value)
    {
        var kept = Redaction.Apply(value, PersonalData.Payment);
        var stale = state.Fields.TryGetValue(slot.Name, out var before) && before != kept;
        return state with
        {
            Fields = new Dictionary<string, string>(state.Fields, StringComparer.Ordinal) { [slot.Name] = kept },
            Found = stale ? new Dictionary<string, string>() : state.Found,
            LookedUp = stale ? [] : state.LookedUp,
            Memory = slot.Type == SlotType.Attachment ? state.Memory with { Files = [] } : state.Memory with
            {
                Values = new Dictionary<string, string>(state.Memory.Values, StringComparer.Ordinal) { [KnownValues.KeyOf(slot)] = kept },
            },
        };
    }

    public Decision.Collect Ask(Turn turn, DialogueState state, Slot slot, ReasonCode reason, string rule, string explanation, string text, string? why) =>
        new(reason, replies.Evidence(turn, reason, rule, explanation), state.Intent, state, text, slot.Name, slot.Prompt, why)
        {
            Choices = slot.Choices.Count == 0 && KnownValues.Remembered(slot, state.Memory) is { Length: <= LongestOffer } before ? [before] : slot.Choices,
        };

    /// <summary>Everything that a template may name, as text.</summary>
    private static Dictionary<string, string> Values(DialogueState state, Turn turn)
    {
        var values = new Dictionary<string, string>(state.Known, StringComparer.Ordinal);
        var customer = turn.Customer;
        foreach (var (name, value) in new (string, string?)[]
        {
            ("customer_name", customer.Name), ("customer_email", customer.Email), ("page_title", customer.Page?.Title), ("page_url", customer.Page?.Url),
            ("question", state.Question), ("site", customer.Site),
        })
        {
            if (!string.IsNullOrEmpty(value))
            {
                values.TryAdd(name, value);
            }
        }

        return values;
    }

    private static Lookup? DueLookup(Workflow workflow, DialogueState state, Turn turn)
    {
        var due = workflow.Lookups.Where(l => !state.LookedUp.Contains(l.Name)).ToArray();
        if (due.Length == 0)
        {
            return null;
        }

        var values = Values(state, turn);
        return due.FirstOrDefault(l => l.Needs.All(values.ContainsKey));
    }

    private (DialogueState State, IReadOnlyList<string> Known) Fill(Turn turn, Workflow workflow, DialogueState state)
    {
        var input = replies.InputOf(turn);
        var known = new List<string>();
        foreach (var slot in workflow.Slots)
        {
            if (KnownValues.InMessage(slot, input) is { } said)
            {
                state = With(state, slot, said);
            }
            else if (KnownValues.Elsewhere(slot, input, turn with { State = state }) is { } value)
            {
                state = With(state, slot, value);
                known.Add(UntrustedText.Plain(value) == value ? $"your {slot.Title} ({value})" : $"your {slot.Title}");
            }
        }

        return (state, known);
    }

    /// <summary>A value that the company's system does not know counts as one that was not understood.</summary>
    private Decision Refuse(Turn turn, Workflow workflow, Slot slot, string why)
    {
        if (turn.State.Repeats >= SlotFilling.MostRepeats)
        {
            return GiveUp(turn, workflow, slot);
        }

        // What is not known over there is not offered again elsewhere.
        var state = turn.State with
        {
            Fields = turn.State.Fields.Where(f => f.Key != slot.Name).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal),
            Memory = turn.State.Memory with
            {
                Values = turn.State.Memory.Values.Where(v => v.Key != KnownValues.KeyOf(slot)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
            },
        };
        return AskAgain(turn with { State = state }, slot, ReasonCode.NothingFound, $"Nothing is known under the '{slot.Name}' given.", why);
    }

    private Decision FallBack(Turn turn, Workflow workflow, DialogueState state, StepFallback fallback, ReasonCode reason, string explanation, string opening) => fallback.Kind switch
    {
        FallbackKind.Ticket => Next(turn, workflow, state with { TicketWanted = true }, reason, nameof(FallBack), explanation, $"{opening} "),
        FallbackKind.Say => end.Say(turn, state, fallback.Text, reason, nameof(FallBack), explanation),
        _ => replies.Escalate(turn, reason, nameof(FallBack), explanation, opening, state.Intent),
    };

    private static string Asking(Workflow workflow, DialogueState state, Slot slot, ReasonCode reason) => reason switch
    {
        ReasonCode.SlotFilled => $"Thanks. {slot.Prompt}",
        ReasonCode.SlotCorrected => Wording.Correction(slot.Prompt),
        ReasonCode.WentOn => Wording.Resumed(slot.Prompt),
        ReasonCode.LookUpFailed or ReasonCode.SlotGivenUp => slot.Prompt,
        _ => workflow.LooksUp && workflow.Say.Count > 0 && !state.TicketWanted ? Wording.ToLookUp(slot.Prompt) : Wording.ForTicket(slot.Prompt),
    };
}
