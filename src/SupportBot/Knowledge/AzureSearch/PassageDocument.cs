using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Azure.Search.Documents.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>A passage as the search service keeps it: a document with its key and a hash of everything that is in it.</summary>
/// <param name="Article">Its article.</param>
/// <param name="Ordinal">Its place in the article.</param>
internal readonly record struct PassageDocument(Article Article, int Ordinal)
{
    /// <summary>What says in <see cref="IndexFields.Kind"/> that a document is a passage.</summary>
    public const string Kind = "passage";

    /// <summary>Changes whenever the document of an unchanged passage does.</summary>
    public const int Version = 1;

    private const int LongestEmbedded = 8_000;

    private Passage Passage => Article.Passages[Ordinal];

    /// <summary>The key: letters, digits, dashes and underscores, as the service demands, never an underscore first.</summary>
    public string Key => $"p-{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Article.Locale}/{Article.Slug}"))}-{Ordinal}";

    /// <summary>What a vector is made of.</summary>
    public string Embedded
    {
        get
        {
            var text = string.Join('\n', [Article.Title, .. Passage.Headings, Passage.Text]);
            return text.Length <= LongestEmbedded ? text : text[..LongestEmbedded];
        }
    }

    private string Headings => string.Join(" > ", Passage.Headings);

    /// <summary>The documents of all articles.</summary>
    public static IEnumerable<PassageDocument> Of(IEnumerable<Article> articles) =>
        articles.SelectMany(article => Enumerable.Range(0, article.Passages.Count).Select(ordinal => new PassageDocument(article, ordinal)));

    /// <summary>Hash of the document.</summary>
    /// <param name="vectors">What vectors are made with; empty without.</param>
    public string Hash(string vectors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Version]);
        foreach (var text in (IEnumerable<string>)[vectors, Article.Locale, Article.Slug, Headings, Passage.Text, Article.Title, .. Article.Questions])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        return Base64Url.EncodeToString(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>The document as it is sent.</summary>
    /// <param name="vectors">What the vector was made with; empty without.</param>
    /// <param name="vector">The vector, or null.</param>
    public SearchDocument ToSearchDocument(string vectors, float[]? vector)
    {
        var document = new SearchDocument
        {
            [IndexFields.Key] = Key,
            [IndexFields.Kind] = Kind,
            [IndexFields.Hash] = Hash(vectors),
            [IndexFields.Slug] = Article.Slug,
            [IndexFields.Locale] = Article.Locale,
            [IndexFields.Ordinal] = Ordinal,
            [IndexFields.Title] = Article.Title,
            [IndexFields.Headings] = Headings,
            [IndexFields.Text] = Passage.Text,
            [LanguageAnalyzers.Of(Article.Locale).Field] = string.Join('\n', [Article.Title, .. Article.Questions, .. Passage.Headings, Passage.Text]),
        };
        if (vector is not null)
        {
            document[IndexFields.Vector] = vector;
        }

        return document;
    }
}
