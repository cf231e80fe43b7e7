namespace SupportBot.Conversations;

/// <summary>A step of a process that a customer went through. Holds no words, so it stays when the conversation is deleted.</summary>
public sealed class WorkflowStep
{
    public long Id { get; init; }

    public required string ConversationId { get; init; }

    public required string Intent { get; init; }

    /// <summary>The process within the conversation, from 1.</summary>
    public required int Run { get; init; }

    /// <summary>A slot or a look-up by name, or how the process ended.</summary>
    public required string Step { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Null while the customer is at it, or for good when they fell silent.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary><c>Done</c>, <c>AskedAgain</c>, <c>GivenUp</c>, <c>Cancelled</c>, <c>SubjectChanged</c> or <c>Failed</c>; null while it is open.</summary>
    public string? Outcome { get; set; }
}
