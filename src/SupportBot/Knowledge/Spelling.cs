namespace SupportBot.Knowledge;

/// <summary>The words of all articles, for finding the one that a customer misspelt. Concepts, numbers and short words are not in it.</summary>
internal sealed class Spelling
{
    /// <summary>Shorter words have too few grams to tell a slip from another word.</summary>
    public const int ShortestWord = 4;

    private const float CloseEnough = 0.5f;

    private readonly string[] _words;
    private readonly NgramIndex _grams;

    public Spelling(IEnumerable<string> words)
    {
        _words = [.. words.Distinct(StringComparer.Ordinal)];
        _grams = new NgramIndex([.. _words.Select(WeightedGram.Of)]);
    }

    /// <summary>Whether a word takes part at all.</summary>
    public static bool Holds(string word) => word.Length >= ShortestWord && word.All(char.IsLetter);

    /// <summary>The known word that looks most like one that nobody has used, or null when none is close.</summary>
    public string? Closest(string word)
    {
        if (!Holds(word))
        {
            return null;
        }

        using var cosines = new PhrasingCosines(_grams, WeightedGram.Of(word));
        return cosines.Largest(1) is [var best] && cosines.Closest(best, 1) >= CloseEnough ? _words[best] : null;
    }
}
