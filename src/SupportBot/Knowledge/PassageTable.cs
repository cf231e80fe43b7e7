using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SupportBot.Knowledge;

/// <summary>
/// The passages with what the ranking needs of them in memory, in arrays of numbers: under a kilobyte a passage. What all passages say
/// together (how rare a term or gram is) is counted here; what one article says is in its <see cref="ArticleTerms"/>. Passages are known by
/// the full-text file's rows, which may have gaps.
/// </summary>
internal sealed class PassageTable
{
    private const int Buckets = ushort.MaxValue + 1;

    private readonly Entry?[] _owners;
    private readonly List<Entry> _entries = [];
    private readonly List<Entry> _phrasingOwner = [];
    private readonly ILookup<string, Entry> _bySlug;
    private readonly Dictionary<int, int> _documents = [];
    private readonly float[] _gramIdf;
    private readonly NgramIndex _phrasingGrams;
    private readonly Spelling _spelling;
    private readonly LocaleFallback _locales;
    private readonly ConcurrentDictionary<string, HashSet<Entry>> _visible = new(StringComparer.Ordinal);

    /// <param name="articles">Each article with its first row; its passages have the rows from there on.</param>
    /// <param name="defaultLocale">The locale of customers of whom nothing else is known.</param>
    public PassageTable(IReadOnlyList<(ArticleTerms Terms, int FirstRow)> articles, string defaultLocale)
    {
        _owners = new Entry?[articles.Select(a => a.FirstRow + a.Terms.Passages.Length).DefaultIfEmpty(0).Max()];
        var bodiesWithGram = new int[Buckets];
        foreach (var (terms, firstRow) in articles)
        {
            var entry = new Entry(terms, firstRow, _phrasingOwner.Count);
            _entries.Add(entry);
            _phrasingOwner.AddRange(Enumerable.Repeat(entry, terms.Phrasings.Length));
            Array.Fill(_owners, entry, firstRow, terms.Passages.Length);
            Count += terms.Passages.Length;
            CountTerms(terms, bodiesWithGram);
        }

        _gramIdf = [.. bodiesWithGram.Select(bodies => MathF.Log((1f + Count) / (1f + bodies)) + 1f)];
        _bySlug = _entries.ToLookup(e => e.Terms.Article.Slug, StringComparer.Ordinal);
        _locales = new LocaleFallback(_entries.Select(e => e.Terms.Article.Locale), defaultLocale);
        _phrasingGrams = new NgramIndex([.. _entries.SelectMany(e => e.Terms.Phrasings).Select(p => p.Grams)]);
        _spelling = new Spelling(_entries.SelectMany(e => e.Terms.Words));
    }

    /// <summary>Number of passages.</summary>
    public int Count { get; }

    /// <summary>Number of locales that articles are written in.</summary>
    public int Locales => _locales.Count;

    public IEnumerable<ArticleTerms> Articles => _entries.Select(e => e.Terms);

    public Article ArticleOf(int row) => _owners[row]!.Terms.Article;

    public Passage Passage(int row) => _owners[row]!.Terms.Article.Passages[row - _owners[row]!.FirstRow];

    public IEnumerable<int> PassagesOf(string slug) => _bySlug[slug].SelectMany(e => e.Rows);

    /// <summary>The row of a passage; null when there is no such passage.</summary>
    public int? RowOf(string slug, string locale, int ordinal)
    {
        var entry = _bySlug[slug].FirstOrDefault(e => e.Terms.Article.Locale == locale);
        return entry is not null && ordinal >= 0 && ordinal < entry.Terms.Passages.Length ? entry.FirstRow + ordinal : null;
    }

    public RankQuery Query(string question) => RankQuery.Of(question, Documents, Count, _spelling);

    /// <summary>How many passages hold a term, in themselves or in their article's phrasings.</summary>
    public int Documents(int term) => _documents.GetValueOrDefault(term);

