using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SupportBot.Knowledge.Checking;

/// <summary>What has changed between two sets of articles, each as <c>locale/slug</c>.</summary>
public sealed record ArticleChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed);

/// <summary>Which articles an index held, by content; kept between two runs of <c>index</c>.</summary>
public sealed class IndexedArticles
{
    private readonly SortedDictionary<string, string> _hashes;

    private IndexedArticles(SortedDictionary<string, string> hashes)
    {
        _hashes = hashes;
    }

    /// <summary>The articles as they are.</summary>
    public static IndexedArticles Of(IEnumerable<Article> articles)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var article in articles)
        {
            hashes[$"{article.Locale}/{article.Slug}"] = Hash(article);
        }

        return new IndexedArticles(hashes);
    }

    /// <summary>What a file says that <see cref="Write"/> has written; nothing when it is missing or damaged.</summary>
    public static IndexedArticles Read(string path)
    {
        try
        {
            return new IndexedArticles(File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? [] : []);
        }
        catch (JsonException)
        {
            return new IndexedArticles([]);
        }
    }

    /// <summary>Keeps it in a file.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(_hashes));

    /// <summary>What is different now, as <c>locale/slug</c>.</summary>
    public ArticleChanges ChangesTo(IndexedArticles now) => new(
        [.. now._hashes.Keys.Where(key => !_hashes.ContainsKey(key))],
        [.. now._hashes.Where(a => _hashes.TryGetValue(a.Key, out var hash) && hash != a.Value).Select(a => a.Key)],
        [.. _hashes.Keys.Where(key => !now._hashes.ContainsKey(key))]);

    private static string Hash(Article article)
    {
        string[] parts = [article.Title, .. article.Questions, $"{article.Audience}", $"{article.Updated:uuuu-MM-dd}", article.Markdown];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))).AsSpan(0, 8));
    }
}
