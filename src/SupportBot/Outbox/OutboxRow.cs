namespace SupportBot.Outbox;

/// <summary>
/// An effect outside our database that was decided on and has to happen exactly once. Rows of one kind and one conversation are delivered in
/// their order: a later one waits until the earlier one is delivered or given up.
/// </summary>
public sealed class OutboxRow
{
    public long Id { get; init; }

    /// <summary>Which <see cref="IOutboxEffect"/> delivers it.</summary>
    public required string Kind { get; init; }

    /// <summary>The idempotency key.</summary>
    public required string Key { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>Where it goes, when several rows go to the same place: they wait together while that is out of reach. Null otherwise.</summary>
    public string? Target { get; init; }

    /// <summary>What the effect needs, as its kind writes it.</summary>
    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this moment; also the lease: whoever takes the row moves it into the future first.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>True until it is delivered or given up.</summary>
    public bool Open { get; set; } = true;

    public int Attempts { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Why the last attempt failed; of a row that is neither open nor done, why it was given up.</summary>
    public string? LastError { get; set; }
}
