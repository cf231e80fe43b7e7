using System.Security.Cryptography;
using System.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>Articles as the full-text index takes them: concepts beside the words, and scripts without spaces cut as queries are.</summary>
internal static class FullTextArticles
{
    /// <summary>Changes whenever the rows of an unchanged article do.</summary>
    private const int SchemaVersion = 2;

    public static FullTextArticle Of(ArticleTerms terms)
    {
        var article = terms.Article;
        return new FullTextArticle($"{article.Locale}/{article.Slug}", Hash(article), article.Passages.Count, () => Rows(article));
    }

    /// <summary>Hash of all articles together; what it is of may come in any order.</summary>
    public static string Hash(IEnumerable<FullTextArticle> articles)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var article in articles.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Add(hash, article.Key);
            Add(hash, article.Hash);
        }

        return Finish(hash);
    }

    private static IEnumerable<FullTextRow> Rows(Article article) => article.Passages.Select(passage => new FullTextRow(
        Searchable(string.Join('\n', article.Questions.Prepend(article.Title).Concat(passage.Headings))), Searchable(passage.Text)));

    private static string Searchable(string text)
    {
        var cut = Tokenizer.HasSpacelessScript(text) ? string.Join(' ', Tokenizer.Words(text)) : text;
        return $"{cut}\n{string.Join(' ', Thesaurus.Of(Tokenizer.Stems(text)))}";
    }

    private static string Hash(Article article)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([SchemaVersion]);
        Add(hash, Thesaurus.Fingerprint);
        foreach (var text in article.Questions.Prepend(article.Title))
        {
            Add(hash, text);
        }

        foreach (var passage in article.Passages)
        {
            Add(hash, string.Join('\n', passage.Headings));
            Add(hash, passage.Text);
        }

        return Finish(hash);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
}
