using System.Text.Json.Serialization;

namespace SupportBot.Tickets.Systems;

/// <summary>What a ticket is created with. Names and texts come from customers: plain text, to be escaped wherever it is shown.</summary>
public sealed record TicketDraft
{
    /// <summary>Names the reason for the ticket; kept with it over there.</summary>
    public required string Key { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>One line, at most 200 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>The queue, as the ticketing system names it.</summary>
    public required string Queue { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>urgent</c>.</summary>
    public required string Priority { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Who is to have it, as people over there are named; null for whoever takes it.</summary>
    public string? Assignee { get; init; }

    public required Requester Requester { get; init; }

    /// <summary>The whole case in plain text: summary, what was collected, citations, transcript and where to read on.</summary>
    public required string Body { get; init; }

    /// <summary>Values for custom fields, by the names that they have over there.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>What goes with it; never stored with the draft.</summary>
    [JsonIgnore]
    public IReadOnlyList<TicketFile> Files { get; init; } = [];
}

/// <summary>Whose ticket it is.</summary>
/// <param name="Name">How they call themselves; never empty.</param>
/// <param name="Email">Null when it is not known.</param>
public sealed record Requester(string Name, string? Email);

/// <summary>A reply or a note.</summary>
/// <param name="Key">Names the reason for it: see <see cref="Reference"/>.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Public">A reply that the customer may read, or a note for agents.</param>
/// <param name="Author">Who said it here.</param>
/// <param name="Files">What goes with it.</param>
public sealed record MessageDraft(string Key, string Text, bool Public, Requester Author, [property: JsonIgnore] IReadOnlyList<TicketFile> Files)
{
    /// <summary>A short mark that can stand in the message where a system has no better place for it, such as <c>SB-7Q2MVXK4TA</c>.</summary>
    public string Reference => TicketReference.Of(Key);
}

/// <summary>A change; null leaves what is.</summary>
public sealed record TicketUpdate(TicketPhase? Phase = null, string? Queue = null, string? Priority = null, string? Assignee = null);

/// <summary>A file of a ticket; it may be opened more than once.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="OpenAsync">Opens it for reading.</param>
public sealed record TicketFile(string Name, string ContentType, long Size, Func<CancellationToken, Task<Stream>> OpenAsync);
