using System.Text.RegularExpressions;

namespace SupportBot.Workflows;

/// <summary>What kind of value a slot takes.</summary>
public enum SlotType
{
    /// <summary>Words; with a pattern, what fits it.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A day.</summary>
    Date,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A file.</summary>
    Attachment,
}

/// <summary>One thing to ask the customer for.</summary>
/// <param name="Name">Name of the ticket's field.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Pattern">What a text must contain; null for any.</param>
/// <param name="Optional">Whether the customer may do without.</param>
public sealed record Slot(string Name, string Prompt, Regex? Pattern, bool Optional)
{
    /// <summary>The kind of value.</summary>
    public SlotType Type { get; init; }

    /// <summary>What a choice is among, in order.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether a date must not lie in the future.</summary>
    public bool Past { get; init; }

    /// <summary>Why a value was refused, in the company's words; null takes the bot's.</summary>
    public string? Invalid { get; init; }

    /// <summary>What happens when it has been asked for often enough.</summary>
    public StepFallback Fallback { get; init; } = StepFallback.ToHuman;

    /// <summary>Any words are a value.</summary>
    public bool TakesAnyWords => Type == SlotType.Text && Pattern is null;

    /// <summary>Its name for people.</summary>
    public string Title => Name.Replace('_', ' ');
}

/// <summary>What is done when a step does not come to its end.</summary>
public enum FallbackKind
{
    /// <summary>A human is brought in.</summary>
    Human,

    /// <summary>The rest is collected, and a ticket is opened.</summary>
    Ticket,

    /// <summary>Something is said, and that is all.</summary>
    Say,
}

/// <summary>What is done when a step does not come to its end.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">What is said; empty unless that is all that is done.</param>
public sealed record StepFallback(FallbackKind Kind, string Text)
{
    /// <summary>A human comes.</summary>
    public static StepFallback ToHuman { get; } = new(FallbackKind.Human, "");
}
