using System.Globalization;
using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Knowledge.Checking;

/// <summary>
/// Sentences of two articles that say much the same in other numbers: "return it within 30 days" and "60 days to return it". A sentence's
/// words without its numbers and units tell what it is about, rare ones more than common ones. Where either article also gives the other's number for the same matter, it
/// tells cases apart and does not contradict. English units and currencies.
/// </summary>
public static partial class ContradictionCheck
{
    private const double MuchTheSame = 0.5;
    private const int FewestSharedWords = 3;

    private sealed record Fact(Article Article, string Sentence, string Unit, decimal Number, HashSet<string> About);

    /// <summary>The contradictions, each pair of sentences once.</summary>
    public static IEnumerable<Finding> Run(IReadOnlyList<Article> articles)
    {
        var facts = articles.SelectMany(Facts).ToArray();
        var articlesWithWord = facts.SelectMany(f => f.About.Select(word => (word, f.Article.Slug))).Distinct().CountBy(w => w.word).ToDictionary(w => w.Key, w => w.Value, StringComparer.Ordinal);
        var matter = new Matter(articles.Count, articlesWithWord);
        var told = new HashSet<(string, string)>();
        foreach (var unit in facts.GroupBy(f => f.Unit))
        {
            var same = unit.ToArray();
            for (var i = 0; i < same.Length; i++)
            {
                for (var j = i + 1; j < same.Length; j++)
                {
                    var (one, other) = (same[i], same[j]);
                    if (MayContradict(one, other) && matter.IsOne(one, other) && !TellsBoth(one, other.Number, same, matter)
                        && !TellsBoth(other, one.Number, same, matter) && told.Add((one.Sentence, other.Sentence)))
                    {
                        yield return new Finding(FindingKind.Contradiction, one.Article.Slug, other.Article.Slug, $"\"{one.Sentence}\" and \"{other.Sentence}\"");
                    }
                }
            }
        }
    }

    private static bool MayContradict(Fact one, Fact other) =>
        one.Article.Slug != other.Article.Slug && one.Article.Locale == other.Article.Locale && one.Number != other.Number;

    private static bool TellsBoth(Fact fact, decimal number, IEnumerable<Fact> ofUnit, Matter matter) =>
        ofUnit.Any(f => ReferenceEquals(f.Article, fact.Article) && f.Number == number && (f.Sentence == fact.Sentence || matter.IsOne(f, fact)));

    /// <summary>Whether two facts are about one matter: by the weight of their common words among all their words.</summary>
    private sealed class Matter(int articles, Dictionary<string, int> articlesWithWord)
    {
        public bool IsOne(Fact one, Fact other)
        {
            var shared = one.About.Where(other.About.Contains).ToArray();
            return shared.Length >= FewestSharedWords && shared.Sum(Weight) >= MuchTheSame * one.About.Union(other.About).Sum(Weight);
        }

        private double Weight(string word) => Math.Log(1 + ((double)articles / articlesWithWord[word]));
    }

    private static IEnumerable<Fact> Facts(Article article)
    {
        foreach (var passage in article.Passages)
        {
            foreach (var sentence in passage.Sentences.Select(s => s.Text))
            {
                var about = StopWords.Without(Tokenizer.Words(Quantity().Replace(sentence, " "))).Select(LightStemmer.Stem).ToHashSet(StringComparer.Ordinal);
                foreach (var (unit, number) in Quantity().Matches(sentence).SelectMany(m => m.Groups["number"].Captures.Select(n => (m.Groups["unit"].Value, ToNumber(n.Value)))))
                {
                    if (number is { } known)
                    {
                        yield return new Fact(article, sentence, LightStemmer.Stem(unit.ToLowerInvariant()), known, about);
                    }
                }
            }
        }
    }

    private static decimal? ToNumber(string text) =>
        decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"(?<unit>EUR|USD|GBP|€|£|\$) ?(?<number>\d[\d,]*(\.\d+)?)|\b((?<number>\d[\d,]*(\.\d+)?) ?(to|or|and|-|–) ?)?(?<number>\d[\d,]*(\.\d+)?) ?(?<unit>working days|business days|days?|weeks?|months?|years?|hours?|minutes?|%|percent|kg|g|cm|mm|m|km|litres?|euros?|points?)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        500)]
    private static partial Regex Quantity();
}
