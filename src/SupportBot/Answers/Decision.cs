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

    /// <summary>What is said below it, with its buttons; null when nothing is.</summary>
    public Afterthought? Afterthought { get; init; }

    /// <summary>Steps of processes that this ends or goes through.</summary>
    public IReadOnlyList<StepTaken> Steps { get; init; } = [];

    /// <summary>The intent's own targets; null takes the company's.</summary>
    public WorkflowClocks? Clocks { get; init; }

    /// <summary>Whether it is asked later if all is well; null when it is not.</summary>
    public FollowUp? FollowUp { get; init; }

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
        : Decision(ReasonCode, Evidence, Intent, Next, Text)
    {
        /// <summary>What can be chosen, as buttons; empty for other questions.</summary>
        public IReadOnlyList<string> Choices { get; init; } = [];
    }

    /// <summary>
    /// Something to look up before it can be decided what to say: whoever runs the turn does, and has it decided again with what came of it and
    /// the state in <c>Next</c>. Nothing is said.
    /// </summary>
    public sealed record LookUp(ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, LookupRequest Request)
        : Decision(ReasonCode, Evidence, Intent, Next, "");

    /// <summary>What was looked up, in the company's words.</summary>
    public sealed record Tell(ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text)
        : Decision(ReasonCode, Evidence, Intent, Next, Text);

    /// <summary>
    /// A ticket to open: queue by name, a subject of one line without payment data, and what was collected, by slot name. The text does
    /// not name the ticket's number, which is not known yet.
    /// </summary>
    public sealed record OpenTicket(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, string Queue, Priority Priority,
        string Subject, IReadOnlyDictionary<string, string> Fields)
        : Decision(ReasonCode, Evidence, Intent, Next, Text)
    {
        /// <summary>The case in a few sentences.</summary>
        public string Summary { get; init; } = "";

        /// <summary>The ticket's tags.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>Values by the names of the ticketing system's fields.</summary>
        public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

        /// <summary>Who gets it; null for whoever takes it.</summary>
        public string? Assignee { get; init; }
    }

    /// <summary>A human to bring in: queue by name, a subject of one line, and what was collected before, by slot name.</summary>
    public sealed record Escalate(
        ReasonCode ReasonCode, Evidence Evidence, string? Intent, DialogueState Next, string Text, string Queue, Priority Priority,
        string Subject, IReadOnlyDictionary<string, string> Fields)
        : Decision(ReasonCode, Evidence, Intent, Next, Text)
    {
        /// <summary>The answer that the bot would have given, for the human to approve; null when there is none.</summary>
        public Draft? Draft { get; init; }
    }
}

/// <summary>What is said below a decision's own words.</summary>
/// <param name="Text">A sentence or two.</param>
/// <param name="Buttons">What can be said with a click.</param>
public sealed record Afterthought(string Text, IReadOnlyList<string> Buttons);

/// <summary>What became of a step.</summary>
public enum StepOutcome
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is asked for again.</summary>
    AskedAgain,

    /// <summary>It was asked for often enough.</summary>
    GivenUp,

    /// <summary>The customer no longer wants it.</summary>
    Cancelled,

    /// <summary>The customer went on to something else.</summary>
    SubjectChanged,

    /// <summary>A system did not answer.</summary>
    Failed,
}

/// <summary>A step of a process that was entered or left. Holds no words.</summary>
/// <param name="Run">The process within the conversation, from 1.</param>
/// <param name="Intent">The process's intent, by name.</param>
/// <param name="Step">A slot or a look-up by name, or one of <see cref="ProcessSteps"/> at the end.</param>
/// <param name="Entered">When it was entered.</param>
/// <param name="Left">When it was left; null while it is open.</param>
/// <param name="Outcome">What became of it; null while it is open.</param>
public sealed record StepTaken(int Run, string Intent, string Step, DateTimeOffset Entered, DateTimeOffset? Left, StepOutcome? Outcome);

/// <summary>An answer that a human has to approve: its text has markers such as <c>[1]</c>, and the citations say what they stand for.</summary>
public sealed record Draft(string Text, IReadOnlyList<Citation> Citations);

/// <summary>A source of an answer.</summary>
/// <param name="Position">The marker's number, from 1.</param>
/// <param name="Slug">The article's slug.</param>
/// <param name="Title">The article's title.</param>
/// <param name="Excerpt">The sentences that were quoted.</param>
public sealed record Citation(int Position, string Slug, string Title, string Excerpt);
