using System.Globalization;
using NodaTime.Text;
using SupportBot.Inquiries;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>How a process ends: with what was looked up in the company's words, a ticket, or a human.</summary>
internal sealed class ProcessEnd(Replies replies)
{
    private const int LongestInSummary = 300;

    private static readonly LocalDatePattern DayPattern = LocalDatePattern.Iso;

    private static readonly OffsetDateTimePattern MomentPattern = OffsetDateTimePattern.Rfc3339;

    /// <summary>A company's text with values in it, none of which can format or link anything.</summary>
    public static string Filled(Template template, IReadOnlyDictionary<string, string> values) =>
        template.Fill(name => values.TryGetValue(name, out var value) ? UntrustedText.Plain(ForPeople(value)) : "");

    /// <summary>The end of a process of which everything is known.</summary>
    public Decision Of(
        Turn turn, Workflow workflow, DialogueState state, IReadOnlyDictionary<string, string> values, ReasonCode reason, string rule, string explanation)
    {
        var said = state.TicketWanted ? null : workflow.Say.FirstOrDefault(s => s.Fits(values));
        if (said is null && workflow.Say.Count > 0 && !state.TicketWanted)
        {
            (reason, explanation) = (ReasonCode.LookUpFailed, "What was looked up is not enough for any of the sentences.");
        }

        if (said is not null && workflow.Answer == AnswerMode.Draft)
        {
            return Drafted(turn, state, Filled(said.Text, values), rule);
        }

        if (said is not null && workflow.Ticket?.When != TicketWhen.Always)
        {
            return Say(turn, state, Filled(said.Text, values), ReasonCode.LookedUp, rule, explanation);
        }

        var text = said is null ? "" : $"{Filled(said.Text, values)}\n\n";
        var wantsTicket = state.TicketWanted || workflow.Otherwise == Otherwise.Ticket || workflow.Ticket?.When == TicketWhen.Always;
        return wantsTicket ? Ticket(turn, workflow, state, values, text, reason, rule, explanation) : Human(turn, workflow, state, text, reason, rule, explanation);
    }

    /// <summary>Says something, after which the customer may be done.</summary>
    public Decision Say(Turn turn, DialogueState state, string text, ReasonCode reason, string rule, string explanation)
    {
        var next = state with { AskedSlot = null, Repeats = 0, Step = null, StepSince = null, Opening = null, Told = true, Unanswered = 0 };
        return new Decision.Tell(reason, replies.Evidence(turn, reason, rule, explanation), state.Intent, next, text) { Steps = [Last(turn, state, ProcessSteps.Say)] };
    }

    private Decision Drafted(Turn turn, DialogueState state, string text, string rule) =>
        replies.Draft(turn with { State = state }, state.Intent, new Draft(text, []), rule) with { Steps = [Last(turn, state, ProcessSteps.Human)] };

    private Decision Ticket(
        Turn turn, Workflow workflow, DialogueState state, IReadOnlyDictionary<string, string> values, string said, ReasonCode reason, string rule, string explanation)
    {
        var step = workflow.Ticket;
        return new Decision.OpenTicket(
            reason, replies.Evidence(turn, reason, rule, explanation), state.Intent, Done(state), $"{said}{replies.Wording.TicketOpened(turn.Now)}",
            step?.Queue ?? workflow.Queue, step?.Priority ?? workflow.Priority, replies.Subject(turn with { State = state }, state.Intent), state.Known)
        {
            Summary = Summary(state),
            Tags = step?.Tags ?? [],
            CustomFields = step?.Fields.Where(f => f.Value.Names.All(values.ContainsKey))
                .ToDictionary(f => f.Key, f => f.Value.Fill(name => UntrustedText.Clean(values[name], SlotFilling.LongestValue)), StringComparer.Ordinal) ?? [],
            Assignee = step?.Assignee,
            Steps = [Last(turn, state, ProcessSteps.Ticket)],
        };
    }

    private Decision Human(Turn turn, Workflow workflow, DialogueState state, string said, ReasonCode reason, string rule, string explanation) => new Decision.Escalate(
        reason, replies.Evidence(turn, reason, rule, explanation), state.Intent, Done(state), replies.Wording.HumanComes($"{said}Thanks, this needs a person.", turn.Now),
        workflow.Queue, workflow.Priority, replies.Subject(turn with { State = state }, state.Intent), state.Known)
    {
        Steps = [Last(turn, state, ProcessSteps.Human)],
    };

    /// <summary>What the customer asked, what they gave, and what was found, in a sentence each.</summary>
    private string Summary(DialogueState state)
    {
        var sentences = new List<string> { $"{replies.TitleOf(state.Intent)}: \"{Line(state.Question ?? "")}\"." };
        AddList(sentences, "The customer gave", state.Fields);
        AddList(sentences, "Looked up", state.Found);
        return string.Join(' ', sentences);
    }

    private static void AddList(List<string> sentences, string opening, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count > 0)
        {
            sentences.Add($"{opening} {string.Join(", ", values.Select(v => $"{v.Key.Replace('_', ' ')} {Line(v.Value)}"))}.");
        }
    }

    private static string Line(string text) => UntrustedText.Clean(text, LongestInSummary).TrimEnd('.', '!', '?');

    private static DialogueState Done(DialogueState state) => DialogueState.Start with { Unanswered = state.Unanswered + 1, Memory = state.Memory };

    private static StepTaken Last(Turn turn, DialogueState state, string step) => new(state.Run, state.Intent ?? "", step, turn.Now, turn.Now, StepOutcome.Done);

    /// <summary>Days and moments as systems write them are read out as days.</summary>
    private static string ForPeople(string value) =>
        DayPattern.Parse(value) is { Success: true } day ? DateReading.Say(day.Value)
        : MomentPattern.Parse(value) is { Success: true } moment ? string.Create(CultureInfo.InvariantCulture, $"{DateReading.Say(moment.Value.Date)} {moment.Value.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture)}")
        : value;
}
