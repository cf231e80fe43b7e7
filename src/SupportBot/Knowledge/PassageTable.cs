using System.Runtime.InteropServices;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>A question as the ranking sees it.</summary>
/// <param name="DistinctWords">Its telling words and concepts, each once.</param>
/// <param name="Stems">The stems of its telling words and its concepts, each once.</param>
/// <param name="Pairs">Neighbouring stems.</param>
/// <param name="Familiar">Share of its telling words that any article or phrasing holds.</param>
internal sealed record RankQuery(IReadOnlyList<string> DistinctWords, IReadOnlyList<string> Stems, IReadOnlyList<(string, string)> Pairs, double Familiar);

/// <summary>
/// The passages with what the ranking needs of them in memory: stems, word pairs, and character n-grams of titles, questions, further
/// phrasings and bodies. Passages are known by their row.
/// </summary>
internal sealed class PassageTable
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<string, Entry> _articles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _documents = new(StringComparer.Ordinal);
    private readonly NgramIndex _phrasingGrams;
    private readonly NgramIndex _bodyGrams;
    private readonly List<Entry> _phrasingOwner = [];
    private readonly Dictionary<string, List<int>> _phrasingsByStem = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), List<int>> _phrasingsByPair = [];

    public PassageTable(IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings)
    {
        var allPhrasings = new List<string>();
        foreach (var article in articles)
        {
            string[] own = [article.Title, .. article.Questions, .. phrasings.GetValueOrDefault(article.Slug) ?? []];
            var terms = own.Select(text => new Terms(text)).ToArray();
            var stems = terms.SelectMany(t => t.Stems).Distinct().ToArray();
            var entry = new Entry(article, _rows.Count, allPhrasings.Count, own.Length);
            _articles.Add(article.Slug, entry);
            for (var i = 0; i < terms.Length; i++)
            {
                Post(terms[i], allPhrasings.Count + i);
            }

            allPhrasings.AddRange(own);
            _phrasingOwner.AddRange(Enumerable.Repeat(entry, own.Length));
            foreach (var passage in article.Passages)
            {
                var row = new Row(passage, entry, new Terms($"{string.Join(' ', passage.Headings)} {passage.Text}"));
                _rows.Add(row);
                foreach (var stem in row.Body.Stems.Concat(stems).Distinct())
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(_documents, stem, out _)++;
                }
            }
        }

        _phrasingGrams = new NgramIndex(allPhrasings);
        _bodyGrams = new NgramIndex([.. _rows.Select(row => row.Passage.Text)]);
    }

    public int Count => _rows.Count;

    public Passage Passage(int row) => _rows[row].Passage;

    public Article Article(string slug) => _articles[slug].Article;

    public IEnumerable<int> PassagesOf(string slug) =>
        _articles.TryGetValue(slug, out var entry) ? Enumerable.Range(entry.FirstRow, entry.Article.Passages.Count) : [];

    public IReadOnlyList<FullTextRow> FullTextRows() =>
    [
        .. _rows.Select(row => new FullTextRow(
            WithConcepts(string.Join('\n', row.Owner.Article.Questions.Prepend(row.Owner.Article.Title).Concat(row.Passage.Headings))),
            WithConcepts(row.Passage.Text))),
    ];

    public RankQuery Query(string question)
    {
        var words = StopWords.Without(Tokenizer.Words(question));
        var stems = words.Select(LightStemmer.Stem).ToArray();
        var concepts = Thesaurus.Of(Tokenizer.Stems(question));
        return new RankQuery([.. words.Concat(concepts).Distinct()], [.. stems.Concat(concepts).Distinct()], [.. stems.Zip(stems.Skip(1)).Distinct()],
            stems.Length == 0 ? 0 : (double)stems.Count(_documents.ContainsKey) / stems.Length);
    }

    public (float[] Phrasings, float[] Bodies) Cosines(string question) => (_phrasingGrams.Cosines(question), _bodyGrams.Cosines(question));

    /// <summary>The passages whose text or whose article's phrasings are closest by characters.</summary>
    public IEnumerable<int> ClosestByCharacters((float[] Phrasings, float[] Bodies) cosines, int count)
    {
        foreach (var phrasing in Largest(cosines.Phrasings, count))
        {
            foreach (var row in PassagesOf(_phrasingOwner[phrasing].Article.Slug))
            {
                yield return row;
            }
        }

        foreach (var row in Largest(cosines.Bodies, count))
        {
            yield return row;
        }
    }

    /// <summary>What speaks for each of the passages. What is the article's is worked out once for all its passages.</summary>
    public IEnumerable<(int Row, RankFeatures Features)> Features(
        IEnumerable<int> rows, RankQuery query, IReadOnlyDictionary<int, double> bm25, (float[] Phrasings, float[] Bodies) cosines, ArticleSignals signals)
    {
        var idfs = query.Stems.Select(Idf).ToArray();
        var idfSum = idfs.Sum();
        var matches = Matches(query, idfs);
        var none = new OwnerMatch(idfs.Length, query.Pairs.Count);
        foreach (var id in rows)
        {
            var row = _rows[id];
            var owner = matches.GetValueOrDefault(row.Owner, none);
            var covered = 0.0;
            for (var s = 0; s < idfs.Length; s++)
            {
                covered += owner.Stems[s] || row.Body.Has(query.Stems[s]) ? idfs[s] : 0;
            }

            var pairs = 0;
            for (var p = 0; p < query.Pairs.Count; p++)
            {
                pairs += owner.Pairs[p] || row.Body.Has(query.Pairs[p]) ? 1 : 0;
            }

            yield return (id, new RankFeatures(
                idfSum > 0 ? bm25.GetValueOrDefault(id) / idfSum : 0,
                idfSum > 0 ? covered / idfSum : 0,
                idfSum > 0 ? owner.CoveredByOne / idfSum : 0,
                query.Pairs.Count > 0 ? (double)pairs / query.Pairs.Count : 0,
                Closest(row.Owner, cosines.Phrasings),
                cosines.Bodies[id],
                signals.FromIntents.GetValueOrDefault(row.Owner.Article.Slug),
                signals.FromPhrasings.GetValueOrDefault(row.Owner.Article.Slug),
                query.Familiar));
        }
    }

    private void Post(Terms terms, int phrasing)
    {
        foreach (var stem in terms.Stems)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_phrasingsByStem, stem, out _) ??= []).Add(phrasing);
        }

        foreach (var pair in terms.Pairs)
        {
            (CollectionsMarshal.GetValueRefOrAddDefault(_phrasingsByPair, pair, out _) ??= []).Add(phrasing);
        }
    }

    /// <summary>Which stems and pairs of the question each article's phrasings hold; articles that hold none are not in it.</summary>
    private Dictionary<Entry, OwnerMatch> Matches(RankQuery query, double[] idfs)
    {
        var matches = new Dictionary<Entry, OwnerMatch>();
        OwnerMatch Of(int phrasing)
        {
            ref var match = ref CollectionsMarshal.GetValueRefOrAddDefault(matches, _phrasingOwner[phrasing], out _);
            return match ??= new OwnerMatch(idfs.Length, query.Pairs.Count);
        }

        var covered = new double[_phrasingOwner.Count];
        for (var s = 0; s < idfs.Length; s++)
        {
            foreach (var phrasing in _phrasingsByStem.GetValueOrDefault(query.Stems[s]) ?? [])
            {
                var match = Of(phrasing);
                match.Stems[s] = true;
                covered[phrasing] += idfs[s];
                match.CoveredByOne = Math.Max(match.CoveredByOne, covered[phrasing]);
            }
        }

        for (var p = 0; p < query.Pairs.Count; p++)
        {
            foreach (var phrasing in _phrasingsByPair.GetValueOrDefault(query.Pairs[p]) ?? [])
            {
                Of(phrasing).Pairs[p] = true;
            }
        }

        return matches;
    }

    private static float Closest(Entry owner, float[] cosines)
    {
        var closest = 0f;
        for (var p = owner.FirstPhrasing; p < owner.FirstPhrasing + owner.PhrasingCount; p++)
        {
            closest = MathF.Max(closest, cosines[p]);
        }

        return closest;
    }

    private static IEnumerable<int> Largest(float[] cosines, int count)
    {
        var found = new PriorityQueue<int, float>();
        for (var i = 0; i < cosines.Length; i++)
        {
            if (cosines[i] <= 0)
            {
                continue;
            }

            if (found.Count < count)
            {
                found.Enqueue(i, cosines[i]);
            }
            else
            {
                found.EnqueueDequeue(i, cosines[i]);
            }
        }

        return found.UnorderedItems.Select(item => item.Element);
    }

    private static string WithConcepts(string text) => $"{text}\n{string.Join(' ', Thesaurus.Of(Tokenizer.Stems(text)))}";

    private double Idf(string stem) => Math.Log((1.0 + Count) / (0.5 + _documents.GetValueOrDefault(stem)));

    private sealed record Row(Passage Passage, Entry Owner, Terms Body);

    private sealed class Entry(Article article, int firstRow, int firstPhrasing, int phrasingCount)
    {
        public Article Article => article;

        public int FirstRow => firstRow;

        public int FirstPhrasing => firstPhrasing;

        public int PhrasingCount => phrasingCount;
    }

    /// <summary>What an article's title and phrasings have of a question: which stems and pairs, and the most that one of them has alone.</summary>
    private sealed class OwnerMatch(int stems, int pairs)
    {
        public bool[] Stems { get; } = new bool[stems];

        public bool[] Pairs { get; } = new bool[pairs];

        public double CoveredByOne { get; set; }
    }

    private sealed class Terms
    {
        private readonly HashSet<string> _stems;
        private readonly HashSet<(string, string)> _pairs;

        public Terms(string text)
        {
            var stems = StopWords.Without(Tokenizer.Words(text)).Select(LightStemmer.Stem).ToArray();
            _stems = new HashSet<string>(stems.Concat(Thesaurus.Of(Tokenizer.Stems(text))), StringComparer.Ordinal);
            _pairs = [.. stems.Zip(stems.Skip(1))];
        }

        public IReadOnlyCollection<string> Stems => _stems;

        public IReadOnlyCollection<(string, string)> Pairs => _pairs;

        public bool Has(string stem) => _stems.Contains(stem);

        public bool Has((string, string) pair) => _pairs.Contains(pair);
    }
}
