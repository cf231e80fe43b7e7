using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace SupportBot.Knowledge.Checking;

/// <summary>Articles that nobody has touched for a year, and offers or rules "until" a day that has passed. Days without a year come again and are left alone.</summary>
public static partial class StaleCheck
{
    private static readonly Period Old = Period.FromYears(1);

    private static readonly LocalDatePattern[] Written =
    [
        .. new[] { "d MMMM uuuu", "d MMM uuuu", "MMMM d uuuu", "MMM d uuuu", "uuuu-MM-dd" }.Select(p => LocalDatePattern.Create(p, CultureInfo.InvariantCulture)),
    ];

    /// <summary>What is stale on a day.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Article> articles, LocalDate today)
    {
        foreach (var article in articles)
        {
            if (article.Updated != default && article.Updated + Old < today)
            {
                yield return new Finding(FindingKind.Stale, article.Slug, null, $"nobody has changed the article since {Iso(article.Updated)}");
            }

            foreach (var text in article.Passages.SelectMany(p => p.Sentences).Select(s => s.Text))
            {
                foreach (Match match in Until().Matches(text))
                {
                    if (ToDate(match.Groups["date"].Value) is { } date && date < today)
                    {
                        yield return new Finding(FindingKind.Stale, article.Slug, null, $"{Iso(date)} has passed: \"{text}\"");
                    }
                }
            }
        }
    }

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static LocalDate? ToDate(string text)
    {
        var plain = Ordinal().Replace(text, "").Replace(",", "", StringComparison.Ordinal);
        return Written.Select(pattern => pattern.Parse(plain)).FirstOrDefault(r => r.Success)?.Value;
    }

    [GeneratedRegex(
        @"\b(until|till|by|before|through|up to|valid to|ends?( on)?) (the )?(?<date>\d{4}-\d\d-\d\d|\d{1,2}(st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8} \d{1,2}(st|nd|rd|th)?,? \d{4})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500)]
    private static partial Regex Until();

    [GeneratedRegex(@"(?<=\d)(st|nd|rd|th)\b", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Ordinal();
}
