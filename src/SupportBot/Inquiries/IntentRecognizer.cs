namespace SupportBot.Inquiries;

/// <summary>
/// Text to intents with calibrated probabilities, and to the probability that it means any of them. What calibrates was fitted on texts
/// that the classifier had not seen. Thread-safe, deterministic.
/// </summary>
public sealed class IntentRecognizer
{
    /// <summary>Changes whenever the recipe does, so that a stored model of an older recipe is not used.</summary>
    public const int RecipeVersion = 4;

    /// <summary>With fewer examples than this the temperature means little, and confidence is capped.</summary>
    public const int FewExamples = 50;

    private const double ConfidenceCapWithFewExamples = 0.8;

    private readonly IntentClassifier? _classifier;
    private readonly Calibration _calibration;

    private IntentRecognizer(IReadOnlyList<Intent> intents, IntentClassifier? classifier, Calibration calibration)
    {
        Intents = intents;
        _classifier = classifier;
        _calibration = calibration;
        ConfidenceIsCapped = intents.Sum(intent => intent.Examples.Count) < FewExamples;
    }

    /// <summary>The intents it knows.</summary>
    public IReadOnlyList<Intent> Intents { get; }

    /// <summary>Whether there were too few examples to trust the probabilities; they are then capped.</summary>
    public bool ConfidenceIsCapped { get; }

    /// <summary>
    /// The <see cref="Inquiry.InScope"/> below which a twentieth of the texts in scope fell that had been held out; 0 when none could be.
    /// </summary>
    public double CautiousScopeThreshold => _calibration.Scope?.CautiousThreshold ?? 0;

    /// <summary>Trains on the intents' examples and titles.</summary>
    /// <param name="intents">The intents to know.</param>
    /// <param name="related">Texts that belong to one of a few intents, without saying which.</param>
    /// <param name="outOfScope">Texts that are known to mean none of the intents.</param>
    public static IntentRecognizer Train(
        IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText>? related = null, IReadOnlyList<string>? outOfScope = null)
    {
        if (intents.Count == 0)
        {
            return new IntentRecognizer(intents, null, new Calibration(1, null));
        }

        var texts = TrainingTexts.Of(intents, related ?? [], outOfScope ?? []);
        return new IntentRecognizer(intents, texts.Learn(), Calibration.Learn(texts));
    }

    /// <summary>
    /// Trains on other intents, or on fewer examples of the same, with this one's calibration: for asking what would be said to a
    /// text that had not been learnt.
    /// </summary>
    public IntentRecognizer Retrain(IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText>? related = null) =>
        new(intents, intents.Count == 0 ? null : TrainingTexts.Of(intents, related ?? [], []).Learn(), _calibration);

    /// <summary>Recognises a text; personal data is replaced first.</summary>
    public Inquiry Recognize(string text)
    {
        var redacted = Redaction.Apply(text);
        if (_classifier is null)
        {
            return new Inquiry(redacted, [], 0, 0) { InScope = 0 };
        }

        var reading = _classifier.Read(FeatureKeys.Of(redacted));
        var scope = _calibration.Scope?.Probability(reading) ?? reading.Familiarity.KnownWords;
        return new Inquiry(redacted, Predictions(reading.Logits), reading.Logits.Max(), reading.Familiarity.KnownWords) { InScope = scope };
    }

    /// <summary>Writes the trained model; the intents themselves are not in it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(RecipeVersion);
        _calibration.Write(writer);
        writer.Write(_classifier is not null);
        _classifier?.Write(writer);
    }

    /// <summary>Reads a model that was trained on exactly these intents; <see cref="InvalidDataException"/> when it does not fit.</summary>
    public static IntentRecognizer Read(BinaryReader reader, IReadOnlyList<Intent> intents)
    {
        if (reader.ReadInt32() != RecipeVersion)
        {
            throw new InvalidDataException("The model was trained with another recipe.");
        }

        var calibration = Calibration.Read(reader);
        var classifier = reader.ReadBoolean() ? IntentClassifier.Read(reader) : null;
        return (classifier?.Classes ?? 0) == intents.Count
            ? new IntentRecognizer(intents, classifier, calibration)
            : throw new InvalidDataException("The model was trained on other intents.");
    }

    private IntentPrediction[] Predictions(float[] logits)
    {
        var probabilities = new float[logits.Length];
        for (var i = 0; i < logits.Length; i++)
        {
            probabilities[i] = logits[i] / (float)_calibration.Temperature;
        }

        SoftmaxClassifier.ToProbabilities(probabilities);

        var order = Enumerable.Range(0, probabilities.Length).ToArray();
        Array.Sort(probabilities, order);
        var predictions = new IntentPrediction[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            double probability = probabilities[^(i + 1)];
            predictions[i] = new IntentPrediction(
                Intents[order[^(i + 1)]], ConfidenceIsCapped ? Math.Min(probability, ConfidenceCapWithFewExamples) : probability);
        }

        return predictions;
    }
}

/// <summary>A text that belongs to one of a few intents, such as a sentence of an article that they list.</summary>
/// <param name="Text">The text.</param>
/// <param name="Intents">The intents' names.</param>
/// <param name="Weight">How much it counts beside an example, 0 to 1.</param>
public sealed record RelatedText(string Text, IReadOnlyList<string> Intents, double Weight);
