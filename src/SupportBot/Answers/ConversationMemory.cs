namespace SupportBot.Answers;

/// <summary>What stays known in a conversation from one topic to the next.</summary>
public sealed record ConversationMemory
{
    /// <summary>Nothing yet.</summary>
    public static ConversationMemory Empty { get; } = new();

    /// <summary>The most files whose names are kept.</summary>
    public const int MostFiles = 10;

    /// <summary>Values that were collected, by type and name of their slot.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of the files that the customer sent and that no slot has taken.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What the page said last of itself and of its customer; it says so once.</summary>
    public PageHints? Page { get; init; }

    /// <summary>Whether the customer has been asked if all is well.</summary>
    public bool FollowedUp { get; init; }

    /// <summary>How many processes have begun.</summary>
    public int Runs { get; init; }

    /// <summary>The process that another subject interrupted, with a question of it left open; null when there is none.</summary>
    public DialogueState? Interrupted { get; init; }

    /// <summary>Whether the last message offered to go on with it.</summary>
    public bool OfferedToGoOn { get; init; }
}

/// <summary>What a page says of itself and of its customer. Nobody has verified it.</summary>
public sealed record PageHints(string? Url, string? Title, string? CustomerName, string? CustomerEmail);
