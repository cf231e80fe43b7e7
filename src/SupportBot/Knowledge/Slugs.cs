using System.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>Slugs for articles that have no file of their own.</summary>
internal static class Slugs
{
    private const int Longest = 60;

    /// <summary>A slug of a title, made of ASCII letters and digits; of another name where the title has none; numbered where it is taken.</summary>
    /// <param name="title">The title.</param>
    /// <param name="otherwise">What a slug is made of when the title gives none.</param>
    /// <param name="scope">What may be taken beside the slug without conflict, such as a locale.</param>
    /// <param name="taken">The slugs with their scope so far; the new one is added.</param>
    public static string Unique(string title, string otherwise, string scope, HashSet<string> taken)
    {
        var plain = Of(title) is { Length: > 0 } slug ? slug : Of(otherwise) is { Length: > 0 } other ? other : "article";
        var unique = plain;
        for (var number = 2; !taken.Add(unique + scope); number++)
        {
            unique = $"{plain}-{number}";
        }

        return unique;
    }

    private static string Of(string text)
    {
        var slug = new StringBuilder();
        foreach (var word in Tokenizer.Words(text.Normalize(NormalizationForm.FormD)).Select(w => new string([.. w.Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetterOrDigit)])).Where(w => w != ""))
        {
            if (slug.Length + word.Length >= Longest)
            {
                break;
            }

            slug.Append(slug.Length > 0 ? "-" : "").Append(word);
        }

        return slug.ToString();
    }
}
