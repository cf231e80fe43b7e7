namespace SupportBot.Knowledge;

/// <summary>
/// Finds the articles that a question is about. Candidates come from a full-text search (bm25 over title with questions, weighted 5, and
/// passage) and from the character n-grams of titles and questions; a linear score over what both say, and over what the intents say, ranks
/// them. Thread-safe; never changes: what has changed is a new index, made from the one before.
/// </summary>
public sealed class KnowledgeIndex : IPassageSearch, IDisposable
{
    private const int CandidatesByWords = 40;
    private const int CandidatesByCharacters = 20;
    private const double TellingSignal = 0.1;

    private readonly FullTextFile _fullText;
    private readonly PassageTable _table;
    private readonly RankWeights _weights;

    /// <summary>The file that searches under way still read; null in memory.</summary>
    private readonly string? _path;

    private KnowledgeIndex(FullTextFile fullText, PassageTable table, RankWeights? weights, string contentHash, string? path)
    {
        _path = path;
        ContentHash = contentHash;
        _fullText = fullText;
        _table = table;
        _weights = weights ?? new RankWeights();
    }

    /// <summary>Number of passages.</summary>
    public int PassageCount => _table.Count;

    /// <summary>How many passages a search for words wants: as many a locale as an answer needs in one.</summary>
    public int Limit => CandidatesByWords * Math.Max(1, _table.Locales);

    /// <summary>Differs whenever the articles do.</summary>
    public string ContentHash { get; }

    /// <summary>
    /// Opens the index of the articles in <c>knowledge-[content hash].db</c> of a directory, making it when it is not there, and removes
    /// the files of earlier contents. Made from an earlier one it costs what has changed.
    /// </summary>
    /// <param name="directory">Where the file lies; created when missing.</param>
    /// <param name="articles">The articles to find; no two of one slug and locale.</param>
    /// <param name="phrasings">Further phrasings by slug, besides the articles' own questions.</param>
    /// <param name="defaultLocale">The locale of customers of whom nothing else is known.</param>
    /// <param name="before">The index in force, if there is one: what it knows of unchanged articles is taken over.</param>
    public static KnowledgeIndex Open(
        string directory,
        IReadOnlyList<Article> articles,
        IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings,
        string defaultLocale = "en",
        KnowledgeIndex? before = null)
    {
        Directory.CreateDirectory(directory);
        var terms = Terms(articles, phrasings, before);
        var rows = terms.Select(FullTextArticles.Of).ToArray();
        var hash = FullTextArticles.Hash(rows);
        var path = Path.Combine(directory, $"knowledge-{hash}.db");
        var earlier = Directory.EnumerateFiles(directory, "knowledge-*.db").Where(file => Path.GetFileName(file) != Path.GetFileName(path))
            .OrderByDescending(File.GetLastWriteTimeUtc).ToArray();
        var fullText = FullTextFile.Open(path, earlier, rows);
        foreach (var old in earlier.Where(file => file != before?._path))
        {
            RemoveUnlessInUse(old);
        }

        return new KnowledgeIndex(fullText, Table(terms, rows, fullText, defaultLocale), null, hash, path);
    }

    /// <summary>An index that lives in memory, for asking what would be found with other articles or phrasings.</summary>
    public static KnowledgeIndex InMemory(IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings) =>
        InMemory(articles, phrasings, null);

