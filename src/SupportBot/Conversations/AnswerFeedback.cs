namespace SupportBot.Conversations;

/// <summary>How a customer said what an answer was worth.</summary>
public enum FeedbackBy
{
    Thumb,

    /// <summary>By what they did next: that it was solved, or to ask for a person or a ticket.</summary>
    NextStep,
}

/// <summary>What the customer thinks of one answer. A second thumb replaces the first.</summary>
public sealed class AnswerFeedback
{
    public required string ConversationId { get; init; }

    /// <summary>The bot's message that is judged.</summary>
    public required long AnswerSequence { get; init; }

    public FeedbackBy Said { get; init; }

    public required bool Liked { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>The intent that the conversation had then.</summary>
    public string? Intent { get; set; }

    /// <summary>True until it has become a label to learn from, or was found to be none.</summary>
    public bool Unlabelled { get; set; } = true;
}
