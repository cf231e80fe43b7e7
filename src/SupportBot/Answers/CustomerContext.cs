namespace SupportBot.Answers;

/// <summary>
/// What is known of a customer without asking. All of it is text from outside: it fills in what would be asked for, and decides nothing but which
/// variant of a workflow counts.
/// </summary>
public sealed record CustomerContext
{
    /// <summary>A customer of whom nothing is known.</summary>
    public static CustomerContext Unknown { get; } = new();

    /// <summary>The site's id.</summary>
    public string? Site { get; init; }

    /// <summary>The language (BCP 47).</summary>
    public string? Locale { get; init; }

    /// <summary>How the customer is called; null for a visitor without a name.</summary>
    public string? Name { get; init; }

    /// <summary>What the site's server said of the customer when it asked for a token, such as <c>email</c> and <c>group</c>.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>What the page on which the customer writes says; null when it has not said anything.</summary>
    public PageHints? Page { get; init; }

    /// <summary>Names of the files that came with the message.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The group that the customer belongs to.</summary>
    public string? Group => Facts.GetValueOrDefault("group");

    /// <summary>The e-mail address, when the site vouches for one or the customer gave it before.</summary>
    public string? Email { get; init; }
}
