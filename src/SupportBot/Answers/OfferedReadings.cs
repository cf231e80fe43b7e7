using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>What a reply to "is it one of these?" means.</summary>
internal static class OfferedReadings
{
    private static readonly string[][] Places = [["1", "one", "first"], ["2", "two", "second"], ["3", "three", "third"]];
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal) { "the", "a", "an", "one", "i", "it", "is", "its", "mean", "yes", "please", "option", "number", "my" };

    /// <summary>The reading that a text picks: by its button, its place, or words that only it has.</summary>
    public static ReplyOption? Chosen(string text, IReadOnlyList<ReplyOption> offered)
    {
        var readings = offered.Where(o => o.Intent is not null || o.Article is not null).ToArray();
        if (readings.Length == 0)
        {
            return null;
        }

        if (readings.FirstOrDefault(o => Cues.Same(text, o.Value) || Cues.Same(text, o.Title)) is { } clicked)
        {
            return clicked;
        }

        var words = Tokenizer.Words(text);
        for (var place = 0; place < Math.Min(readings.Length, Places.Length); place++)
        {
            if (words.Any(Places[place].Contains) && words.All(w => Fillers.Contains(w) || Places[place].Contains(w)))
            {
                return readings[place];
            }
        }

        var telling = words.Where(w => !Fillers.Contains(w)).Select(LightStemmer.Stem).ToArray();
        var holding = telling.Length == 0 ? [] : readings.Where(o => telling.All(Tokenizer.Stems(o.Title).Contains)).ToArray();
        return holding.Length == 1 ? holding[0] : null;
    }

    /// <summary>The inquiry when the customer has said which intent it is.</summary>
    public static Inquiry WithCertainIntent(Inquiry inquiry, string intent) => inquiry with
    {
        Predictions =
        [
            .. inquiry.Predictions.Where(p => p.Intent.Name == intent).Select(p => p with { Probability = 1 }),
            .. inquiry.Predictions.Where(p => p.Intent.Name != intent).Select(p => p with { Probability = 0 }),
        ],
    };

    /// <summary>The articles that belong to the reading.</summary>
    public static IReadOnlyList<RankedArticle> Within(IReadOnlyList<RankedArticle> ranked, ReplyOption chosen, IReadOnlyList<Intent> intents)
    {
        IReadOnlyList<string> slugs = chosen.Article is { } slug
            ? [slug]
            : intents.FirstOrDefault(i => i.Name == chosen.Intent)?.Articles ?? [];
        return [.. ranked.Where(r => slugs.Contains(r.Article.Slug))];
    }
}