    /// <summary>The articles for a question, best first; empty when nothing speaks for any.</summary>
    /// <param name="question">The customer's words.</param>
    /// <param name="signals">What is known about articles besides their texts.</param>
    /// <param name="locale">The customer's locale (BCP 47): of an article's versions the one that suits it best is found, and no other. Null is the company's.</param>
    /// <param name="found">What the engines found for the question, this one among them; null to look it up here.</param>
    public IReadOnlyList<RankedArticle> Search(
        string question, ArticleSignals signals, string? locale = null, IReadOnlyList<FoundPassage>? found = null)
    {
        var query = _table.Query(question);
        var (bm25, relevance) = found is null ? (ByWords(query, Limit).ToDictionary(f => f.Row, f => f.Bm25), []) : Known(found);
        using var cosines = _table.ByCharacters(query);
        var candidates = new SortedSet<int>(bm25.Keys.Concat(relevance.Keys));
        candidates.UnionWith(_table.Closest(cosines, CandidatesByCharacters));
        foreach (var (slug, signal) in signals.FromIntents.Concat(signals.FromPhrasings))
        {
            if (signal >= TellingSignal)
            {
                candidates.UnionWith(_table.PassagesOf(slug));
            }
        }

        var ranked = new List<(Article Article, RankedPassage Passage)>(candidates.Count);
        foreach (var (row, byText) in _table.Features(candidates.Where(_table.ShownIn(locale)), query, bm25, cosines, signals))
        {
            var features = relevance.TryGetValue(row, out var says) ? byText with { Relevance = says } : byText;
            ranked.Add((_table.ArticleOf(row), new RankedPassage(_table.Passage(row), _weights.Score(features), features)));
        }

        return
        [
            .. ranked.GroupBy(r => (object)r.Article, r => r.Passage, ReferenceEqualityComparer.Instance)
                .Select(group => Ranked((Article)group.Key, [.. group.OrderByDescending(Rank).ThenBy(p => p.Passage.Ordinal)]))
                .OrderByDescending(article => Rank(article.Passages[0])).ThenBy(article => article.Article.Slug, StringComparer.Ordinal),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>Answers at once, whatever version of the articles is meant: it holds one.</remarks>
    public ValueTask<IReadOnlyList<FoundPassage>?> FindAsync(PassageQuery query, CancellationToken ct)
    {
        IReadOnlyList<FoundPassage> found =
        [
            .. ByWords(_table.Query(query.Text), query.Limit).Select(f => (Article: _table.ArticleOf(f.Row), _table.Passage(f.Row).Ordinal, f.Bm25))
                .Select(f => new FoundPassage(f.Article.Slug, f.Article.Locale, f.Ordinal, f.Bm25, 0)),
        ];
        return ValueTask.FromResult<IReadOnlyList<FoundPassage>?>(found);
    }

    private IReadOnlyList<(int Row, double Bm25)> ByWords(RankQuery query, int limit) => _fullText.Find(query.Words, limit);

    /// <summary>The rows of what was found, by what says so; passages that this index does not hold are left out.</summary>
    private (Dictionary<int, double> Bm25, Dictionary<int, double> Relevance) Known(IReadOnlyList<FoundPassage> found)
    {
        var (bm25, relevance) = (new Dictionary<int, double>(), new Dictionary<int, double>());
        foreach (var passage in found)
        {
            if (_table.RowOf(passage.Slug, passage.Locale, passage.Ordinal) is not { } row)
            {
                continue;
            }

            if (passage.Bm25 > 0)
            {
                bm25[row] = passage.Bm25;
            }

            if (passage.Relevance > 0)
            {
                relevance[row] = passage.Relevance;
            }
        }

        return (bm25, relevance);
    }

    private double Rank(RankedPassage passage) => passage.Score + (_weights.Relevance * passage.Features.Relevance);

    private RankedArticle Ranked(Article article, RankedPassage[] passages)
    {
        var best = passages[0];
        return new RankedArticle(article, best.Score, best.Features, _weights.Score(best.Features with { FromIntents = 0 }), passages);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _fullText.Dispose();

    internal static KnowledgeIndex InMemory(
        IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings, RankWeights? weights)
    {
        var terms = Terms(articles, phrasings, null);
        var rows = terms.Select(FullTextArticles.Of).ToArray();
        var fullText = FullTextFile.InMemory(rows);
        return new KnowledgeIndex(fullText, Table(terms, rows, fullText, "en"), weights, FullTextArticles.Hash(rows), null);
    }

    private static ArticleTerms[] Terms(
        IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings, KnowledgeIndex? before)
    {
        var known = new Dictionary<object, ArticleTerms>(ReferenceEqualityComparer.Instance);
        foreach (var terms in before?._table.Articles ?? [])
        {
            known.Add(terms.Article, terms);
        }

        return
        [
            .. articles.AsParallel().AsOrdered().Select(article =>
            {
                var further = phrasings.GetValueOrDefault(article.Slug) ?? [];
                return known.TryGetValue(article, out var terms) && terms.FurtherPhrasings.SequenceEqual(further) ? terms : new ArticleTerms(article, further);
            }),
        ];
    }

    private static PassageTable Table(ArticleTerms[] terms, FullTextArticle[] rows, FullTextFile file, string defaultLocale) =>
        new([.. terms.Zip(rows, (article, row) => (article, file.FirstRows[row.Key]))], defaultLocale);

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
