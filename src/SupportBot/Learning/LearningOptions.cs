using System.ComponentModel.DataAnnotations;

namespace SupportBot.Learning;

/// <summary>Section <c>Learning</c>.</summary>
public sealed record LearningOptions
{
    /// <summary>Whether the bot learns by itself when enough labels have come; otherwise only when a manager asks.</summary>
    public bool Automatic { get; set; } = true;

    /// <summary>How many new labels are enough.</summary>
    [Range(1, 100_000)]
    public int NewLabels { get; set; } = 20;
}
