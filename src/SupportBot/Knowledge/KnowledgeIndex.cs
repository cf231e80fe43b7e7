using System.Security.Cryptography;
using System.Text;

namespace SupportBot.Knowledge;

/// <summary>
/// Finds the articles that a question is about. Candidates come from a full-text search (bm25 over title with questions, weighted 5, and
/// passage) and from character n-grams; a linear score over what both say, and over what the intents say, ranks them. Thread-safe.
/// </summary>
public sealed class KnowledgeIndex : IDisposable
{
    private const int SchemaVersion = 1;
    private const int CandidatesByWords = 40;
    private const int CandidatesByCharacters = 20;
    private const double TellingSignal = 0.1;

    private readonly FullTextFile _fullText;
    private readonly PassageTable _table;
    private readonly RankWeights _weights;

    private KnowledgeIndex(FullTextFile fullText, PassageTable table, RankWeights? weights)
    {
        _fullText = fullText;
        _table = table;
        _weights = weights ?? new RankWeights();
    }

    /// <summary>Number of passages.</summary>
    public int PassageCount => _table.Count;

    /// <summary>
    /// Opens the index of the articles in <c>knowledge-[content hash].db</c> of a directory, building it when it is not there, and removes
    /// the files of earlier contents.
    /// </summary>
    /// <param name="directory">Where the file lies; created when missing.</param>
    /// <param name="articles">The articles to find.</param>
    /// <param name="phrasings">Further phrasings by slug, besides the articles' own questions.</param>
    public static KnowledgeIndex Open(
        string directory, IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings)
    {
        Directory.CreateDirectory(directory);
        var table = new PassageTable(articles, phrasings);
        var rows = table.FullTextRows();
        var path = Path.Combine(directory, $"knowledge-{Hash(rows)}.db");
        var fullText = FullTextFile.Open(path, rows);
        foreach (var old in Directory.EnumerateFiles(directory, "knowledge-*.db").Where(file => Path.GetFileName(file) != Path.GetFileName(path)))
        {
            RemoveUnlessInUse(old);
        }

        return new KnowledgeIndex(fullText, table, null);
    }

    /// <summary>An index that lives in memory, for asking what would be found with other articles or phrasings.</summary>
    public static KnowledgeIndex InMemory(IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings) =>
        InMemory(articles, phrasings, null);

    /// <summary>The articles for a question, best first; empty when nothing speaks for any.</summary>
    public IReadOnlyList<RankedArticle> Search(string question, ArticleSignals signals)
    {
        var query = _table.Query(question);
        var byWords = _fullText.Find(query.DistinctWords, CandidatesByWords);
        var bm25 = byWords.ToDictionary(found => found.Row, found => found.Bm25);
        var cosines = _table.Cosines(question);
        var candidates = new SortedSet<int>(bm25.Keys);
        candidates.UnionWith(_table.ClosestByCharacters(cosines, CandidatesByCharacters));
        foreach (var (slug, signal) in signals.FromIntents.Concat(signals.FromPhrasings))
        {
            if (signal >= TellingSignal)
            {
                candidates.UnionWith(_table.PassagesOf(slug));
            }
        }

        var ranked = new List<RankedPassage>(candidates.Count);
        foreach (var (row, features) in _table.Features(candidates, query, bm25, cosines, signals))
        {
            ranked.Add(new RankedPassage(_table.Passage(row), _weights.Score(features), features));
        }

        return
        [
            .. ranked.GroupBy(passage => passage.Passage.Slug)
                .Select(group => group.OrderByDescending(p => p.Score).ThenBy(p => p.Passage.Ordinal).ToArray())
                .Select(passages => new RankedArticle(_table.Article(passages[0].Passage.Slug), passages[0].Score, passages[0].Features, WithoutIntents(passages[0].Features), passages))
                .OrderByDescending(article => article.Score).ThenBy(article => article.Article.Slug, StringComparer.Ordinal),
        ];
    }

    private double WithoutIntents(RankFeatures features) => _weights.Score(features with { FromIntents = 0 });

    /// <summary>Closes the file.</summary>
    public void Dispose() => _fullText.Dispose();

    internal static KnowledgeIndex InMemory(
        IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings, RankWeights? weights)
    {
        var table = new PassageTable(articles, phrasings);
        return new KnowledgeIndex(FullTextFile.InMemory(table.FullTextRows()), table, weights);
    }

    private static string Hash(IReadOnlyList<FullTextRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([SchemaVersion]);
        foreach (var row in rows)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(row.Title));
            hash.AppendData([0]);
            hash.AppendData(Encoding.UTF8.GetBytes(row.Body));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static void RemoveUnlessInUse(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // Another process still reads it; whoever opens the folder next removes it.
        }
        catch (UnauthorizedAccessException)
        {
            // The same, as Windows tells it.
        }
    }
}
