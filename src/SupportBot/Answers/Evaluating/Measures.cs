namespace SupportBot.Answers.Evaluating;

/// <summary>Figures of merit of scores and probabilities.</summary>
public static class Measures
{
    private const int Bins = 15;

    /// <summary>
    /// Area under the receiver operating characteristic: the probability that a positive scores above a negative, ties counting half.
    /// Null when there are none of one kind.
    /// </summary>
    public static double? Auroc(IReadOnlyCollection<double> positives, IReadOnlyCollection<double> negatives)
    {
        if (positives.Count == 0 || negatives.Count == 0)
        {
            return null;
        }

        // Mann and Whitney: the sum of the positives' ranks, where equal scores share their middle rank.
        var sorted = positives.Select(s => (Score: s, Positive: true)).Concat(negatives.Select(s => (Score: s, Positive: false)))
            .OrderBy(x => x.Score).ToArray();
        var ranks = 0.0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            var here = 0;
            while (end < sorted.Length && sorted[end].Score.Equals(sorted[start].Score))
            {
                here += sorted[end++].Positive ? 1 : 0;
            }

            ranks += here * ((start + 1 + end) / 2.0);
            start = end;
        }

        return (ranks - (positives.Count * (positives.Count + 1) / 2.0)) / positives.Count / negatives.Count;
    }

    /// <summary>
    /// Expected calibration error: how far the probabilities are from the shares that came true, in 15 bins of equal width, weighted by
    /// what is in them. Null without any.
    /// </summary>
    public static double? CalibrationError(IReadOnlyCollection<(double Probability, bool Right)> claims) => claims.Count == 0 ? null : claims
        .GroupBy(c => Math.Min(Bins - 1, (int)(c.Probability * Bins)))
        .Sum(bin => Math.Abs(bin.Average(c => c.Probability) - bin.Average(c => c.Right ? 1.0 : 0.0)) * bin.Count()) / claims.Count;

    /// <summary>The score below which at most the given share lies: the threshold that turns away no more of them.</summary>
    public static double ThresholdRejecting(IReadOnlyCollection<double> scores, double share) =>
        scores.Order().ElementAt(Math.Min(scores.Count - 1, (int)(scores.Count * share)));
}
