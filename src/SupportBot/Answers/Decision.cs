using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>What the bot does with a customer's message; one of the records nested in it.</summary>
public abstract record Decision
{
    private Decision(ReasonCode reasonCode, Evidence evidence, string? intent, DialogueState next, string text)
    {
        (ReasonCode, Evidence, Intent, Next, Text) = (reasonCode, evidence, intent, next, text);
    }

    /// <summary>Why.</summary>
    public ReasonCode ReasonCode { get; init; }

    /// <summary>What it rests on.</summary>
    public Evidence Evidence { get; init; }

    /// <summary>The intent it was decided for, by name; null when none is likely.</summary>
    public string? Intent { get; init; }

    /// <summary>The state to decide the next message with.</summary>
    public DialogueState Next { get; init; }

    /// <summary>What the bot says: paragraphs and <c>- </c> lists.</summary>
    public string Text { get; init; }

    /// <summary>An answer out of the articles: its text has markers such as <c>[1]</c>, and <c>Citations</c> says what they stand for.</summary>
    public sealed record Answer(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, IReadOnlyList<Citation> Citations)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>A friendly word that needs nothing from anybody.</summary>
    public sealed record SmallTalk(ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>A question which of a few readings is meant; <c>Options</c> are the buttons, the last of them the way to a human.</summary>
    public sealed record AskBack(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, IReadOnlyList<ReplyOption> Options)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>
    /// A question for something that a ticket or a human needs. <c>Slot</c> is its name, <c>Prompt</c> the bare question, and
    /// <c>WhyAgain</c> says why it is asked again, null the first time. All of it is in <c>Text</c>.
    /// </summary>
    public sealed record Collect(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, string Slot, string Prompt, string? WhyAgain)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>
    /// A ticket to open: queue by name, a subject of one line without payment data, and what was collected, by slot name. The text does
    /// not name the ticket's number, which is not known yet.
    /// </summary>
    public sealed record OpenTicket(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, string Queue, Priority Priority,
        string Subject, IReadOnlyDictionary<string, string> Fields)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>A human to bring in: queue by name, a subject of one line, and what was collected before, by slot name.</summary>
    public sealed record Escalate(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, string Queue, Priority Priority,
        string Subject, IReadOnlyDictionary<string, string> Fields)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);
}

/// <summary>A source of an answer.</summary>
/// <param name="Position">The marker's number, from 1.</param>
/// <param name="Slug">The article's slug.</param>
/// <param name="Title">The article's title.</param>
/// <param name="Excerpt">The sentences that were quoted.</param>
public sealed record Citation(int Position, string Slug, string Title, string Excerpt);
