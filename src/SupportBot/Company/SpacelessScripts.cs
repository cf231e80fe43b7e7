namespace SupportBot.Company;

/// <summary>
/// Scripts whose words cannot be told by spaces: Chinese and Japanese by pairs of characters, Korean likewise (its endings hang on the
/// words), Thai, Lao, Burmese and Khmer by triples, since a syllable has several characters there. A text and a question are cut alike, so
/// their common words leave common pairs.
/// </summary>
internal static class SpacelessScripts
{
    private const int PairLength = 2;
    private const int TripleLength = 3;

    /// <summary>Whether a character is of such a script; only the basic plane, which holds what people write every day.</summary>
    public static bool Holds(char c) => LengthFor(c) > 0;

    /// <summary>Adds a run of letters to <paramref name="words"/>: pieces of other scripts whole, pieces of these cut.</summary>
    public static void Cut(string run, List<string> words)
    {
        var start = 0;
        while (start < run.Length)
        {
            var length = LengthFor(run[start]);
            var end = start + 1;
            while (end < run.Length && LengthFor(run[end]) == length)
            {
                end++;
            }

            if (length == 0)
            {
                words.Add(run[start..Math.Min(end, start + Tokenizer.LongestWord)]);
            }
            else
            {
                AddGrams(run.AsSpan(start, end - start), length, words);
            }

            start = end;
        }
    }

    private static void AddGrams(ReadOnlySpan<char> piece, int length, List<string> words)
    {
        for (var i = 0; i == 0 || i + length <= piece.Length; i++)
        {
            words.Add(piece.Slice(i, Math.Min(length, piece.Length - i)).ToString());
        }
    }

    private static int LengthFor(char c) => c switch
    {
        < '\u0e00' => 0,
        <= '\u0eff' or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u17ff') => TripleLength,
        >= '\u3040' and <= '\u30ff' => PairLength,
        >= '\u3400' and <= '\u4dbf' => PairLength,
        >= '\u4e00' and <= '\u9fff' => PairLength,
        >= '\uac00' and <= '\ud7af' => PairLength,
        >= '\uf900' and <= '\ufaff' => PairLength,
        _ => 0,
    };
}
