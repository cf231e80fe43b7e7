using System.Runtime.InteropServices;

namespace SupportBot.Inquiries;

/// <summary>A text as weights of known features, each once.</summary>
internal readonly record struct FeatureVector(int[] Ids, float[] Weights);

/// <summary>How much of a text is unlike everything that was learnt.</summary>
/// <param name="KnownWords">Share of the words that were seen, 0 to 1.</param>
/// <param name="UnknownMass">Share of the words that were not, by idf: unknown words weigh as the rarest.</param>
/// <param name="UnknownPairs">Share of the neighbouring pairs of words that were not seen.</param>
internal readonly record struct Familiarity(double KnownWords, double UnknownMass, double UnknownPairs);

/// <summary>
/// The features that occur in the texts that were learnt, in three blocks: words and pairs, character n-grams, concepts. In each block a
/// feature weighs (1 + log count) * idf, and the block is scaled to its weight. Words carry meaning, characters forgive misspellings
/// and endings, and concepts reach words that no example holds.
/// </summary>
internal sealed class FeatureSpace
{
    private const float WeightOfWords = 1f;
    private const float WeightOfGrams = 1f;
    private const float WeightOfConcepts = 0.4f;

    // From so many texts on, a pair that occurs in one of them only costs more than it tells.
    private const int ManyTexts = 2_000;

    private readonly Dictionary<uint, int> _places;
    private readonly float[] _idf;
    private readonly float _idfOfUnknown;

    private FeatureSpace(Dictionary<uint, int> places, float[] idf, float idfOfUnknown)
    {
        (_places, _idf, _idfOfUnknown) = (places, idf, idfOfUnknown);
    }

    /// <summary>Number of features.</summary>
    public int Count => _idf.Length;

    /// <summary>The space of the features that occur in the texts.</summary>
    public static FeatureSpace Learn(IReadOnlyCollection<FeatureKeys> texts)
    {
        var occurrences = new Dictionary<uint, Occurrence>();
        var number = 0;
        foreach (var text in texts)
        {
            number++;
            Count(text.Stems, false);
            Count(text.Pairs, true);
            Count(text.WidePairs, true);
            Count(text.Grams, false);
            Count(text.Concepts, false);
        }

        var places = new Dictionary<uint, int>();
        var idf = new List<float>();
        foreach (var (key, seen) in occurrences)
        {
            if (!seen.IsPair || seen.Texts > 1 || texts.Count < ManyTexts)
            {
                places.Add(key, idf.Count);
                idf.Add(Idf(texts.Count, seen.Texts));
            }
        }

        return new FeatureSpace(places, [.. idf], Idf(texts.Count, 0));

        void Count(uint[] keys, bool pairs)
        {
            foreach (var key in keys)
            {
                ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(occurrences, key, out _);
                seen = seen.LastText == number ? seen : new Occurrence(seen.Texts + 1, number, pairs);
            }
        }
    }

    /// <summary>The known features of a text.</summary>
    public FeatureVector Extract(FeatureKeys keys)
    {
        var most = keys.Stems.Length + keys.Pairs.Length + keys.WidePairs.Length + keys.Grams.Length + keys.Concepts.Length;
        var (ids, weights) = (new int[most], new float[most]);
        var words = AddKnown(keys.WidePairs, ids, AddKnown(keys.Pairs, ids, AddKnown(keys.Stems, ids, 0)));
        words = Weigh(ids, weights, 0, words, WeightOfWords);
        var count = Weigh(ids, weights, words, AddKnown(keys.Grams, ids, words), WeightOfGrams);
        count = Weigh(ids, weights, count, AddKnown(keys.Concepts, ids, count), WeightOfConcepts);
        return new FeatureVector(ids[..count], weights[..count]);
    }

    /// <summary>How much of a text is known.</summary>
    public Familiarity FamiliarityOf(FeatureKeys keys)
    {
        if (keys.Stems.Length == 0)
        {
            return new Familiarity(0, 1, 1);
        }

        var (known, unknownMass, mass) = (0, 0f, 0f);
        foreach (var stem in keys.Stems)
        {
            if (_places.TryGetValue(stem, out var place))
            {
                known++;
                mass += _idf[place];
            }
            else
            {
                unknownMass += _idfOfUnknown;
                mass += _idfOfUnknown;
            }
        }

        var unknownPairs = 0;
        foreach (var pair in keys.Pairs)
        {
            unknownPairs += _places.ContainsKey(pair) ? 0 : 1;
        }

        return new Familiarity((double)known / keys.Stems.Length, unknownMass / mass, (double)unknownPairs / keys.Pairs.Length);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_idfOfUnknown);
        writer.Write(_idf.Length);
        foreach (var (key, place) in _places.OrderBy(entry => entry.Value))
        {
            writer.Write(key);
            writer.Write(_idf[place]);
        }
    }

    public static FeatureSpace Read(BinaryReader reader)
    {
        var idfOfUnknown = reader.ReadSingle();
        var idf = new float[reader.ReadInt32()];
        var places = new Dictionary<uint, int>(idf.Length);
        for (var i = 0; i < idf.Length; i++)
        {
            places.Add(reader.ReadUInt32(), i);
            idf[i] = reader.ReadSingle();
        }

        return new FeatureSpace(places, idf, idfOfUnknown);
    }

    private static float Idf(int texts, int occurrences) => MathF.Log((1f + texts) / (1f + occurrences)) + 1f;

    private int AddKnown(uint[] keys, int[] ids, int start)
    {
        foreach (var key in keys)
        {
            if (_places.TryGetValue(key, out var place))
            {
                ids[start++] = place;
            }
        }

        return start;
    }

    /// <summary>Makes one block of the ids from start to end: each once, weighed and scaled; the end of what is left.</summary>
    private int Weigh(int[] ids, float[] weights, int start, int end, float blockWeight)
    {
        Array.Sort(ids, start, end - start);
        var (next, squares) = (start, 0f);
        for (var i = start; i < end; next++)
        {
            var (id, first) = (ids[i], i);
            while (i < end && ids[i] == id)
            {
                i++;
            }

            var count = i - first;
            ids[next] = id;
            weights[next] = count == 1 ? _idf[id] : (1f + MathF.Log(count)) * _idf[id];
            squares += weights[next] * weights[next];
        }

        var scale = squares > 0 ? blockWeight / MathF.Sqrt(squares) : 0f;
        for (var i = start; i < next; i++)
        {
            weights[i] *= scale;
        }

        return next;
    }

    private readonly record struct Occurrence(int Texts, int LastText, bool IsPair);
}
