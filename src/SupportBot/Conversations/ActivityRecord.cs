namespace SupportBot.Conversations;

/// <summary>Who wrote an activity, as the console and the reports tell them apart.</summary>
public enum Author
{
    Customer,
    Bot,
    Agent,
    System,
}

public static class Authors
{
    /// <summary>The protocol knows two sides only.</summary>
    public static string Role(this Author author) => author is Author.Customer ? "user" : "bot";

    public static string Name(this Author author) => author.ToString().ToLowerInvariant();
}

/// <summary>One stored activity: the log is append-only, only <see cref="Pending"/> ever changes.</summary>
public sealed class ActivityRecord
{
    public required string ConversationId { get; init; }

    public required long Sequence { get; init; }

    public required string ActivityId { get; init; }

    public required string Type { get; init; }

    public required Author Author { get; init; }

    /// <summary>The client's own id of what it sent: a second one of the same conversation is the same activity.</summary>
    public string? ClientId { get; init; }

    /// <summary>The stamped wire form, sent to clients as it is.</summary>
    public required string Json { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>True until the turn that handles it has committed.</summary>
    public bool Pending { get; set; }

    /// <summary>Whether people read it in a transcript: what was said, changed, taken back or judged, and not what programs tell each other.</summary>
    public bool Shown { get; init; }

    /// <summary>Why the bot said this: the JSON of <c>Evidence</c>.</summary>
    public string? Evidence { get; init; }
}
