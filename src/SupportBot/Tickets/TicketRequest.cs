namespace SupportBot.Tickets;

/// <summary>A ticket that was decided on. What customers wrote is plain text in it, without payment data.</summary>
public sealed record TicketRequest
{
    /// <summary>Names the reason for it, such as the customer's activity id: the same key never makes a second ticket.</summary>
    public required string Key { get; init; }

    /// <summary>One line.</summary>
    public required string Subject { get; init; }

    /// <summary>The company's queue, by name.</summary>
    public required string Queue { get; init; }

    /// <summary><c>low</c>, <c>normal</c>, <c>high</c> or <c>urgent</c>.</summary>
    public required string Priority { get; init; }

    public string? Intent { get; init; }

    /// <summary>How sure the bot was of the intent, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The case in a few sentences; empty when there is no more to say than the subject.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What was collected, by slot name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values for the ticketing system's custom fields, by their names there.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = new Dictionary<string, string>();

    /// <summary>Who is to have it, as people in the ticketing system are named; null for whoever takes it.</summary>
    public string? Assignee { get; init; }
}
