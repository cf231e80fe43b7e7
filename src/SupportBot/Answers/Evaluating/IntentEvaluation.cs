using SupportBot.Inquiries;

namespace SupportBot.Answers.Evaluating;

/// <summary>How well intents are recognised. Shares are 0 to 1, null when there is nothing to take them of.</summary>
/// <param name="Rows">Number of test messages.</param>
/// <param name="Intents">Number of intents that could be recognised.</param>
/// <param name="Accuracy">Share of right intents over the messages in scope, nothing rejected.</param>
/// <param name="MacroF1">F1 of each intent that occurs in the test, averaged; over the messages in scope, nothing rejected.</param>
/// <param name="Ece">Expected calibration error of the intent's probability over the messages in scope, 15 bins.</param>
/// <param name="OosAuroc">Probability that a message in scope scores above one that is out of scope.</param>
/// <param name="OosRecallAt5Frr">Share of the messages out of scope that are rejected at the threshold.</param>
/// <param name="AccuracyAt5Frr">Share of the messages in scope that are not rejected at the threshold and get the right intent.</param>
/// <param name="FalseRejections">Share of the messages in scope that are rejected at the threshold; near 0.05 when it carries over.</param>
/// <param name="TrainCpuSeconds">Processor time of training everything that predicting needs; null when nothing was trained.</param>
/// <param name="MicrosecondsPerPrediction">Time of one prediction on one thread, from the text to intent and scope.</param>
/// <param name="ModelBytes">Size of the model as it is stored; null when nothing was trained.</param>
public sealed record IntentEvaluationResult(
    int Rows,
    int Intents,
    double? Accuracy,
    double? MacroF1,
    double? Ece,
    double? OosAuroc,
    double? OosRecallAt5Frr,
    double? AccuracyAt5Frr,
    double? FalseRejections,
    double? TrainCpuSeconds,
    double? MicrosecondsPerPrediction,
    long? ModelBytes);

/// <summary>
/// Measures the recognition of intents on labelled messages. The threshold of rejection is chosen so that a twentieth of the messages in
/// scope is rejected: of the validation messages, or of what was held out in training, never of the test.
/// </summary>
public static class IntentEvaluation
{
    private const double FalseRejectionShare = 0.05;
    private const int TimedPasses = 10;

    /// <summary>Trains on labelled messages and measures.</summary>
    /// <param name="train">What to learn; messages without an intent are known examples of what is out of scope.</param>
    /// <param name="validate">What to choose the threshold on; its messages without an intent are known examples, too.</param>
    /// <param name="test">What to measure on.</param>
    /// <param name="time">What the time of a prediction is measured with.</param>
    public static IntentEvaluationResult Run(
        IReadOnlyList<LabelledText> train, IReadOnlyList<LabelledText> validate, IReadOnlyList<LabelledText> test, TimeProvider time)
    {
        var before = Environment.CpuUsage.TotalTime;
        var recognizer = IntentRecognizer.Train(
            Intents(train), outOfScope: [.. train.Concat(validate).Where(row => row.Intent is null).Select(row => row.Text)]);
        var trained = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var threshold = Threshold(recognizer.Recognize, validate) ?? recognizer.CautiousScopeThreshold;
        using var stored = new MemoryStream();
        using var writer = new BinaryWriter(stored);
        recognizer.Write(writer);
        return Measure(recognizer.Recognize, threshold, test, time) with
        {
            Intents = recognizer.Intents.Count,
            TrainCpuSeconds = trained,
            ModelBytes = stored.Length,
        };
    }

    /// <summary>Measures the company's own intents.</summary>
    /// <param name="understanding">What the company's files teach.</param>
    /// <param name="validate">What to choose the threshold on.</param>
    /// <param name="test">What to measure on.</param>
    /// <param name="time">What the time of a prediction is measured with.</param>
    public static IntentEvaluationResult Run(
        Understanding understanding, IReadOnlyList<LabelledText> validate, IReadOnlyList<LabelledText> test, TimeProvider time)
    {
        var threshold = Threshold(understanding.Inquire, validate) ?? understanding.CautiousScopeThreshold;
        return Measure(understanding.Inquire, threshold, test, time) with { Intents = understanding.Intents.Count };
    }

