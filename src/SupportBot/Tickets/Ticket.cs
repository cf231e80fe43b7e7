namespace SupportBot.Tickets;

/// <summary>Our record of a ticket, with its reference in the ticket system.</summary>
public sealed class Ticket
{
    public required Guid Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The idempotency key, also kept in the ticket system: one ticket per key.</summary>
    public required string Key { get; init; }

    /// <summary>The ticket system's number as people say it; null until it has been created there.</summary>
    public string? Number { get; set; }

    public string? Url { get; set; }

    public required string Subject { get; init; }

    public string Status { get; set; } = "opening";

    public required string Queue { get; init; }

    public required string Priority { get; init; }

    public string? Intent { get; init; }

    /// <summary>What was collected: a JSON object of strings.</summary>
    public required string Fields { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a ticket system needs to create a ticket.</summary>
public sealed record TicketDraft(
    string Key,
    string ConversationId,
    string Subject,
    string Queue,
    string Priority,
    string? Intent,
    string Requester,
    IReadOnlyDictionary<string, string> Fields,
    string Transcript);

/// <summary>A ticket's reference in its system.</summary>
public sealed record TicketReference(string Number, string Status, string? Url);

/// <summary>A ticketing system. Calls are repeated after a crash or a lost answer, always after a look-up by key.</summary>
public interface ITicketSystem
{
    /// <summary>The ticket that was created with this key, or null.</summary>
    Task<TicketReference?> FindByKeyAsync(string key, CancellationToken ct);

    /// <summary>Creates the ticket and keeps the key with it. Throws when the system is out of reach: the call is repeated later.</summary>
    Task<TicketReference> CreateAsync(TicketDraft draft, CancellationToken ct);
}
