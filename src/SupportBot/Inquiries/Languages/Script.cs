namespace SupportBot.Inquiries.Languages;

/// <summary>Scripts by the blocks of Unicode that customers' messages use.</summary>
internal static class Script
{
    public const string Latin = "Latin";
    public const string Cyrillic = "Cyrillic";
    public const string Han = "Han";

    // Block, script, and the language that has it to itself among those that are told apart. Kana counts as Han: Japanese mixes them.
    private static readonly (char First, char Last, string Script, string Language)[] Blocks =
    [
        ('A', 'Z', Latin, ""), ('a', 'z', Latin, ""), ('\u00c0', '\u024f', Latin, ""), ('\u1e00', '\u1eff', Latin, ""),
        ('\u0370', '\u03ff', "Greek", "el"), ('\u1f00', '\u1fff', "Greek", "el"),
        ('\u0400', '\u052f', Cyrillic, ""),
        ('\u0590', '\u05ff', "Hebrew", "he"),
        ('\u0600', '\u06ff', "Arabic", "ar"), ('\u0750', '\u077f', "Arabic", "ar"), ('\ufb50', '\ufdff', "Arabic", "ar"), ('\ufe70', '\ufeff', "Arabic", "ar"),
        ('\u0e00', '\u0e7f', "Thai", "th"),
        ('\u1100', '\u11ff', "Hangul", "ko"), ('\uac00', '\ud7a3', "Hangul", "ko"),
        ('\u3040', '\u30ff', Han, ""), ('\u3400', '\u4dbf', Han, ""), ('\u4e00', '\u9fff', Han, ""),
    ];

    private const double LettersForHalf = 0.5;

    // A syllable or a character of these says as much as several letters.
    private const int LettersOfASyllable = 3;

    private static readonly int[] FirstOfScript = [.. Blocks.Select(block => Array.FindIndex(Blocks, b => b.Script == block.Script))];

    /// <summary>
    /// The script of most letters, with the share of them that it has, less when they are few; null for a text without any.
    /// </summary>
    public static (string Script, double Certainty)? MainOf(string text)
    {
        Span<int> letters = stackalloc int[Blocks.Length];
        var (all, main) = (0, 0);
        foreach (var c in text)
        {
            for (var b = 0; b < Blocks.Length; b++)
            {
                if (c >= Blocks[b].First && c <= Blocks[b].Last)
                {
                    var weight = Blocks[b].Script is Han or "Hangul" ? LettersOfASyllable : 1;
                    var script = FirstOfScript[b];
                    letters[script] += weight;
                    all += weight;
                    main = letters[script] > letters[main] ? script : main;
                    break;
                }
            }
        }

        return all == 0 ? null : (Blocks[main].Script, letters[main] / (all + LettersForHalf));
    }

    /// <summary>The language of a script that only one has.</summary>
    public static string LanguageOf(string script) => Blocks.First(b => b.Script == script).Language;
}
