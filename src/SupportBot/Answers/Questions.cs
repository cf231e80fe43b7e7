using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>How many questions a message asks, and whether it goes on with the last one. Pure; reads only the words.</summary>
internal static partial class Questions
{
    private const int MostParts = 3;
    private const int FewestWords = 3;
    private const int LongestFollowUp = 6;

    private static readonly HashSet<string> FollowUpOpenings = new(StringComparer.Ordinal)
    {
        "and", "or", "but", "then", "also", "und", "oder", "et", "ou", "y", "o", "e", "en", "of",
    };

    private static readonly string[] FollowUpPhrases = ["what about", "how about", "same for", "what if", "was ist mit", "et pour", "y para", "en hoe zit"];

    private static readonly HashSet<string> QuestionWords = new(StringComparer.Ordinal)
    {
        "what", "whats", "how", "hows", "when", "where", "wheres", "who", "why", "which", "can", "could", "do", "does", "did", "is", "are", "will", "would", "should", "may", "have", "has",
    };

    /// <summary>
    /// The questions of a message in their order: one for a message that asks once, however long its story. What leads up to a question
    /// belongs to it.
    /// </summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var start = 0;
        foreach (Match end in Ends().Matches(text))
        {
            parts.Add(text[start..end.Groups["question"].Index].Trim().TrimStart(',', ';').Trim() + "?");
            start = end.Index + end.Length;
        }

        var rest = text[start..].Trim();
        if (parts.Count == 0 || IsQuestion(rest))
        {
            parts.Add(rest);
        }

        var asked = parts.Where(p => Tokenizer.Words(p).Count >= FewestWords).ToList();
        return asked.Count is 0 or > MostParts ? [text] : asked.Count == 1 ? [text] : asked;
    }

    /// <summary>Whether a short message only makes sense after the question before it: "and for Norway?".</summary>
    public static bool GoesOn(string text)
    {
        var words = Tokenizer.Words(text);
        if (words.Count is 0 or > LongestFollowUp)
        {
            return false;
        }

        var line = string.Join(' ', words);
        return FollowUpPhrases.Any(phrase => line.StartsWith(phrase, StringComparison.Ordinal))
            || (FollowUpOpenings.Contains(words[0]) && (words.Count == 1 || !QuestionWords.Contains(words[1])))
            || (words.Count <= 3 && text.TrimEnd().EndsWith('?') && !words.Exists(QuestionWords.Contains));
    }

    private static bool IsQuestion(string text) => Tokenizer.Words(text) is [var first, ..] && QuestionWords.Contains(first);

    /// <summary>A question mark, or an "and" before another question word.</summary>
    [GeneratedRegex(
        @"(?<question>\?)\?*\s*(?:and\s+|also\s+)?|(?<question>[,.;]?\s+and)\s+(?=(?:what|how|when|where|who|why|which|can|could|do|does|is|are|will|would|should)\s+\w+\s+\w+)",
        RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 500)]
    private static partial Regex Ends();
}
