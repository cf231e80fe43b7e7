using System.Runtime.InteropServices;
using SupportBot.Company;

namespace SupportBot.Inquiries;

/// <summary>A text as weights of known features, ordered as they first occur.</summary>
internal readonly record struct FeatureVector(int[] Ids, float[] Weights);

/// <summary>
/// The features of a text in three blocks: stemmed words and pairs of neighbouring words (with marks for the text's ends), character
/// 2- to 4-grams within words (with marks for the word's ends), and the concepts of the thesaurus. In each block a feature weighs
/// (1 + log count) * idf, and the block is scaled to its weight. Words carry meaning, characters forgive misspellings and endings, and
/// concepts reach words that no example holds.
/// </summary>
internal sealed class FeatureSpace
{
    private const char Edge = '\u0002';
    private const char Gap = '\u0003';
    private const int ShortestGram = 2;
    private const int LongestGram = 4;

    private static readonly (Func<List<string>, IEnumerable<string>> Features, float Weight)[] Readings =
    [
        (WordFeatures, 1f),
        (GramFeatures, 0.7f),
        (Thesaurus.Of, 0.4f),
    ];

    private readonly Dictionary<string, int>[] _blocks;
    private readonly float[] _idf;

    private FeatureSpace(Dictionary<string, int>[] blocks, float[] idf)
    {
        (_blocks, _idf) = (blocks, idf);
    }

    /// <summary>Number of features.</summary>
    public int Count => _idf.Length;

    /// <summary>The space of all features that occur in the texts.</summary>
    public static FeatureSpace Learn(IReadOnlyList<string> texts)
    {
        var blocks = Readings.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var stems = Stems(text);
            for (var b = 0; b < blocks.Length; b++)
            {
                CountEach(Readings[b].Features(stems), seen, blocks[b]);
            }
        }

        // The counts of documents become idf by position, then the dictionaries hold positions.
        var idf = new float[blocks.Sum(block => block.Count)];
        var next = 0;
        foreach (var block in blocks)
        {
            foreach (var feature in block.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                idf[next] = Idf(texts.Count, block[feature]);
                block[feature] = next++;
            }
        }

        return new FeatureSpace(blocks, idf);
    }

    /// <summary>The features of a text.</summary>
    public FeatureVector Extract(string text)
    {
        var stems = Stems(text);
        var ids = new List<int>();
        var weights = new List<float>();
        for (var b = 0; b < _blocks.Length; b++)
        {
            AddBlock(_blocks[b], Readings[b].Features(stems), Readings[b].Weight, ids, weights);
        }

        return new FeatureVector([.. ids], [.. weights]);
    }

    /// <summary>Share of the text's words that the space knows; 0 for a text without words.</summary>
    public double KnownWordShare(string text)
    {
        var stems = Stems(text);
        return stems.Count == 0 ? 0 : (double)stems.Count(_blocks[0].ContainsKey) / stems.Count;
    }

    public void Write(BinaryWriter writer)
    {
        foreach (var block in _blocks)
        {
            writer.Write(block.Count);
            foreach (var (feature, id) in block.OrderBy(entry => entry.Value))
            {
                writer.Write(feature);
                writer.Write(_idf[id]);
            }
        }
    }

    public static FeatureSpace Read(BinaryReader reader)
    {
        var idf = new List<float>();
        var blocks = new Dictionary<string, int>[Readings.Length];
        for (var b = 0; b < blocks.Length; b++)
        {
            var count = reader.ReadInt32();
            blocks[b] = new Dictionary<string, int>(count, StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
            {
                blocks[b].Add(reader.ReadString(), idf.Count);
                idf.Add(reader.ReadSingle());
            }
        }

        return new FeatureSpace(blocks, [.. idf]);
    }

    // Order numbers, dates and prices differ in every message; their shape is what can be learnt.
    private static List<string> Stems(string text)
    {
        var stems = Tokenizer.Stems(text);
        for (var i = 0; i < stems.Count; i++)
        {
            if (stems[i].AsSpan().ContainsAnyInRange('0', '9'))
            {
                stems[i] = string.Create(stems[i].Length, stems[i], (shape, word) =>
                {
                    for (var c = 0; c < word.Length; c++)
                    {
                        shape[c] = char.IsAsciiDigit(word[c]) ? '0' : word[c];
                    }
                });
            }
        }

        return stems;
    }

    private static float Idf(int texts, int occurrences) => MathF.Log((1f + texts) / (1f + occurrences)) + 1f;

    private static IEnumerable<string> WordFeatures(List<string> stems)
    {
        for (var i = 0; i <= stems.Count; i++)
        {
            var left = i == 0 ? Edge.ToString() : stems[i - 1];
            var right = i == stems.Count ? Edge.ToString() : stems[i];
            yield return string.Concat(left, Gap.ToString(), right);
            if (i < stems.Count)
            {
                yield return right;
            }
        }
    }

    private static IEnumerable<string> GramFeatures(List<string> stems)
    {
        foreach (var stem in stems)
        {
            var word = string.Concat(Edge.ToString(), stem, Edge.ToString());
            for (var size = ShortestGram; size <= LongestGram; size++)
            {
                for (var start = 0; start + size <= word.Length; start++)
                {
                    yield return word.Substring(start, size);
                }
            }
        }
    }

    private static void CountEach(IEnumerable<string> features, HashSet<string> seen, Dictionary<string, int> counts)
    {
        seen.Clear();
        foreach (var feature in features)
        {
            if (seen.Add(feature))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, feature, out _)++;
            }
        }
    }

    private void AddBlock(Dictionary<string, int> block, IEnumerable<string> features, float blockWeight, List<int> ids, List<float> weights)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var feature in features)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, feature, out _)++;
        }

        var start = ids.Count;
        var squares = 0f;
        foreach (var (feature, count) in counts)
        {
            if (block.TryGetValue(feature, out var id))
            {
                var weight = (1f + MathF.Log(count)) * _idf[id];
                ids.Add(id);
                weights.Add(weight);
                squares += weight * weight;
            }
        }

        var scale = squares > 0 ? blockWeight / MathF.Sqrt(squares) : 0f;
        for (var i = start; i < weights.Count; i++)
        {
            weights[i] *= scale;
        }
    }
}
