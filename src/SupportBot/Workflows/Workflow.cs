using System.Text.RegularExpressions;

namespace SupportBot.Workflows;

/// <summary>Whether the bot may answer an intent from the articles.</summary>
public enum AnswerMode
{
    /// <summary>When it is sure.</summary>
    Automatic,

    /// <summary>Never: somebody must act on the customer's case.</summary>
    Never,
}

/// <summary>What happens when the bot does not answer by itself.</summary>
public enum Otherwise
{
    /// <summary>A human is brought in.</summary>
    Human,

    /// <summary>A ticket is opened.</summary>
    Ticket,
}

/// <summary>How pressing a conversation or ticket is.</summary>
public enum Priority
{
    /// <summary>Can wait.</summary>
    Low,

    /// <summary>As usual.</summary>
    Normal,

    /// <summary>Before the usual.</summary>
    High,

    /// <summary>Before everything else.</summary>
    Urgent,
}

/// <summary>What is done for an intent.</summary>
/// <param name="Intent">The intent's name.</param>
/// <param name="Answer">Whether the bot may answer from the articles.</param>
/// <param name="Otherwise">What happens when it does not.</param>
/// <param name="Queue">The queue for the human or the ticket.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Slots">What is asked before a ticket is opened, in order.</param>
/// <param name="Reply">What is said for small talk instead of searching the articles; null otherwise.</param>
public sealed record Workflow(
    string Intent, AnswerMode Answer, Otherwise Otherwise, string Queue, Priority Priority, IReadOnlyList<Slot> Slots, string? Reply);

/// <summary>One thing to ask the customer for.</summary>
/// <param name="Name">Name of the ticket's field.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Pattern">What the value must contain; null for free text.</param>
/// <param name="Optional">Whether the customer may do without.</param>
public sealed record Slot(string Name, string Prompt, Regex? Pattern, bool Optional);
