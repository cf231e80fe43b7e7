using SupportBot.Inquiries;

namespace SupportBot.Answers;

/// <summary>What a decision rests on, kept with it and shown to agents.</summary>
/// <param name="ReasonCode">Why.</param>
/// <param name="Rule">Name of the rule that fired.</param>
/// <param name="Explanation">One English sentence.</param>
/// <param name="Intent">The most likely intent.</param>
/// <param name="Alternatives">The next ones, at most three.</param>
/// <param name="Passages">The best passages, at most three, one an article.</param>
/// <param name="AnswerProbability">Probability that the top article answers, 0 to 1.</param>
/// <param name="Threshold">What that probability is compared with.</param>
public sealed record Evidence(
    ReasonCode ReasonCode,
    string Rule,
    string Explanation,
    IntentEvidence? Intent,
    IReadOnlyList<IntentEvidence> Alternatives,
    IReadOnlyList<PassageEvidence> Passages,
    double? AnswerProbability,
    double? Threshold);

/// <summary>An intent with its calibrated probability, 0 to 1.</summary>
public sealed record IntentEvidence(string Name, string Title, double Confidence)
{
    internal static IntentEvidence Of(IntentPrediction prediction) =>
        new(prediction.Intent.Name, prediction.Intent.Title, Math.Round(prediction.Probability, 4));
}

/// <summary>A passage that was found.</summary>
public sealed record PassageEvidence(string Slug, string Title, string Heading, double Score, string Excerpt);
