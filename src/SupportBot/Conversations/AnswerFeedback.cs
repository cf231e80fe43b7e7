namespace SupportBot.Conversations;

/// <summary>What the customer thinks of one answer. A second thumb replaces the first.</summary>
public sealed class AnswerFeedback
{
    public required string ConversationId { get; init; }

    /// <summary>The bot's message that is judged.</summary>
    public required long AnswerSequence { get; init; }

    public required bool Liked { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>The intent that the conversation had then.</summary>
    public string? Intent { get; set; }
}
