using NodaTime.Extensions;
using SupportBot.Inquiries;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>Builds what several rules share: evidence, subjects, and the handing over to a human.</summary>
internal sealed class Replies(CompanyReading company, Wording wording, double threshold)
{
    private const int LongestSubject = 120;
    private const int LongestQuestion = 1_000;
    private const int LongestExcerpt = 240;
    private const int MostPassages = 3;
    private const int MostAlternatives = 3;

    private readonly Dictionary<string, Intent> _intents = company.Intents.ToDictionary(i => i.Name, StringComparer.Ordinal);

    // For what belongs to no intent. A ticket needs at least a sentence on what it is about.
    private readonly Workflow _forAnythingElse = new(
        "", AnswerMode.Automatic, Otherwise.Human, company.Facts.DefaultQueue, Priority.Normal,
        [new Slot("description", "What is it about? A sentence or two is enough.", null, Optional: false)], null);

    public Wording Wording => wording;

    /// <summary>The workflow of an intent for the customer of a turn; that for anything else when there is none.</summary>
    public Workflow WorkflowOf(Turn turn, string? intent) =>
        intent is not null && company.Workflows.TryGetValue(intent, out var workflow)
            ? workflow.For(turn.Customer.Site, turn.Customer.Locale ?? company.Facts.Locale, turn.Customer.Group)
            : _forAnythingElse;

    /// <summary>An intent's title for people.</summary>
    public string TitleOf(string? intent) => intent is not null && _intents.TryGetValue(intent, out var known) ? known.Title : "your question";

    /// <summary>What a slot is read from.</summary>
    public SlotInput InputOf(Turn turn) => new(
        turn.Text, turn.Customer.Files, turn.Now.ToInstant().InZone(company.Facts.TimeZone).Date, turn.Customer.Locale ?? company.Facts.Locale);

    /// <summary>The question that a turn is about, without personal data, cut to a sane length.</summary>
    public static string QuestionOf(Turn turn) => Cut(turn.Inquiry.Text, LongestQuestion);

    public Evidence Evidence(Turn turn, ReasonCode reason, string rule, string explanation) => new(
        reason,
        rule,
        explanation,
        turn.Inquiry.Top is { } top ? IntentEvidence.Of(top) : null,
        [.. turn.Inquiry.Predictions.Skip(1).Take(MostAlternatives).Select(IntentEvidence.Of)],
        [
            .. turn.Ranked.Take(MostPassages).Select(r => new PassageEvidence(
                r.Article.Slug, r.Article.Title, r.Passages[0].Passage.Heading, Math.Round(r.Score, 4),
                Cut(r.Passages[0].Passage.Text, LongestExcerpt))),
        ],
        Math.Round(turn.AnswerProbability, 4),
        Math.Round(threshold, 4));

    /// <summary>One line that says what it is about.</summary>
    public string Subject(Turn turn, string? intent)
    {
        var question = turn.State.Question ?? QuestionOf(turn);
        var line = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Cut(intent is not null && _intents.TryGetValue(intent, out var known) ? $"{known.Title}: {line}" : line, LongestSubject);
    }

    /// <summary>Brings in a human.</summary>
    public Decision.Escalate Escalate(
        Turn turn, ReasonCode reason, string rule, string explanation, string opening, string? intent, Priority? priority = null)
    {
        var workflow = WorkflowOf(turn, intent);
        var subject = Subject(KeepsQuestion(reason) ? turn : turn with { State = turn.State with { Question = null } }, intent);
        return new Decision.Escalate(
            reason, Evidence(turn, reason, rule, explanation), intent, DialogueState.Start with { Unanswered = turn.State.Unanswered + 1 },
            wording.HumanComes(opening, turn.Now), workflow.Queue, priority ?? workflow.Priority, subject, turn.State.Known);
    }

    /// <summary>Brings in a human who approves an answer; the customer reads no word of it before.</summary>
    public Decision.Escalate Draft(Turn turn, string? intent, Draft draft, string rule) =>
        Escalate(turn, ReasonCode.Drafted, rule, "There is an answer, and a person approves it before the customer reads it.", "Thanks, a colleague looks at this before I answer.", intent)
            with
        { Draft = draft };

    // "Talk to a person" is no subject: what was asked before is. Otherwise the message itself is the subject.
    private static bool KeepsQuestion(ReasonCode reason) =>
        reason is ReasonCode.AskedForHuman or ReasonCode.NotHelped or ReasonCode.SlotGivenUp or ReasonCode.SlotsComplete or ReasonCode.LookUpFailed or ReasonCode.Drafted;

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text.AsSpan(0, end).TrimEnd()}\u2026";
    }
}
