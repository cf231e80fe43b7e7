using SupportBot.Company;

namespace SupportBot.Inquiries;

/// <summary>
/// What can be learnt from a text, as hashes: stems, pairs of neighbouring stems and of stems with one between them (with marks for the
/// text's ends), character 2- to 4-grams within words (with marks for the word's ends), and the thesaurus' concepts. Order numbers, dates and prices differ in every
/// message; their shape is what can be learnt, so every digit counts as zero. Among a hundred thousand features one pair in
/// 2^32 shares a hash, which a classifier does not notice, and hashes need no memory for words.
/// </summary>
internal sealed class FeatureKeys
{
    private const int ShortestGram = 2;
    private const int LongestGram = 4;
    private const ulong StemSeed = 0x9AE16A3B2F90404F;
    private const ulong PairSeed = 0xC949D7C7509E6557;
    private const ulong WidePairSeed = 0xB492B66FBE98F273;
    private const ulong GramSeed = 0xFF51AFD7ED558CCD;
    private const ulong ConceptSeed = 0xC4CEB9FE1A85EC53;
    private const uint End = 0x2545F491;

    private FeatureKeys(uint[] stems, uint[] grams, uint[] concepts)
    {
        (Stems, Grams, Concepts) = (stems, grams, concepts);
        (Pairs, WidePairs) = (PairsOf(stems, 1, PairSeed), PairsOf(stems, 2, WidePairSeed));
    }

    /// <summary>One a word, in order.</summary>
    public uint[] Stems { get; }

    /// <summary>One more than there are words; none for a text without words.</summary>
    public uint[] Pairs { get; }

    /// <summary>Pairs with one stem between them.</summary>
    public uint[] WidePairs { get; }

    public uint[] Grams { get; }

    public uint[] Concepts { get; }

    public static FeatureKeys Of(string text)
    {
        var words = Tokenizer.Words(text);
        var grams = GramsOf(words);
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = LightStemmer.Stem(words[i]);
        }

        var stems = new uint[words.Count];
        for (var i = 0; i < stems.Length; i++)
        {
            stems[i] = Hash(words[i], StemSeed);
        }

        var concepts = Thesaurus.Of(words);
        var conceptKeys = new uint[concepts.Count];
        for (var i = 0; i < conceptKeys.Length; i++)
        {
            conceptKeys[i] = Hash(concepts[i], ConceptSeed);
        }

        return new FeatureKeys(stems, grams, conceptKeys);
    }

    private static uint[] PairsOf(uint[] stems, int distance, ulong seed)
    {
        // One end stands before the first stem and one behind the last.
        var pairs = new uint[stems.Length == 0 ? 0 : Math.Max(0, stems.Length + 2 - distance)];
        for (var i = 0; i < pairs.Length; i++)
        {
            var left = i == 0 ? End : stems[i - 1];
            var right = i + distance - 1 >= stems.Length ? End : stems[i + distance - 1];
            pairs[i] = Fold(Mix(Mix(seed, left), right));
        }

        return pairs;
    }

    private static uint[] GramsOf(List<string> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            for (var size = ShortestGram; size <= LongestGram; size++)
            {
                count += Math.Max(0, word.Length + 2 - size + 1);
            }
        }

        var grams = new uint[count];
        var next = 0;
        foreach (var word in words)
        {
            // Position -1 and the word's length are its marked ends.
            for (var start = -1; start < word.Length; start++)
            {
                var hash = GramSeed;
                for (var size = 1; size <= LongestGram && start + size <= word.Length + 1; size++)
                {
                    var at = start + size - 1;
                    hash = Mix(hash, at < 0 || at == word.Length ? End : Shape(word[at]));
                    if (size >= ShortestGram)
                    {
                        grams[next++] = Fold(hash);
                    }
                }
            }
        }

        return grams;
    }

    private static uint Hash(string word, ulong seed)
    {
        foreach (var c in word)
        {
            seed = Mix(seed, Shape(c));
        }

        return Fold(seed);
    }

    private static char Shape(char c) => char.IsAsciiDigit(c) ? '0' : c;

    private static ulong Mix(ulong hash, uint next)
    {
        hash = (hash ^ next) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private static uint Fold(ulong hash) => (uint)((hash * 0xD6E8FEB86659FD93) >> 32);
}
