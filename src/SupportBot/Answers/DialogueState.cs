using System.Text.Json.Serialization;

namespace SupportBot.Answers;

/// <summary>
/// What the bot must remember between two messages of a conversation; immutable, serialisable as JSON. Nothing in it matters to a human
/// who takes over: losing it costs the customer a repeated question, never a message.
/// </summary>
public sealed record DialogueState
{
    /// <summary>The state of a new conversation.</summary>
    public static DialogueState Start { get; } = new();

    /// <summary>The intent being handled; null between topics.</summary>
    public string? Intent { get; init; }

    /// <summary>The question that is being handled over several messages, without personal data.</summary>
    public string? Question { get; init; }

    /// <summary>Values collected, by slot name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The slot that was asked for; null when none is.</summary>
    public string? AskedSlot { get; init; }

    /// <summary>How often it has been asked again.</summary>
    public int Repeats { get; init; }

    /// <summary>Slots that the customer does without.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>Whether the customer asked for a ticket, so that one is opened whatever the workflow prefers.</summary>
    public bool TicketWanted { get; init; }

    /// <summary>The readings offered last; empty when the last message did not ask back.</summary>
    public IReadOnlyList<ReplyOption> Offered { get; init; } = [];

    /// <summary>The article that the last message quoted; null when it quoted none.</summary>
    public string? LastArticle { get; init; }

    /// <summary>Questions in a row that were not answered.</summary>
    public int Unanswered { get; init; }

    /// <summary>Which process of the conversation this is, from 1; 0 outside of any.</summary>
    public int Run { get; init; }

    /// <summary>The step that the process is at: a slot or a look-up by name; null outside of any.</summary>
    public string? Step { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? StepSince { get; init; }

    /// <summary>What was looked up, by variable. Untrusted text.</summary>
    public IReadOnlyDictionary<string, string> Found { get; init; } = new Dictionary<string, string>();

    /// <summary>Everything that was collected and looked up.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Known =>
        Found.Count == 0 ? Fields : Found.Concat(Fields).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    /// <summary>Look-ups that are done, or that failed and are not tried again.</summary>
    public IReadOnlyList<string> LookedUp { get; init; } = [];

    /// <summary>What is still to be said before the next words, while something is looked up; null when nothing is.</summary>
    public string? Opening { get; init; }

    /// <summary>Whether the last message said what was looked up.</summary>
    public bool Told { get; init; }

    /// <summary>Whether the last message asked if all is well.</summary>
    public bool AskedIfSolved { get; init; }

    /// <summary>What stays known when the topic changes. Empty means: as it was.</summary>
    public ConversationMemory Memory { get; init; } = ConversationMemory.Empty;
}

/// <summary>A button below a message.</summary>
/// <param name="Title">What it says.</param>
/// <param name="Value">What is sent as the customer's message when it is clicked.</param>
/// <param name="Intent">The intent that it stands for, by name.</param>
/// <param name="Article">The article that it stands for, by slug.</param>
public sealed record ReplyOption(string Title, string Value, string? Intent = null, string? Article = null);
