using System.Security.Cryptography;
using System.Text;
using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>A labelled question and what the bot made of it.</summary>
/// <param name="Features">What speaks for the first article: see <see cref="AnswerConfidence.Features"/>.</param>
/// <param name="Probability">That it answers, as learnt without labels, 0 to 1.</param>
/// <param name="Right">Whether it does.</param>
/// <param name="WouldAnswer">Whether the bot would answer with it if it were sure.</param>
internal sealed record LabelledTurn(double[] Features, double Probability, bool Right, bool WouldAnswer);

/// <summary>How the bot would do with one threshold. Shares are of all labelled questions, 0 to 1.</summary>
/// <param name="Threshold">The probability from which it answers.</param>
/// <param name="Answered">Share that it answers.</param>
/// <param name="Wrong">Share that it answers wrongly.</param>
public sealed record CoveragePoint(double Threshold, double Answered, double Wrong);

/// <summary>
/// The probability that the first article answers, learnt once more from questions that people labelled. The confidence that needs no labels
/// knows how a question looks that lost its own phrasing; only labels know what customers ask that nobody wrote an article for. Every figure
/// that is shown, and the threshold, rest on predictions for questions that the model had not seen (five folds).
/// </summary>
internal sealed class LabelledConfidence
{
    /// <summary>With fewer labels a share of a few percent cannot be told from none.</summary>
    public const int FewestLabels = 150;

    private const int FormatVersion = 1;
    private const int Folds = 5;
    private const double Clearance = 1e-4;

    private readonly LogisticRegression _model;

    private LabelledConfidence(LogisticRegression model, IReadOnlyList<double> heldOut, IReadOnlyList<CoveragePoint> curve, double threshold)
    {
        (_model, HeldOut, Curve, Threshold) = (model, heldOut, curve, threshold);
    }

    /// <summary>The probability of each labelled question by a model that was fitted without it, in their order.</summary>
    public IReadOnlyList<double> HeldOut { get; }

    /// <summary>Coverage against error, by falling threshold.</summary>
    public IReadOnlyList<CoveragePoint> Curve { get; }

    /// <summary>The lowest threshold at which the wrong answers are within the wanted share.</summary>
    public double Threshold { get; }

    /// <summary>Reads the confidence that was learnt from the same questions and the same model, or learns and stores it.</summary>
    /// <param name="cacheDirectory">Where it is kept, as <c>labels-[hash].bin</c>.</param>
    /// <param name="key">Names the model and the settings.</param>
    /// <param name="questions">The labelled questions.</param>
    /// <param name="wantedWrongShare">Share of all questions that may be answered wrongly.</param>
    /// <param name="ask">Asks them, and what people judged; not called when it is stored or there are too few.</param>
    public static LabelledConfidence? Obtain(
        string cacheDirectory, string key, IReadOnlyList<EvaluationQuestion> questions, double wantedWrongShare, Func<(IReadOnlyList<LabelledTurn> Questions, IReadOnlyList<LabelledTurn> Said)> ask)
    {
        if (questions.Count < FewestLabels)
        {
            return null;
        }

        var path = Path.Combine(cacheDirectory, $"labels-{Hash(key, questions)}.bin");
        if (TryRead(path) is { } stored && stored.HeldOut.Count == questions.Count)
        {
            return stored;
        }

        var (asked, said) = ask();
        var fitted = Fit(asked, wantedWrongShare, said);
        if (fitted is not null)
        {
            CacheFolder.Write(path, fitted.Write);
        }

        return fitted;
    }

    /// <summary>Fits; null when there are too few labels.</summary>
    /// <param name="turns">The labelled questions.</param>
    /// <param name="wantedWrongShare">Share of all questions that may be answered wrongly.</param>
    /// <param name="said">
    /// What people judged in conversations. It makes the probability better and has no say in the curve and the threshold: customers judge
    /// what was answered, and a share of that is no share of what is asked.
    /// </param>
    public static LabelledConfidence? Fit(IReadOnlyList<LabelledTurn> turns, double wantedWrongShare, IReadOnlyList<LabelledTurn>? said = null)
    {
        if (turns.Count < FewestLabels)
        {
            return null;
        }

        (double[] Features, bool Right, double Weight)[] Rows(IReadOnlyList<LabelledTurn> of) => [.. of.Select(t => (Row(t.Features, t.Probability), t.Right, 1.0))];
        var (rows, always) = (Rows(turns), Rows(said ?? []));
        var heldOut = new double[rows.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var left = fold;
            var model = LogisticRegression.Fit([.. rows.Where((_, i) => i % Folds != left), .. always]);
            for (var i = fold; i < rows.Length; i += Folds)
            {
                heldOut[i] = model.Probability(rows[i].Features);
            }
        }

        var curve = CurveOf(turns, heldOut);
        var threshold = curve.TakeWhile(p => p.Wrong <= wantedWrongShare).LastOrDefault()?.Threshold ?? 1;
        return new LabelledConfidence(LogisticRegression.Fit([.. rows, .. always]), heldOut, curve, threshold);
    }

    /// <summary>Probability that the first article answers.</summary>
    /// <param name="features">See <see cref="LabelledTurn.Features"/>.</param>
    /// <param name="probability">As learnt without labels.</param>
    public double Probability(double[] features, double probability) => _model.Probability(Row(features, probability));

    public void Write(BinaryWriter writer)
    {
        _model.Write(writer);
        writer.Write(Threshold);
        writer.Write(HeldOut.Count);
        foreach (var probability in HeldOut)
        {
            writer.Write(probability);
        }

        writer.Write(Curve.Count);
        foreach (var point in Curve)
        {
            writer.Write(point.Threshold);
            writer.Write(point.Answered);
            writer.Write(point.Wrong);
        }
    }

    public static LabelledConfidence Read(BinaryReader reader)
    {
        var model = LogisticRegression.Read(reader);
        var threshold = reader.ReadDouble();
        double[] heldOut = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadDouble())];
        CoveragePoint[] curve = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new CoveragePoint(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()))];
        return new LabelledConfidence(model, heldOut, curve, threshold);
    }

    private static LabelledConfidence? TryRead(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            return Read(reader);
        }
        catch (Exception error) when (error is IOException or ArgumentException or OverflowException)
        {
            // Not there yet, or cut off: learnt anew.
            return null;
        }
    }

    private static string Hash(string key, IReadOnlyList<EvaluationQuestion> questions)
    {
        var text = string.Join('\0', questions.Select(q => $"{q.Text}\0{q.Intent}\0{string.Join(' ', q.Articles)}").Prepend($"{FormatVersion} {key}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    private static CoveragePoint[] CurveOf(IReadOnlyList<LabelledTurn> turns, double[] heldOut)
    {
        var points = new List<CoveragePoint>();
        var (answered, wrong) = (0, 0);
        foreach (var i in Enumerable.Range(0, turns.Count).Where(i => turns[i].WouldAnswer).OrderByDescending(i => heldOut[i]).ThenBy(i => i))
        {
            answered++;
            wrong += turns[i].Right ? 0 : 1;
            points.Add(new CoveragePoint(Math.Max(0, heldOut[i] - Clearance), (double)answered / turns.Count, (double)wrong / turns.Count));
        }

        return [.. points];
    }

    private static double[] Row(double[] features, double probability)
    {
        var sure = Math.Clamp(probability, 1e-4, 1 - 1e-4);
        return [Math.Log(sure / (1 - sure)), .. features];
    }
}
