using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>The fitted confidence and the threshold that keeps wrong answers within the allowed share.</summary>
internal sealed record FittedConfidence(AnswerConfidence Confidence, double Threshold);

/// <summary>
/// Fits the answer confidence without hand-made labels. The company's files already hold questions with known answers: those of each
/// article. (Of an intent's example it is not known which of the intent's articles answers it.) In folds, some are taken out of everything
/// that is learnt or indexed and then asked: the top article is right or wrong. In further rounds whole topics are taken out, articles and
/// intents alike, and asked about: questions that nothing answers any more, so that whatever is found is wrong. So it is for small talk and
/// for questions whose telling words are turned into words that nobody knows.
/// </summary>
internal static class ConfidenceTraining
{
    private const int Folds = 5;
    private const int TopicGroups = 3;
    private const double LowestThreshold = 0.3;
    private const double HighestThreshold = 0.95;

    /// <summary>A question asked of what was left, and the articles that would be right.</summary>
    private sealed record Probe(string Text, IReadOnlyCollection<string> Right, IReadOnlyCollection<string> Related, bool Answerable);

    public static FittedConfidence Fit(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, Recognition full, AnswerOptions options, IProgress<string>? progress,
        int mostAtOnce, CancellationToken ct)
    {
        var rows = new List<(double[] Features, bool Right, bool Answerable)>();
        progress?.Report("Learning when to answer");
        var byFold = new IEnumerable<(double[], bool, bool)>[Folds + TopicGroups];
        Parallel.For(0, byFold.Length, new ParallelOptions { MaxDegreeOfParallelism = mostAtOnce, CancellationToken = ct }, job => byFold[job] = job < Folds
            ? AskHeldOut(articles, intents, full, job)
            : AskRemovedTopics(articles, intents, full, job - Folds));
        rows.AddRange(byFold.SelectMany(fold => fold));

        // Both kinds are weighted to the share in which they are expected to be asked.
        var answerable = Math.Max(1, rows.Count(r => r.Answerable));
        var unanswerable = Math.Max(1, rows.Count - rows.Count(r => r.Answerable));
        double Weight(bool isAnswerable) =>
            rows.Count * (isAnswerable ? (1 - options.UnanswerableShare) / answerable : options.UnanswerableShare / unanswerable);
        var examples = rows.Select(r => new ConfidenceExample(r.Features, r.Right, Weight(r.Answerable))).ToArray();
        var confidence = AnswerConfidence.Fit(examples);
        return new FittedConfidence(confidence, Threshold(confidence, examples, options.WrongHeldOutShare));
    }

    private static IEnumerable<(double[], bool, bool)> AskHeldOut(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, Recognition full, int fold)
    {
        bool Kept(int position) => position % Folds != fold;
        IReadOnlyList<string> Keep(IReadOnlyList<string> texts) => [.. texts.Where((_, i) => Kept(i))];
        var keptArticles = articles.Select(a => a with { Questions = Keep(a.Questions) }).ToArray();
        var keptIntents = intents.Select(i => i with { Examples = Keep(i.Examples) }).ToArray();
        var probes = articles.SelectMany(a => a.Questions.Where((_, i) => !Kept(i)).Select(q => new Probe(q, [a.Slug], [], true)))
            .Concat(articles.SelectMany(a => a.Questions.Where((_, i) => !Kept(i)).Select(q => new Probe(Unfamiliar(q), [], [], false))))
            .Concat(intents.Where(i => i.Articles.Count == 0)
                .SelectMany(i => i.Examples.Where((_, e) => !Kept(e)).Select(e => new Probe(e, [], [], false))));
        return Ask(keptArticles, keptIntents, full, probes);
    }

    /// <summary>The question with its telling words reversed: it still sounds like one, but is about nothing that is known.</summary>
    private static string Unfamiliar(string question)
    {
        var words = Tokenizer.Words(question);
        var telling = StopWords.Without(words).ToHashSet(StringComparer.Ordinal);
        return string.Join(' ', words.Select(w => telling.Contains(w) ? new string([.. w.Reverse()]) : w));
    }

    private static IEnumerable<(double[], bool, bool)> AskRemovedTopics(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, Recognition full, int group)
    {
        var removed = articles.Where((_, i) => i % TopicGroups == group).ToArray();
        var removedSlugs = removed.Select(a => a.Slug).ToHashSet(StringComparer.Ordinal);
        bool Goes(Intent intent) => intent.Articles.Count > 0 && removedSlugs.Contains(intent.Articles[0]);
        var kept = articles.Where(a => !removedSlugs.Contains(a.Slug)).ToArray();
        var keptIntents = intents.Where(i => !Goes(i)).Select(i => i with { Articles = [.. i.Articles.Where(s => !removedSlugs.Contains(s))] });
        if (kept.Length == 0)
        {
            return [];
        }

        // What an intent lists beside a removed article may answer its questions too: such outcomes prove nothing and are left out.
        IReadOnlyCollection<string> Beside(Article article) =>
            [.. intents.Where(i => i.Articles.Contains(article.Slug)).SelectMany(i => i.Articles).Distinct()];
        var probes = removed.SelectMany(a => a.Questions.Select(q => new Probe(q, [], Beside(a), false)))
            .Concat(intents.Where(Goes).SelectMany(i => i.Examples.Select(e => new Probe(e, [], i.Articles, false))));
        return Ask(kept, [.. keptIntents], full, probes);
    }

    private static IEnumerable<(double[], bool, bool)> Ask(
        IReadOnlyList<Article> articles, IReadOnlyList<Intent> intents, Recognition full, IEnumerable<Probe> probes)
    {
        var phrasings = Recognition.Phrasings(intents);
        var recognition = new Recognition(full.Intents.Retrain(intents, Recognition.Related(articles, intents)), full.Articles.Retrain(Recognition.AsClasses(articles, phrasings), Recognition.Sentences(articles)));
        using var index = KnowledgeIndex.InMemory(articles, phrasings);
        var rows = new List<(double[], bool, bool)>();
        foreach (var probe in probes)
        {
            var (inquiry, ranked) = recognition.Understand(probe.Text, index);
            if (ranked.Count > 0 && !probe.Related.Contains(ranked[0].Article.Slug))
            {
                var features = AnswerConfidence.Features(ranked, Recognition.SignalsFor(inquiry, ranked));
                rows.Add((features, probe.Right.Contains(ranked[0].Article.Slug), probe.Answerable));
            }
        }

        return rows;
    }

    /// <summary>The lowest threshold at which the wrong answers are within their share of everything asked.</summary>
    private static double Threshold(AnswerConfidence confidence, IReadOnlyList<ConfidenceExample> examples, double wrongShare)
    {
        var allowed = wrongShare * examples.Sum(e => e.Weight);
        var wrong = 0.0;
        foreach (var (probability, weight) in examples.Where(e => !e.Right)
            .Select(e => (Probability: confidence.Probability(e.Features), e.Weight)).OrderByDescending(e => e.Probability))
        {
            wrong += weight;
            if (wrong > allowed)
            {
                return Math.Clamp(probability + 1e-6, LowestThreshold, HighestThreshold);
            }
        }

        return LowestThreshold;
    }
}