    /// <summary>Which rows a customer of a locale is shown: each article in the locale that suits best, and in no other.</summary>
    public Func<int, bool> ShownIn(string? locale)
    {
        if (_locales.Count <= 1)
        {
            return _ => true;
        }

        var chain = _locales.Chain(locale);
        var visible = _visible.GetOrAdd(
            string.Join(' ', chain), _ => [.. _bySlug.Select(versions => versions.MinBy(e => chain.IndexOf(e.Terms.Article.Locale))!)]);
        return row => visible.Contains(_owners[row]!);
    }

    /// <summary>How close each phrasing is to the question by characters. Dispose it: what it reads from is pooled.</summary>
    public PhrasingCosines ByCharacters(RankQuery query) => new(_phrasingGrams, query.Grams);

    /// <summary>The passages of the articles with the closest phrasings.</summary>
    public IEnumerable<int> Closest(PhrasingCosines cosines, int phrasings) =>
        cosines.Largest(phrasings).Select(p => _phrasingOwner[p]).Distinct().SelectMany(e => e.Rows);

    /// <summary>What speaks for each of the passages. What is the article's is worked out once for all its passages.</summary>
    public IEnumerable<(int Row, RankFeatures Features)> Features(
        IEnumerable<int> rows, RankQuery query, IReadOnlyDictionary<int, double> bm25, PhrasingCosines cosines, ArticleSignals signals)
    {
        var idfs = query.Terms.Select(Idf).ToArray();
        var idfSum = idfs.Sum();
        var owners = new Dictionary<Entry, OwnerMatch>();
        var bodies = new BodyCosine(query.Grams, _gramIdf);
        foreach (var id in rows)
        {
            var entry = _owners[id]!;
            if (!owners.TryGetValue(entry, out var owner))
            {
                owner = OwnerMatch.Of(entry.Terms, query, idfs, cosines.Closest(entry.FirstPhrasing, entry.Terms.Phrasings.Length));
                owners.Add(entry, owner);
            }

            var body = entry.Terms.Passages[id - entry.FirstRow];
            var covered = 0.0;
            for (var t = 0; t < idfs.Length; t++)
            {
                covered += owner.Terms[t] || body.Terms.Has(query.Terms[t]) ? idfs[t] : 0;
            }

            var pairs = 0;
            for (var p = 0; p < query.Pairs.Count; p++)
            {
                pairs += owner.Pairs[p] || body.Terms.Has(query.Pairs[p]) ? 1 : 0;
            }

            yield return (id, new RankFeatures(
                idfSum > 0 ? bm25.GetValueOrDefault(id) / idfSum : 0,
                idfSum > 0 ? covered / idfSum : 0,
                idfSum > 0 ? owner.CoveredByOne / idfSum : 0,
                query.Pairs.Count > 0 ? (double)pairs / query.Pairs.Count : 0,
                owner.Closest,
                bodies.With(body.Grams),
                signals.FromIntents.GetValueOrDefault(entry.Terms.Article.Slug),
                signals.FromPhrasings.GetValueOrDefault(entry.Terms.Article.Slug),
                query.Familiar));
        }
    }

    private double Idf(int term) => Math.Log((1.0 + Count) / (0.5 + Documents(term)));

    private void CountTerms(ArticleTerms article, int[] bodiesWithGram)
    {
        var ofAll = article.Phrasings.SelectMany(p => p.Terms.Stems.Concat(p.Terms.Concepts)).ToArray();
        var seen = new HashSet<int>();
        foreach (var passage in article.Passages)
        {
            seen.Clear();
            seen.UnionWith(ofAll);
            seen.UnionWith(passage.Terms.Stems);
            seen.UnionWith(passage.Terms.Concepts);
            foreach (var term in seen)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_documents, term, out _)++;
            }

            foreach (var gram in passage.Grams)
            {
                bodiesWithGram[gram]++;
            }
        }
    }

    /// <summary>An article's place: its rows, and its phrasings among those of all.</summary>
    private sealed class Entry(ArticleTerms terms, int firstRow, int firstPhrasing)
    {
        public ArticleTerms Terms => terms;

        public int FirstRow => firstRow;

        public int FirstPhrasing => firstPhrasing;

        public IEnumerable<int> Rows => Enumerable.Range(firstRow, terms.Passages.Length);
    }
}
