using System.Globalization;
using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Knowledge.Checking;

/// <summary>
/// Sentences of two articles that say much the same in other numbers: "return it within 30 days" and "60 days to return it". A sentence's
/// words without its numbers and units tell what it is about. Where either article also gives the other's number for the same matter, it
/// tells cases apart and does not contradict. English units and currencies.
/// </summary>
public static partial class ContradictionCheck
{
    private const double MuchTheSame = 0.6;
    private const int FewestSharedWords = 3;

    private sealed record Fact(Article Article, string Sentence, string Unit, decimal Number, HashSet<string> About);

    /// <summary>The contradictions, each pair of sentences once.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Article> articles)
    {
        var facts = articles.SelectMany(Facts).ToArray();
        var told = new HashSet<(string, string)>();
        foreach (var unit in facts.GroupBy(f => f.Unit))
        {
            var same = unit.ToArray();
            for (var i = 0; i < same.Length; i++)
            {
                for (var j = i + 1; j < same.Length; j++)
                {
                    var (one, other) = (same[i], same[j]);
                    if (Contradict(one, other) && !TellsBoth(one, other.Number, same) && !TellsBoth(other, one.Number, same) && told.Add((one.Sentence, other.Sentence)))
                    {
                        yield return new Finding(FindingKind.Contradiction, one.Article.Slug, other.Article.Slug, $"\"{one.Sentence}\" and \"{other.Sentence}\"");
                    }
                }
            }
        }
    }

    private static bool Contradict(Fact one, Fact other) =>
        one.Article.Slug != other.Article.Slug && one.Article.Locale == other.Article.Locale && one.Number != other.Number && AreAboutTheSame(one, other);

    private static bool AreAboutTheSame(Fact one, Fact other)
    {
        var shared = one.About.Count(other.About.Contains);
        return shared >= FewestSharedWords && shared >= MuchTheSame * Math.Min(one.About.Count, other.About.Count)
            && shared >= MuchTheSame / 1.5 * Math.Max(one.About.Count, other.About.Count);
    }

    private static bool TellsBoth(Fact fact, decimal number, IEnumerable<Fact> ofUnit) =>
        ofUnit.Any(f => ReferenceEquals(f.Article, fact.Article) && f.Number == number && (f.Sentence == fact.Sentence || AreAboutTheSame(f, fact)));

    private static IEnumerable<Fact> Facts(Article article)
    {
        foreach (var passage in article.Passages)
        {
            foreach (var sentence in passage.Sentences.Select(s => s.Text))
            {
                var about = StopWords.Without(Tokenizer.Words(Quantity().Replace(sentence, " "))).Select(LightStemmer.Stem).ToHashSet(StringComparer.Ordinal);
                foreach (Match match in Quantity().Matches(sentence))
                {
                    if (ToNumber(match.Groups["number"].Value) is { } number)
                    {
                        yield return new Fact(article, sentence, LightStemmer.Stem(match.Groups["unit"].Value.ToLowerInvariant()), number, about);
                    }
                }
            }
        }
    }

    private static decimal? ToNumber(string text) =>
        decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"(?<unit>EUR|USD|GBP|€|£|\$) ?(?<number>\d[\d,]*(\.\d+)?)|\b(?<number>\d[\d,]*(\.\d+)?) ?(?<unit>working days|business days|days?|weeks?|months?|years?|hours?|minutes?|%|percent|kg|g|cm|mm|m|km|litres?|euros?|points?)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500)]
    private static partial Regex Quantity();
}
