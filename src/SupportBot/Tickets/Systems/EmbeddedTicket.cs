namespace SupportBot.Tickets.Systems;

/// <summary>A ticket in our own store.</summary>
public sealed class EmbeddedTicket
{
    public long Number { get; init; }

    public required string Key { get; init; }

    public required string Subject { get; set; }

    public TicketPhase Phase { get; set; }

    public required string Queue { get; set; }

    public required string Priority { get; set; }

    /// <summary>The agent's name; null when nobody has it.</summary>
    public string? Assignee { get; set; }

    public required string Requester { get; init; }

    public string? RequesterEmail { get; init; }

    public required string Body { get; init; }

    /// <summary>A JSON array of strings.</summary>
    public string Tags { get; init; } = "[]";

    /// <summary>A JSON object of strings.</summary>
    public string Fields { get; init; } = "{}";

    /// <summary>The conversation that it came from, which holds its files.</summary>
    public required string ConversationId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Grows with every change: the lock against two agents who change it at once.</summary>
    public long Version { get; set; }
}

/// <summary>A reply or a note in our own store.</summary>
public sealed class EmbeddedTicketMessage
{
    public long Id { get; init; }

    public required long TicketNumber { get; init; }

    /// <summary>See <see cref="MessageDraft.Reference"/>; null for what was written in the store.</summary>
    public string? Reference { get; init; }

    public required bool Public { get; init; }

    public required bool FromAgent { get; init; }

    public required string AuthorName { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}
