namespace SupportBot.Inquiries.Languages;

/// <summary>The language that a text seems to be written in.</summary>
/// <param name="Tag">BCP 47 tag such as <c>de</c>; <c>und</c> when it cannot be told.</param>
/// <param name="Confidence">0 to 1; 0 for <c>und</c>.</param>
public sealed record LanguageGuess(string Tag, double Confidence)
{
    /// <summary>Too short, or nothing but names and numbers.</summary>
    public static readonly LanguageGuess Unknown = new("und", 0);

    /// <summary>Whether a language could be told.</summary>
    public bool IsKnown => Tag != Unknown.Tag;
}
