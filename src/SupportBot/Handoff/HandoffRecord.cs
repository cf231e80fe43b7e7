namespace SupportBot.Handoff;

public enum HandoffState
{
    Waiting,
    Accepted,
    Closed,
}

/// <summary>A human's part in a conversation, from the escalation to the end.</summary>
public sealed class HandoffRecord
{
    public required Guid Id { get; init; }

    public required string ConversationId { get; init; }

    public HandoffState State { get; set; }

    public required string ReasonCode { get; init; }

    /// <summary>The JSON of <c>Evidence</c>: what the bot knew when it gave up.</summary>
    public required string Evidence { get; init; }

    public required string Queue { get; init; }

    public required string Priority { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? AgentId { get; set; }

    public string? AgentName { get; set; }

    /// <summary>The answer that waits for an agent's approval: the JSON of <see cref="HandoffDraft"/>; null when there is none.</summary>
    public string? Draft { get; init; }

    /// <summary>Who sent the draft; null before that.</summary>
    public string? DraftSentBy { get; set; }

    public DateTimeOffset? DraftSentAt { get; set; }

    /// <summary>Whether they changed its words.</summary>
    public bool DraftEdited { get; set; }

    /// <summary>An external hub was asked to take it.</summary>
    public bool AtHub { get; set; }

    /// <summary>The customer has been told once, while waiting, that further messages are kept for the agent.</summary>
    public bool Reassured { get; set; }
}
