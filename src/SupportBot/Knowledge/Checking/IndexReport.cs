using NodaTime;

namespace SupportBot.Knowledge.Checking;

/// <summary>What an index holds, what is new in it, and what a person should look at.</summary>
/// <param name="Articles">Number of articles.</param>
/// <param name="Passages">Number of passages.</param>
/// <param name="Added">Articles that the index before did not hold, as <c>locale/slug</c>.</param>
/// <param name="Changed">Articles that are different now.</param>
/// <param name="Removed">Articles that are gone.</param>
/// <param name="Findings">By kind, then by article.</param>
public sealed record IndexReport(
    int Articles,
    int Passages,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Removed,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>Checks the articles.</summary>
    /// <param name="articles">All articles.</param>
    /// <param name="before">What was indexed before.</param>
    /// <param name="today">The company's day.</param>
    public static IndexReport Of(IReadOnlyList<Article> articles, IndexedArticles before, LocalDate today)
    {
        var changes = before.ChangesTo(IndexedArticles.Of(articles));
        var findings = LinkCheck.Run(articles).Concat(DuplicateCheck.Run(articles)).Concat(ContradictionCheck.Run(articles)).Concat(StaleCheck.Run(articles, today));
        return new IndexReport(
            articles.Count,
            articles.Sum(a => a.Passages.Count),
            changes.Added,
            changes.Changed,
            changes.Removed,
            [.. findings.OrderBy(f => f.Kind).ThenBy(f => f.Article, StringComparer.Ordinal)]);
    }
}
