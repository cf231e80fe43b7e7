using SupportBot.Company;

namespace SupportBot.Knowledge.Checking;

/// <summary>Articles of one language that are nearly the same, and passages that stand nearly word for word in two articles.</summary>
public static class DuplicateCheck
{
    private const double NearlyTheSame = 0.7;
    private const int FewestWords = 12;
    private const int LongestQuote = 60;

    /// <summary>The duplicates; a pair of articles is told once.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Article> articles)
    {
        var told = new HashSet<(string, string)>();
        foreach (var locale in articles.GroupBy(a => a.Locale, StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (first, second) in Pairs([.. locale.Select(a => (a, string.Join(' ', a.Passages.Select(p => p.Text))))]))
            {
                told.Add((first.Slug, second.Slug));
                yield return new Finding(FindingKind.Duplicate, second.Slug, first.Slug, "the two articles are nearly the same");
            }

            var passages = locale.SelectMany(a => a.Passages).Select(p => (p, p.Text)).ToArray();
            foreach (var (first, second) in Pairs(passages).Where(pair => pair.First.Slug != pair.Second.Slug))
            {
                if (told.Add((first.Slug, second.Slug)))
                {
                    yield return new Finding(FindingKind.Duplicate, second.Slug, first.Slug, $"both say nearly the same: \"{Quote(second.Text)}\"");
                }
            }
        }
    }

    private static IEnumerable<(T First, T Second)> Pairs<T>(IReadOnlyList<(T Item, string Text)> texts)
    {
        var telling = texts.Where(t => Tokenizer.Words(t.Text).Count >= FewestWords).ToArray();
        var seen = new NearDuplicates(NearlyTheSame);
        for (var i = 0; i < telling.Length; i++)
        {
            if (seen.Add(telling[i].Text) is >= 0 and var earlier)
            {
                yield return (telling[earlier].Item, telling[i].Item);
            }
        }
    }

    private static string Quote(string text) => text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}...";
}
