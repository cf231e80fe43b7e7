using System.Globalization;
using System.Text;

namespace SupportBot.Company;

/// <summary>
/// Cuts a text into words: Unicode compatibility form, lower case, runs of letters, marks and digits. An apostrophe inside a word is
/// dropped, so that "don't" and "dont" are one word. Where a script leaves no spaces between words, or hangs endings on them as Korean does,
/// overlapping pairs (or triples) of characters stand for words. It lives beside the company's files because intents and articles must be
/// cut alike.
/// </summary>
public static class Tokenizer
{
    /// <summary>Longer runs are cut: they are no words, and one message must not fill a vocabulary.</summary>
    public const int LongestWord = 40;

    /// <summary>The words of a text in order, unstemmed.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var plain = Normalize(text);
        for (var i = 0; i < plain.Length; i++)
        {
            var c = plain[i];
            if (IsWordPart(c))
            {
                // A sentence without spaces is no long word.
                if (word.Length < LongestWord || SpacelessScripts.Holds(c))
                {
                    word.Append(c);
                }
            }
            else if (!(IsApostrophe(c) && word.Length > 0 && i + 1 < plain.Length && IsWordPart(plain[i + 1])))
            {
                Flush(word, words);
            }
        }

        Flush(word, words);
        return words;
    }

    /// <summary>The stems of a text's words in order.</summary>
    public static List<string> Stems(string text)
    {
        var words = Words(text);
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = LightStemmer.Stem(words[i]);
        }

        return words;
    }

    /// <summary>Whether a text holds characters that <see cref="Words"/> cuts into pairs or triples.</summary>
    public static bool HasSpacelessScript(string text) => !Ascii.IsValid(text) && text.Any(SpacelessScripts.Holds);

    private static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        // A lone surrogate has no normal form; what a customer pastes must not end the turn.
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            sound.Append(rune.ToString());
        }

        return sound.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    private static bool IsWordPart(char c) =>
        char.IsAsciiLetterOrDigit(c)
        || (c > '\u007f' && (char.IsLetterOrDigit(c) || char.IsSurrogate(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02bc';

    private static void Flush(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
        {
            SpacelessScripts.Cut(word.ToString(), words);
            word.Clear();
        }
    }
}
