using SupportBot.Company;

namespace SupportBot.Inquiries;

/// <summary>
/// The probability that a text means any of the known intents at all. The intents' probabilities cannot say it: they are shares of a
/// whole that leaves everything else out. A logistic regression reads how strongly the best intent speaks and how much of the text was never
/// seen; what else could be read (how far the best is ahead, entropy, words and characters apart) serves to tell intents from each other, and
/// misleads here. It is fitted on texts that the classifier behind it had not learnt: held-out examples against examples of intents
/// that were taken out altogether, and against known out-of-scope texts.
/// </summary>
internal sealed class ScopeModel
{
    /// <summary>Of the in-scope texts held out in training, this share scores below <see cref="CautiousThreshold"/>.</summary>
    public const double FalseRejections = 0.05;

    /// <summary>As many texts out of scope are assumed as this share, for want of knowledge about a company's traffic.</summary>
    private const double AssumedOutOfScope = 0.1;

    /// <summary>Known out-of-scope texts count this much more than examples of intents taken out, all together.</summary>
    private const double WeightOfKnown = 4;

    private readonly LogisticRegression _model;

    private ScopeModel(LogisticRegression model, double cautiousThreshold)
    {
        (_model, CautiousThreshold) = (model, cautiousThreshold);
    }

    /// <summary>The score below which a twentieth of the texts that are in scope falls.</summary>
    public double CautiousThreshold { get; }

    /// <summary>Fits; null when there is nothing out of scope to learn from.</summary>
    /// <param name="inScope">Held-out examples.</param>
    /// <param name="strange">Examples whose intents were taken out.</param>
    /// <param name="outOfScope">Texts that are known to be out of scope.</param>
    public static ScopeModel? Fit(IReadOnlyCollection<Reading> inScope, IReadOnlyCollection<Reading> strange, IReadOnlyCollection<Reading> outOfScope)
    {
        if (inScope.Count == 0 || strange.Count + outOfScope.Count == 0)
        {
            return null;
        }

        var outside = inScope.Count * AssumedOutOfScope / (1 - AssumedOutOfScope);
        var parts = (strange.Count > 0 ? 1 : 0) + (outOfScope.Count > 0 ? WeightOfKnown : 0);
        var model = LogisticRegression.Fit(
        [
            .. inScope.Select(row => (Features(row), true, 1.0)),
            .. strange.Select(row => (Features(row), false, outside / parts / strange.Count)),
            .. outOfScope.Select(row => (Features(row), false, outside * WeightOfKnown / parts / outOfScope.Count)),
        ]);
        var scores = inScope.Select(row => model.Probability(Features(row))).Order().ToArray();
        return new ScopeModel(model, scores[(int)(scores.Length * FalseRejections)]);
    }

    /// <summary>What the probability is taken from.</summary>
    public static double[] Features(Reading reading) =>
        [reading.Logits.Max(), reading.Familiarity.UnknownMass, reading.Familiarity.UnknownPairs];

    /// <summary>Probability that a text is in scope.</summary>
    public double Probability(Reading reading) => _model.Probability(Features(reading));

    public void Write(BinaryWriter writer)
    {
        writer.Write(CautiousThreshold);
        _model.Write(writer);
    }

    public static ScopeModel Read(BinaryReader reader)
    {
        var threshold = reader.ReadDouble();
        return new ScopeModel(LogisticRegression.Read(reader), threshold);
    }
}
