namespace SupportBot.Knowledge;

/// <summary>Cuts a paragraph's plain text into sentences, without stumbling over prices, "e.g.", "No." and web addresses.</summary>
internal static class SentenceSplitter
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "e.g", "i.e", "etc", "approx", "incl", "excl", "vs", "no", "nos", "st", "mr", "mrs", "ms", "dr", "ltd", "inc", "co", "max", "min", "tel",
    };

    /// <summary>The sentences in order, trimmed.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('.' or '!' or '?'))
            {
                continue;
            }

            var end = i + 1;
            while (end < text.Length && text[end] is '.' or '!' or '?' or '"' or '\'' or ')' or '\u201d' or '\u2019')
            {
                end++;
            }

            if (end < text.Length && !(text[end] == ' ' && StartsSentence(text, end + 1) && !(text[i] == '.' && IsAbbreviation(text, start, i))))
            {
                i = end - 1;
                continue;
            }

            yield return text[start..end].Trim();
            start = end;
            i = end - 1;
        }

        if (start < text.Length && text[start..].Trim() is { Length: > 0 } rest)
        {
            yield return rest;
        }
    }

    private static bool StartsSentence(string text, int at) =>
        at < text.Length && (char.IsUpper(text[at]) || char.IsDigit(text[at]) || text[at] is '"' or '\'' or '(' or '\u201c' or '\u2018' or '['
            || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.OtherLetter);

    private static bool IsAbbreviation(string text, int start, int dot)
    {
        var word = text.LastIndexOf(' ', dot, dot - start + 1) + 1;
        return Abbreviations.Contains(text[Math.Max(word, start)..dot].TrimStart('('));
    }
}
