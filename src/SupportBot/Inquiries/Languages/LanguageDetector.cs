using System.Buffers;
using SupportBot.Company;

namespace SupportBot.Inquiries.Languages;

/// <summary>
/// Tells a message's language. A script that one language has to itself says it at once (Greek, Hebrew, Thai, kana, hangul); otherwise
/// the small words that every sentence needs, the letters that only some languages have, and typical endings vote. Names, products and
/// numbers have no vote, so that "ok" and "TT-123456" stay unknown. Linear in the text, of which only the beginning is read.
/// </summary>
public static class LanguageDetector
{
    /// <summary>Longer texts are cut: the beginning says it.</summary>
    public const int LongestRead = 1_000;

    // What speaks for a language before its probability is worth telling, and how fast it grows with what speaks for it.
    private const double LeastEvidence = 1.5;
    private const double EvidenceForHalf = 1.0;

    private static readonly SearchValues<char> Kana = SearchValues.Create([.. Enumerable.Range('\u3041', '\u30ff' - '\u3041').Select(c => (char)c)]);

    /// <summary>The language of a text.</summary>
    public static LanguageGuess Detect(string text)
    {
        var read = text.Length > LongestRead ? text[..LongestRead] : text;
        return Script.MainOf(read) switch
        {
            null => LanguageGuess.Unknown,
            (Script.Latin, _) => Vote(read, LanguageProfile.Latin),
            (Script.Cyrillic, _) => Vote(read, LanguageProfile.Cyrillic),
            (Script.Han, var certainty) => new LanguageGuess(read.AsSpan().ContainsAny(Kana) ? "ja" : "zh", certainty),
            var (script, certainty) => new LanguageGuess(Script.LanguageOf(script), certainty),
        };
    }

    private static LanguageGuess Vote(string text, IReadOnlyList<LanguageProfile> profiles)
    {
        var words = Tokenizer.Words(text);
        Span<double> votes = stackalloc double[profiles.Count];
        for (var i = 0; i < votes.Length; i++)
        {
            foreach (var word in words)
            {
                votes[i] += profiles[i].VoteOf(word);
            }
        }

        var (best, most, second) = (0, 0.0, 0.0);
        for (var i = 0; i < votes.Length; i++)
        {
            if (votes[i] > most)
            {
                (best, most, second) = (i, votes[i], most);
            }
            else
            {
                second = Math.Max(second, votes[i]);
            }
        }

        var lead = most - second;
        return most < LeastEvidence || lead <= 0
            ? LanguageGuess.Unknown
            : new LanguageGuess(profiles[best].Tag, lead / (lead + EvidenceForHalf));
    }
}
