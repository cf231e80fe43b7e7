using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SupportBot.Workflows;

/// <summary>
/// Texts from other systems and from customers, made fit to be said by the bot: they can hold no formatting, no link and nothing that is not
/// seen. What remains is words.
/// </summary>
public static partial class UntrustedText
{
    /// <summary>Longer values are cut.</summary>
    public const int LongestValue = 300;

    private const string MarkdownCharacters = "*_`[]<>#|~\\!";

    /// <summary>One line of visible characters, cut to <paramref name="longest"/>.</summary>
    public static string Clean(string text, int longest = LongestValue)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (IsVisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>A cleaned text that stays plain words wherever Markdown is read and addresses become links.</summary>
    public static string Plain(string text)
    {
        var withoutLinks = Links().Replace(Clean(text), "(link left out)");
        var words = string.Concat(withoutLinks.Where(c => !MarkdownCharacters.Contains(c)));

        // "shop.example" alone becomes a link on some channels; with a space it is two words.
        return DotsInNames().Replace(words, ". ").Trim();
    }

    // Formats hold what turns the direction of writing and what joins or splits without being seen.
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;

    [GeneratedRegex(@"(?:\b[a-z][a-z0-9+.-]{1,30}:/+|\bmailto:|\bjavascript:|\bdata:|\bwww\.)\S*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}-]{2})\.(?=\p{L}{2})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex DotsInNames();
}
