using System.Runtime.InteropServices;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>
/// Cosines between a query and short texts by the character 3- and 4-grams of their words: the reading of a text that survives
/// misspellings and endings. An inverted list per n-gram makes one pass give the cosines of all texts.
/// </summary>
internal sealed class NgramIndex
{
    private const int ShortestGram = 3;
    private const int LongestGram = 4;

    private readonly Dictionary<string, int> _grams = new(StringComparer.Ordinal);
    private readonly (int Text, float Weight)[][] _lists;
    private readonly float[] _idf;
    private readonly float _idfOfUnknown;

    /// <summary>Indexes texts; they are known by their position.</summary>
    public NgramIndex(IReadOnlyList<string> texts)
    {
        Count = texts.Count;
        var lists = new List<List<(int Text, float Weight)>>();
        for (var t = 0; t < texts.Count; t++)
        {
            foreach (var (gram, count) in CountGrams(texts[t]))
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_grams, gram, out var known);
                if (!known)
                {
                    id = lists.Count;
                    lists.Add([]);
                }

                lists[id].Add((t, 1f + MathF.Log(count)));
            }
        }

        _idfOfUnknown = MathF.Log(1f + Count) + 1f;
        _idf = [.. lists.Select(list => MathF.Log((1f + Count) / (1f + list.Count)) + 1f)];
        var squares = new float[Count];
        for (var g = 0; g < _idf.Length; g++)
        {
            foreach (var (text, weight) in lists[g])
            {
                squares[text] += weight * _idf[g] * weight * _idf[g];
            }
        }

        _lists = [.. lists.Select((list, g) => list.Select(e => (e.Text, e.Weight * _idf[g] / MathF.Sqrt(squares[e.Text]))).ToArray())];
    }

    /// <summary>Number of texts.</summary>
    public int Count { get; }

    /// <summary>The cosine of the query with every text, 0 to 1.</summary>
    public float[] Cosines(string query)
    {
        var cosines = new float[Count];
        var squares = 0f;
        foreach (var (gram, count) in CountGrams(query))
        {
            var known = _grams.TryGetValue(gram, out var id);
            var weight = (1f + MathF.Log(count)) * (known ? _idf[id] : _idfOfUnknown);
            squares += weight * weight;
            if (known)
            {
                foreach (var (text, share) in _lists[id])
                {
                    cosines[text] += weight * share;
                }
            }
        }

        var scale = squares > 0 ? 1f / MathF.Sqrt(squares) : 0f;
        for (var t = 0; t < cosines.Length; t++)
        {
            cosines[t] *= scale;
        }

        return cosines;
    }

    private static Dictionary<string, int> CountGrams(string text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in StopWords.Without(Tokenizer.Words(text)))
        {
            var marked = $" {word} ";
            for (var size = ShortestGram; size <= LongestGram; size++)
            {
                for (var start = 0; start + size <= marked.Length; start++)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, marked.Substring(start, size), out _)++;
                }
            }
        }

        return counts;
    }
}
