namespace SupportBot.Learning;

/// <summary>What a label is about.</summary>
public enum LabelKind
{
    /// <summary>What a customer's message means.</summary>
    Intent,

    /// <summary>Whether an article answered a question.</summary>
    Answer,
}

/// <summary>Who says so, by how much it counts: an agent's word stands against a customer's.</summary>
public enum LabelSource
{
    /// <summary>What a customer did after an answer.</summary>
    Outcome,

    /// <summary>A customer's thumb.</summary>
    Thumb,

    /// <summary>An agent in the console.</summary>
    Agent,
}

/// <summary>
/// A message that somebody labelled, to learn from. It never changes: a later label of the same message makes another row and this one is
/// replaced, so that a version that learnt from it can be learnt again. It goes with its conversation.
/// </summary>
public sealed class LabelledExample
{
    /// <summary>Longest text that is learnt from, characters.</summary>
    public const int LongestText = 1000;

    public long Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The labelled message: the customer's own for an intent, the bot's answer for an answer.</summary>
    public required long Sequence { get; init; }

    public required LabelKind Kind { get; init; }

    public required LabelSource Source { get; init; }

    /// <summary>The customer's words without personal data.</summary>
    public required string Text { get; init; }

    /// <summary>The intent, by name; null when the message means none of the company's. Of an answer always null.</summary>
    public string? Intent { get; init; }

    /// <summary>The article that is judged, by slug; of an intent always null.</summary>
    public string? Article { get; init; }

    /// <summary>Whether the article answered; of an intent always null.</summary>
    public bool? Right { get; init; }

    /// <summary>The agent who said so; null for a customer.</summary>
    public string? By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>False as soon as a later label of the same message stands in its place.</summary>
    public bool Current { get; set; } = true;

    /// <summary>Whether a manager wants it not to be learnt from.</summary>
    public bool LeftOut { get; set; }
}
