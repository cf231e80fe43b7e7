namespace SupportBot.Knowledge;

/// <summary>
/// A search engine that says which passages may answer a question. The embedded one (<see cref="KnowledgeIndex"/>) is always there; one
/// beside it widens what is found and says how relevant it is. Which article then answers, and how sure that is, is worked out here either way.
/// </summary>
public interface IPassageSearch
{
    /// <summary>The passages for a question, best first.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>The passages; null when the engine cannot say now, or not of these articles.</returns>
    ValueTask<IReadOnlyList<FoundPassage>?> FindAsync(PassageQuery query, CancellationToken ct);
}

/// <summary>A question for a search engine.</summary>
/// <param name="Text">The question without personal data.</param>
/// <param name="Limit">The most passages that are wanted.</param>
/// <param name="Content">Which version of the articles is meant: <see cref="KnowledgeContent.Hash"/>.</param>
public sealed record PassageQuery(string Text, int Limit, string Content);

/// <summary>A passage that an engine found.</summary>
/// <param name="Slug">Its article.</param>
/// <param name="Locale">The article's locale, as the article has it.</param>
/// <param name="Ordinal">Its place in the article, from 0.</param>
/// <param name="Bm25">How well its words match, as the embedded engine counts; 0 from any other.</param>
/// <param name="Relevance">How relevant another engine finds it, 0 to 1; 0 from the embedded one.</param>
public sealed record FoundPassage(string Slug, string Locale, int Ordinal, double Bm25, double Relevance);

/// <summary>The articles that customers may be answered from, as one version.</summary>
/// <param name="Hash">Differs whenever anything in them does.</param>
/// <param name="Articles">The articles; no two of one slug and locale.</param>
public sealed record KnowledgeContent(string Hash, IReadOnlyList<Article> Articles);

/// <summary>What was found for the texts of a message, by text.</summary>
public sealed record FoundPassages(IReadOnlyDictionary<string, IReadOnlyList<FoundPassage>> ByText)
{
    /// <summary>What was found for a text; null when it was not looked up, and the embedded engine is asked in its turn.</summary>
    public IReadOnlyList<FoundPassage>? For(string text) => ByText.GetValueOrDefault(text);

    /// <summary>What the embedded engine and another one found, each passage once.</summary>
    public static IReadOnlyList<FoundPassage> Merged(IReadOnlyList<FoundPassage> embedded, IReadOnlyList<FoundPassage> other)
    {
        var relevance = other.GroupBy(Place).ToDictionary(g => g.Key, g => g.Max(f => f.Relevance));
        var merged = embedded.Select(f => f with { Relevance = relevance.GetValueOrDefault(Place(f)) }).ToList();
        var known = embedded.Select(Place).ToHashSet();
        merged.AddRange(other.Where(f => known.Add(Place(f))).Select(f => f with { Bm25 = 0 }));
        return merged;
    }

    private static (string Slug, string Locale, int Ordinal) Place(FoundPassage found) => (found.Slug, found.Locale, found.Ordinal);
}
