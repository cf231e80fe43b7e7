using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>Our record of a ticket, with its reference in the ticketing system.</summary>
public sealed class Ticket
{
    public required Guid Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The idempotency key, also kept in the ticketing system: one ticket per key.</summary>
    public required string Key { get; init; }

    /// <summary>Which ticketing system it is in, by its name in the configuration.</summary>
    public required string System { get; init; }

    /// <summary>What that system's calls name it by; null until it has been created there. After a merge, the ticket that it went into.</summary>
    public string? RemoteId { get; set; }

    /// <summary>The number as people say it; null until it has been created.</summary>
    public string? Number { get; set; }

    public string? Url { get; set; }

    public required string Subject { get; init; }

    /// <summary>The system's own word; <c>opening</c> until it is there.</summary>
    public string Status { get; set; } = "opening";

    public TicketPhase Phase { get; set; }

    /// <summary>The company's queue, by name.</summary>
    public required string Queue { get; init; }

    /// <summary>Where it is in the ticketing system.</summary>
    public required string RemoteQueue { get; set; }

    /// <summary>Who has it there.</summary>
    public string? Assignee { get; set; }

    public required string Priority { get; init; }

    public string? Intent { get; init; }

    /// <summary>What was collected: a JSON object of strings.</summary>
    public required string Fields { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the ticketing system dropped or cut, in sentences.</summary>
    public string? Warning { get; set; }

    /// <summary>As of when it is known how it stands; what is older changes it no more.</summary>
    public DateTimeOffset? AsOf { get; set; }

    /// <summary>The last <see cref="WebhookReading.Told.Order"/>.</summary>
    public long Order { get; set; }
}

/// <summary>A message of a ticket that was written in the ticketing system, or a customer's that went there.</summary>
public sealed class TicketMessage
{
    public long Id { get; init; }

    public required Guid TicketId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Its id in the ticketing system; with the ticket's id it is there once.</summary>
    public required string RemoteId { get; init; }

    public required bool Public { get; init; }

    public required bool FromAgent { get; init; }

    public required string AuthorName { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}
