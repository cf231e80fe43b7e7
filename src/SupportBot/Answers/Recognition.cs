using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// The two classifiers side by side: one over the intents' examples, one over the articles' phrasings, and what they say about articles.
/// </summary>
internal sealed class Recognition(IntentRecognizer intents, IntentRecognizer articles)
{
    // An article's place in an intent's list says how well it answers.
    private static readonly double[] PlaceWeights = [1, 0.75, 0.6, 0.5];

    private const double WeightOfQuestion = 1;

    // What an article found for the text says about the intents that list it, in logits per unit of its score, and the temperature of the
    // two together: chosen by likelihood on examples held out in five folds.
    private const double LogitsPerScore = 1;
    private const double FusedTemperature = 1.5;
    private const double LessWhenNotFirst = 0.85;

    private const double WeightOfOwnSentence = 0.5;

    public IntentRecognizer Intents => intents;

    public IntentRecognizer Articles => articles;

    /// <summary>The articles as classes of a recognizer: their title, questions and further phrasings are the examples.</summary>
    public static IReadOnlyList<Intent> AsClasses(
        IReadOnlyList<Article> articles, IReadOnlyDictionary<string, IReadOnlyList<string>> phrasings) =>
        [.. articles.Select(a => new Intent(a.Slug, a.Title, [a.Slug], [.. a.Questions, .. phrasings.GetValueOrDefault(a.Slug) ?? []]))];

    /// <summary>Further phrasings by slug: an intent's examples are phrasings of the article that it lists first.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Phrasings(IEnumerable<Intent> intents) =>
        intents.Where(i => i.Articles.Count > 0).GroupBy(i => i.Articles[0], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.SelectMany(i => i.Examples)], StringComparer.Ordinal);

    /// <summary>The articles' sentences for their own classes.</summary>
    public static IReadOnlyList<RelatedText> Sentences(IReadOnlyList<Article> articles) =>
    [
        .. articles.SelectMany(a => a.Passages.SelectMany(p => p.Sentences.Select(s => $"{p.Heading} {s.Text}"))
            .Select(text => new RelatedText(text, [a.Slug], WeightOfOwnSentence))),
    ];

    /// <summary>The articles' titles and questions for the intents that list them.</summary>
    public static IReadOnlyList<RelatedText> Related(IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents)
    {
        var listing = intents.SelectMany(i => i.Articles.Select(slug => (Slug: slug, i.Name))).ToLookup(x => x.Slug, x => x.Name, StringComparer.Ordinal);
        var related = new List<RelatedText>();
        foreach (var article in articles)
        {
            string[] names = [.. listing[article.Slug]];
            related.AddRange(article.Questions.Prepend(article.Title).Select(text => new RelatedText(text, names, WeightOfQuestion)));
        }

        return related;
    }

    /// <summary>A text's intents and articles, each in the light of the other; articles in the version that suits the locale.</summary>
    public (Inquiry Inquiry, IReadOnlyList<RankedArticle> Ranked) Understand(
        string text, KnowledgeIndex index, string? locale = null, IReadOnlyList<FoundPassage>? found = null)
    {
        var inquiry = intents.Recognize(text);
        var ranked = index.Search(inquiry.Text, Signals(inquiry), locale, found);
        return (WithoutTheClassOfNone(Fuse(inquiry, ranked)), ranked);
    }

    /// <summary>The intents' probabilities once more, with what was found for the articles that they list.</summary>
    private static Inquiry Fuse(Inquiry inquiry, IReadOnlyList<RankedArticle> ranked)
    {
        var scores = ranked.ToDictionary(r => r.Article.Slug, r => r.ScoreWithoutIntents, StringComparer.Ordinal);
        double Found(Intent intent) => intent.Articles.Select((slug, place) => scores.GetValueOrDefault(slug) * (place == 0 ? 1 : LessWhenNotFirst)).DefaultIfEmpty(0).Max();
        var logits = inquiry.Predictions
            .Select(p => (p.Intent, Logit: (Math.Log(p.Probability + 1e-9) + (LogitsPerScore * Found(p.Intent))) / FusedTemperature))
            .OrderByDescending(p => p.Logit).ThenBy(p => p.Intent.Name, StringComparer.Ordinal)
            .ToArray();
        var sum = logits.Sum(p => Math.Exp(p.Logit - logits[0].Logit));
        return inquiry with { Predictions = [.. logits.Select(p => new IntentPrediction(p.Intent, Math.Exp(p.Logit - logits[0].Logit) / sum))] };
    }

    /// <summary>What is like messages that mean none of the intents is no reading: it takes its share from the intents.</summary>
    private static Inquiry WithoutTheClassOfNone(Inquiry inquiry)
    {
        var none = inquiry.ProbabilityOf(Curriculum.NoneOfThem);
        return none == 0 ? inquiry : inquiry with
        {
            Predictions = [.. inquiry.Predictions.Where(p => p.Intent.Name != Curriculum.NoneOfThem)],
            NoneOfThem = none,
            InScope = inquiry.InScope * (1 - none),
        };
    }

    /// <summary>What the classifiers say about articles, for ranking.</summary>
    public ArticleSignals Signals(Inquiry inquiry)
    {
        var fromIntents = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (intent, probability) in inquiry.Predictions)
        {
            for (var place = 0; place < intent.Articles.Count; place++)
            {
                var weight = PlaceWeights[Math.Min(place, PlaceWeights.Length - 1)];
                fromIntents[intent.Articles[place]] = Math.Min(1, fromIntents.GetValueOrDefault(intent.Articles[place]) + (weight * probability));
            }
        }

        var fromPhrasings = articles.Recognize(inquiry.Text).Predictions.ToDictionary(p => p.Intent.Name, p => p.Probability, StringComparer.Ordinal);
        return new ArticleSignals(fromIntents, fromPhrasings);
    }

    /// <summary>What the intents say about the top article, for its confidence.</summary>
    public static IntentSignals SignalsFor(Inquiry inquiry, IReadOnlyList<RankedArticle> ranked)
    {
        if (inquiry.Top is not { } top)
        {
            return new IntentSignals(0, 0, 0, 0, 0, 0);
        }

        var second = inquiry.Predictions.Count > 1 ? inquiry.Predictions[1].Probability : 0;
        var place = ranked.Count == 0 ? -1 : top.Intent.Articles.ToList().IndexOf(ranked[0].Article.Slug);
        return new IntentSignals(
            top.Probability,
            top.Probability - second,
            inquiry.MaxLogit,
            inquiry.KnownWordShare,
            place switch { 0 => 1, > 0 => 0.5, _ => 0 },
            inquiry.Predictions.Where(p => p.Intent.Articles.Count > 0).Sum(p => p.Probability));
    }
}
