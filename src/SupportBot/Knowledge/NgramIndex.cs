using System.Runtime.InteropServices;

namespace SupportBot.Knowledge;

/// <summary>One gram of a text with its weight before idf: 1 + log count.</summary>
internal readonly record struct WeightedGram(int Gram, float Weight)
{
    /// <summary>The grams of a text.</summary>
    public static WeightedGram[] Of(string text) => [.. CharacterGrams.Count(text).Select(g => new WeightedGram(g.Key, 1f + MathF.Log(g.Value)))];
}

/// <summary>
/// Cosines between a query and many short texts by their character grams. An inverted list per gram makes one pass give the cosines of all
/// texts; the lists lie in two arrays, so that hundred thousands of texts cost no more than their grams.
/// </summary>
internal sealed class NgramIndex
{
    private readonly Dictionary<int, int> _places = [];
    private readonly int[] _starts;
    private readonly int[] _texts;
    private readonly float[] _shares;
    private readonly float[] _idf;
    private readonly float _idfOfUnknown;

    /// <summary>Indexes texts; they are known by their position.</summary>
    public NgramIndex(IReadOnlyList<WeightedGram[]> texts)
    {
        Count = texts.Count;
        var sizes = new List<int>();
        foreach (var (gram, _) in texts.SelectMany(grams => grams))
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, gram, out var known);
            if (!known)
            {
                place = sizes.Count;
                sizes.Add(0);
            }

            sizes[place]++;
        }

        _idfOfUnknown = MathF.Log(1f + Count) + 1f;
        _idf = [.. sizes.Select(size => MathF.Log((1f + Count) / (1f + size)) + 1f)];
        _starts = new int[sizes.Count + 1];
        for (var g = 0; g < sizes.Count; g++)
        {
            _starts[g + 1] = _starts[g] + sizes[g];
        }

        _texts = new int[_starts[^1]];
        _shares = new float[_starts[^1]];
        Fill(texts);
    }

    /// <summary>Number of texts.</summary>
    public int Count { get; }

    /// <summary>The cosines of the query with the texts, 0 to 1, written to <paramref name="cosines"/>, which has <see cref="Count"/> places and holds zeros.</summary>
    public void Cosines(WeightedGram[] query, Span<float> cosines)
    {
        var squares = 0f;
        foreach (var (gram, weight) in query)
        {
            var known = _places.TryGetValue(gram, out var place);
            var weighted = weight * (known ? _idf[place] : _idfOfUnknown);
            squares += weighted * weighted;
            for (var i = known ? _starts[place] : 0; known && i < _starts[place + 1]; i++)
            {
                cosines[_texts[i]] += weighted * _shares[i];
            }
        }

        var scale = squares > 0 ? 1f / MathF.Sqrt(squares) : 0f;
        for (var t = 0; t < cosines.Length; t++)
        {
            cosines[t] *= scale;
        }
    }

    private void Fill(IReadOnlyList<WeightedGram[]> texts)
    {
        var next = _starts.AsSpan(0, _starts.Length - 1).ToArray();
        for (var t = 0; t < texts.Count; t++)
        {
            var squares = 0f;
            foreach (var (gram, weight) in texts[t])
            {
                var weighted = weight * _idf[_places[gram]];
                squares += weighted * weighted;
            }

            foreach (var (gram, weight) in texts[t])
            {
                var place = _places[gram];
                _texts[next[place]] = t;
                _shares[next[place]++] = weight * _idf[place] / MathF.Sqrt(squares);
            }
        }
    }
}
