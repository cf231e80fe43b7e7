namespace SupportBot.Inquiries;

/// <summary>Something that customers want, taught by examples.</summary>
/// <param name="Name">Name in files, events and reports, for example <c>track_order</c>.</param>
/// <param name="Title">Short title for people, also shown on a button as a reading.</param>
/// <param name="Articles">Slugs of the articles that answer it, best first; empty for small talk and for a human.</param>
/// <param name="Examples">Messages of customers that mean it.</param>
public sealed record Intent(string Name, string Title, IReadOnlyList<string> Articles, IReadOnlyList<string> Examples);

/// <summary>How likely an intent is.</summary>
/// <param name="Intent">The intent.</param>
/// <param name="Probability">Calibrated probability, 0 to 1, given that the text means one of the known intents.</param>
public sealed record IntentPrediction(Intent Intent, double Probability);

/// <summary>A customer's text as the bot understands it.</summary>
/// <param name="Text">The text with personal data replaced by marks such as <c>[email]</c>.</param>
/// <param name="Predictions">Every intent, most likely first; empty only when the company has none.</param>
/// <param name="MaxLogit">The largest score before it is turned into a probability: low for texts unlike every example.</param>
/// <param name="KnownWordShare">Share of the text's words that occur in some example, 0 to 1; 0 for a text without words.</param>
public sealed record Inquiry(string Text, IReadOnlyList<IntentPrediction> Predictions, double MaxLogit, double KnownWordShare)
{
    /// <summary>Probability that the text means any of the known intents at all, 0 to 1.</summary>
    public double InScope { get; init; } = 1;

    /// <summary>Probability that it is like messages that people said mean none of the intents, 0 to 1; the intents share the rest.</summary>
    public double NoneOfThem { get; init; }

    /// <summary>The most likely intent, or null when the company has none.</summary>
    public IntentPrediction? Top => Predictions.Count > 0 ? Predictions[0] : null;

    /// <summary>The probability of an intent by name; 0 for one that is not known.</summary>
    public double ProbabilityOf(string intent) => Predictions.FirstOrDefault(p => p.Intent.Name == intent)?.Probability ?? 0;
}
