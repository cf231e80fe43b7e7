namespace SupportBot.Tickets;

/// <summary>An effect outside our database that was decided on and has to happen exactly once.</summary>
public sealed class OutboxRow
{
    public long Id { get; init; }

    /// <summary>The idempotency key.</summary>
    public required string Key { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The JSON of a <see cref="TicketDraft"/>.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this moment; also the lease: whoever takes the row moves it into the future first.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    public string? LastError { get; set; }
}
