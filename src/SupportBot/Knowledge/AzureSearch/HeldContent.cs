using Azure.Search.Documents.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>The version that the index holds, for telling whether a hit is of it.</summary>
internal sealed class HeldContent
{
    private readonly Dictionary<(string Slug, string Locale), Article> _articles;

    public HeldContent(KnowledgeContent content)
    {
        Content = content;
        _articles = content.Articles.ToDictionary(a => (a.Slug, a.Locale));
        Fields = [.. content.Articles.Select(a => LanguageAnalyzers.Of(a.Locale).Field).Distinct()];
    }

    public KnowledgeContent Content { get; }

    /// <summary>The fields that hold the articles' words.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The passage that a hit is; null when it is none of this version.</summary>
    public PassageDocument? Passage(SearchDocument hit, string vectors)
    {
        var place = (hit.GetString(IndexFields.Slug), hit.GetString(IndexFields.Locale));
        return _articles.TryGetValue(place, out var article)
            && hit.GetInt32(IndexFields.Ordinal) is { } ordinal && ordinal >= 0 && ordinal < article.Passages.Count
            && new PassageDocument(article, ordinal) is var passage && passage.Hash(vectors) == hit.GetString(IndexFields.Hash)
            ? passage
            : null;
    }
}
