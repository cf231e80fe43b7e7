using SupportBot.Answers;

namespace SupportBot.Hosting.Evaluating;

/// <summary>A question with the articles that answer it.</summary>
public sealed record RetrievalQuery(string Text, IReadOnlyList<string> Relevant);

/// <summary>How well articles are found. Shares are 0 to 1, null when there is nothing to take them of.</summary>
/// <param name="Articles">Number of articles.</param>
/// <param name="Passages">Number of passages they were cut into.</param>
/// <param name="Queries">Number of questions.</param>
/// <param name="P1">Share of questions whose first article is right.</param>
/// <param name="Mrr10">Mean of 1 / rank of the first right article among the first ten, 0 where there is none.</param>
/// <param name="R5">Mean share of the right articles that are among the first five.</param>
/// <param name="Top1RightAuroc">Chance that a question whose first article is right has a higher confidence than one whose first is wrong; null without both.</param>
/// <param name="P50Ms">Median time of a search in milliseconds.</param>
/// <param name="P95Ms">Time that 95% of the searches stay within.</param>
/// <param name="MemoryMb">Memory of the whole program with the articles and the index in it, in millions of bytes.</param>
public sealed record RetrievalResult(
    int Articles, int Passages, int Queries, double P1, double Mrr10, double R5, double? Top1RightAuroc, double P50Ms, double P95Ms,
    double MemoryMb);

/// <summary>Asks every question of a finder and compares what it finds with what is known.</summary>
public static class RetrievalEvaluation
{
    private const int LongestList = 10;
    private const int ShortList = 5;

    private sealed record Outcome(int FirstRight, double FoundInShortList, double Confidence, double Milliseconds)
    {
        public bool TopIsRight => FirstRight == 0;
    }

    /// <summary>Runs the evaluation; there must be a question.</summary>
    /// <param name="finder">What is measured.</param>
    /// <param name="articles">How many articles it holds.</param>
    /// <param name="queries">What is asked.</param>
    /// <param name="time">What a search's time is measured with.</param>
    public static RetrievalResult Run(ArticleFinder finder, int articles, IReadOnlyList<RetrievalQuery> queries, TimeProvider time)
    {
        // The first search of all prepares statements and compiles code, which no later one pays.
        finder.Find(queries[0].Text);
        var outcomes = queries.Select(query => Ask(finder, query, time)).ToArray();
        var times = outcomes.Select(o => o.Milliseconds).Order().ToArray();
        return new RetrievalResult(
            articles,
            finder.PassageCount,
            outcomes.Length,
            outcomes.Average(o => o.TopIsRight ? 1.0 : 0.0),
            outcomes.Average(o => o.FirstRight is >= 0 and < LongestList ? 1.0 / (o.FirstRight + 1) : 0.0),
            outcomes.Average(o => o.FoundInShortList),
            Auroc([.. outcomes.Select(o => (o.Confidence, o.TopIsRight))]),
            Quantile(times, 0.5),
            Quantile(times, 0.95),
            Environment.WorkingSet / 1e6);
    }

    /// <summary>Area under the curve of true against false positives; equal confidences count half. Null unless there are both kinds.</summary>
    public static double? Auroc(IReadOnlyList<(double Confidence, bool Right)> outcomes)
    {
        double right = outcomes.Count(o => o.Right);
        var wrong = outcomes.Count - right;
        if (right == 0 || wrong == 0)
        {
            return null;
        }

        var (rankSum, before) = (0.0, 0);
        foreach (var equal in outcomes.GroupBy(o => o.Confidence).OrderBy(g => g.Key))
        {
            var meanRank = before + ((equal.Count() + 1) / 2.0);
            rankSum += meanRank * equal.Count(o => o.Right);
            before += equal.Count();
        }

        return (rankSum - (right * (right + 1) / 2)) / (right * wrong);
    }

    private static Outcome Ask(ArticleFinder finder, RetrievalQuery query, TimeProvider time)
    {
        var start = time.GetTimestamp();
        var (ranked, confidence) = finder.Find(query.Text);
        var elapsed = time.GetElapsedTime(start).TotalMilliseconds;
        var slugs = ranked.Select(r => r.Article.Slug).ToList();
        return new Outcome(
            slugs.FindIndex(query.Relevant.Contains),
            (double)slugs.Take(ShortList).Count(query.Relevant.Contains) / query.Relevant.Count,
            confidence,
            elapsed);
    }

    private static double Quantile(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
