using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>What the intents say about a question, for <see cref="AnswerConfidence"/>.</summary>
/// <param name="Probability">Probability of the most likely intent.</param>
/// <param name="Margin">How far it is ahead of the second.</param>
/// <param name="MaxLogit">Largest raw score.</param>
/// <param name="KnownWordShare">Share of words that occur in some example.</param>
/// <param name="Listed">Whether the most likely intent lists the top article: 1 as its first, 0.5 as another, 0 not at all.</param>
/// <param name="AnsweredByArticles">Probability of all intents together that list any article.</param>
public sealed record IntentSignals(
    double Probability, double Margin, double MaxLogit, double KnownWordShare, double Listed, double AnsweredByArticles);

/// <summary>A question whose outcome is known, for fitting.</summary>
/// <param name="Features">Its features.</param>
/// <param name="Right">Whether the top article answers it.</param>
/// <param name="Weight">How much it counts.</param>
public sealed record ConfidenceExample(double[] Features, bool Right, double Weight);

/// <summary>
/// The probability that the top article answers a question: a logistic regression over how well the article matches, how far it is ahead,
/// and how sure and how familiar the intent is. Fitted on questions with known outcomes, none of which is labelled by hand.
/// </summary>
public sealed class AnswerConfidence
{
    /// <summary>Changes whenever the features or the ranking behind them do, so that a stored model of an older recipe is not used.</summary>
    public const int RecipeVersion = 2;

    /// <summary>How many features there are.</summary>
    public const int FeatureCount = 22;

    // How the lead alone tells, in a collection of short questions and long answers without further phrasings.
    private const double LogitWithoutLead = -1.87;
    private const double LogitPerRootOfLead = 3.92;

    private readonly LogisticRegression _model;

    private AnswerConfidence(LogisticRegression model)
    {
        _model = model;
    }

    /// <summary>Fits the model.</summary>
    public static AnswerConfidence Fit(IReadOnlyList<ConfidenceExample> examples) =>
        new(LogisticRegression.Fit([.. examples.Select(e => (e.Features, e.Right, e.Weight))]));

    /// <summary>
    /// The probability that the top article answers, for articles that have taught nothing yet: by how far it is ahead of the second, which
    /// tells more than how well it matches. 0 for an empty ranking.
    /// </summary>
    public static double ByLeadAlone(IReadOnlyList<RankedArticle> ranked)
    {
        if (ranked.Count == 0)
        {
            return 0;
        }

        var lead = ranked[0].Score - (ranked.Count > 1 ? ranked[1].Score : 0);
        return 1 / (1 + Math.Exp(-(LogitWithoutLead + (LogitPerRootOfLead * Math.Sqrt(Math.Max(0, lead))))));
    }

    /// <summary>The features of a ranking and its intents. The ranking must not be empty.</summary>
    public static double[] Features(IReadOnlyList<RankedArticle> ranked, IntentSignals intents)
    {
        var top = ranked[0];
        var match = top.Features;
        var others = ranked.Skip(1).Select(r => r.Features).ToArray();
        double Lead(Func<RankFeatures, double> reading) => reading(match) - (others.Length > 0 ? others.Max(reading) : 0);
        return
        [
            top.Score, top.Score - (ranked.Count > 1 ? ranked[1].Score : 0), match.Bm25, match.Cover, match.CoverTitle, match.Bigram,
            match.CharTitle, match.CharBody, match.FromIntents, match.FromPhrasings, match.Familiar,
            // How far it leads by each reading alone: where they agree, they are seldom wrong together.
            Lead(f => f.ByText), Lead(f => f.FromIntents), Lead(f => f.FromPhrasings), match.FromIntents * match.FromPhrasings,
            match.FromPhrasings * match.Familiar,
            intents.Probability, intents.Margin, intents.MaxLogit, intents.KnownWordShare, intents.Listed, intents.AnsweredByArticles,
        ];
    }

    /// <summary>Probability that the top article answers, 0 to 1; 0 for an empty ranking.</summary>
    public double Probability(IReadOnlyList<RankedArticle> ranked, IntentSignals intents) =>
        ranked.Count == 0 ? 0 : _model.Probability(Features(ranked, intents));

    /// <summary>The same for features that were taken before.</summary>
    public double Probability(double[] features) => _model.Probability(features);

    /// <summary>Writes the model.</summary>
    public void Write(BinaryWriter writer) => _model.Write(writer);

    /// <summary>Reads a model that <see cref="Write"/> has written.</summary>
    public static AnswerConfidence Read(BinaryReader reader) => new(LogisticRegression.Read(reader));
}
