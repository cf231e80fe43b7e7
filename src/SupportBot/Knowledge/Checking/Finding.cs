namespace SupportBot.Knowledge.Checking;

/// <summary>What a <see cref="Finding"/> is about.</summary>
public enum FindingKind
{
    /// <summary>A link that leads nowhere.</summary>
    BrokenLink,

    /// <summary>Two articles or passages that say nearly the same in nearly the same words.</summary>
    Duplicate,

    /// <summary>Two articles that give different numbers for what looks like the same thing.</summary>
    Contradiction,

    /// <summary>Something that was right once: an article that nobody has looked at for a year, or a date that has passed.</summary>
    Stale,
}

/// <summary>Something about the articles that a person should look at. It may be right as it is: nothing is refused for it.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Article">Slug of the article.</param>
/// <param name="Other">Slug of the other article, where there are two.</param>
/// <param name="Message">What was found, for people.</param>
public sealed record Finding(FindingKind Kind, string Article, string? Other, string Message);