    /// <summary>The first examples of every intent, and every message without one.</summary>
    /// <param name="rows">The messages.</param>
    /// <param name="examples">How many examples of an intent are kept.</param>
    public static IReadOnlyList<LabelledText> Few(IReadOnlyList<LabelledText> rows, int examples) =>
    [
        .. rows.GroupBy(row => row.Intent).SelectMany(group => group.Key is null ? group : group.Take(examples)),
    ];

    // A name in a data set is words joined by underscores; the words are one more example.
    private static Intent[] Intents(IEnumerable<LabelledText> train) =>
    [
        .. train.Where(row => row.Intent is not null).GroupBy(row => row.Intent!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Intent(group.Key, group.Key.Replace('_', ' '), [], [.. group.Select(row => row.Text)])),
    ];

    private static double? Threshold(Func<string, Inquiry> recognize, IReadOnlyList<LabelledText> validate)
    {
        double[] scores = [.. validate.Where(row => row.Intent is not null).Select(row => recognize(row.Text).InScope)];
        return scores.Length == 0 ? null : Measures.ThresholdRejecting(scores, FalseRejectionShare);
    }

    private static IntentEvaluationResult Measure(
        Func<string, Inquiry> recognize, double threshold, IReadOnlyList<LabelledText> test, TimeProvider time)
    {
        var inquiries = test.Select(row => recognize(row.Text)).ToArray();
        var rows = test.Zip(inquiries, (row, inquiry) => new Outcome(row.Intent, inquiry)).ToArray();
        var inScope = rows.Where(row => row.Intent is not null).ToArray();
        var outOfScope = rows.Where(row => row.Intent is null).ToArray();
        return new IntentEvaluationResult(
            rows.Length,
            0,
            Share(inScope, row => row.IsRight),
            MacroF1(inScope),
            Measures.CalibrationError([.. inScope.Select(row => (row.Inquiry.Top?.Probability ?? 0, row.IsRight))]),
            Measures.Auroc([.. inScope.Select(row => row.Inquiry.InScope)], [.. outOfScope.Select(row => row.Inquiry.InScope)]),
            Share(outOfScope, row => row.Inquiry.InScope < threshold),
            Share(inScope, row => row.IsRight && row.Inquiry.InScope >= threshold),
            Share(inScope, row => row.Inquiry.InScope < threshold),
            null,
            MicrosecondsPerPrediction(recognize, test, time),
            null);
    }

    /// <summary>The best of several passes: the first ones compile, and what else the machine does only ever adds.</summary>
    private static double? MicrosecondsPerPrediction(Func<string, Inquiry> recognize, IReadOnlyList<LabelledText> test, TimeProvider time)
    {
        double? best = null;
        for (var pass = 0; pass < TimedPasses && test.Count > 0; pass++)
        {
            var start = time.GetTimestamp();
            foreach (var row in test)
            {
                recognize(row.Text);
            }

            best = Math.Min(best ?? double.MaxValue, time.GetElapsedTime(start).TotalMicroseconds / test.Count);
        }

        return best;
    }

    private static double? Share(IReadOnlyCollection<Outcome> rows, Func<Outcome, bool> counts) =>
        rows.Count == 0 ? null : (double)rows.Count(counts) / rows.Count;

    private static double? MacroF1(IReadOnlyCollection<Outcome> rows)
    {
        var predicted = rows.ToLookup(row => row.Inquiry.Top?.Intent.Name);
        return rows.Count == 0 ? null : rows.GroupBy(row => row.Intent).Average(group =>
            2.0 * group.Count(row => row.IsRight) / (group.Count() + predicted[group.Key].Count()));
    }

    private sealed record Outcome(string? Intent, Inquiry Inquiry)
    {
        public bool IsRight => Intent is not null && Inquiry.Top?.Intent.Name == Intent;
    }
}
