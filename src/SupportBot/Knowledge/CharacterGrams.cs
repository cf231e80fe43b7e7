using System.Runtime.InteropServices;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>
/// The character 3- and 4-grams of a text's telling words, with marks for the words' ends: the reading of a text that survives
/// misspellings and endings.
/// </summary>
internal static class CharacterGrams
{
    private const int Shortest = 3;
    private const int Longest = 4;

    /// <summary>How often each gram occurs, by the gram's hash.</summary>
    public static Dictionary<int, int> Count(string text) => Count(StopWords.Without(Tokenizer.Words(text)));

    /// <summary>The same for words that were cut before.</summary>
    public static Dictionary<int, int> Count(IEnumerable<string> words)
    {
        var counts = new Dictionary<int, int>();
        Span<char> marked = stackalloc char[Tokenizer.LongestWord + 4];
        foreach (var word in words)
        {
            var length = Math.Min(word.Length, marked.Length - 2);
            marked[0] = ' ';
            word.AsSpan(0, length).CopyTo(marked[1..]);
            marked[length + 1] = ' ';
            for (var size = Shortest; size <= Longest; size++)
            {
                for (var start = 0; start + size <= length + 2; start++)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, TermHash.Of(marked.Slice(start, size)), out _)++;
                }
            }
        }

        return counts;
    }
}
