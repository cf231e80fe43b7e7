namespace SupportBot.Inquiries;

/// <summary>
/// Text to intents with calibrated probabilities: a softmax classifier whose temperature was fitted on predictions for examples it had
/// not seen. Thread-safe, deterministic.
/// </summary>
public sealed class IntentRecognizer
{
    /// <summary>Changes whenever the recipe does, so that a stored model of an older recipe is not used.</summary>
    public const int RecipeVersion = 2;

    /// <summary>With fewer examples than this the temperature means little, and confidence is capped.</summary>
    public const int FewExamples = 50;

    private const double ConfidenceCapWithFewExamples = 0.8;
    private const int Folds = 5;
    private const int EnoughHeldOut = 2_500;

    private readonly FeatureSpace _space;
    private readonly SoftmaxClassifier _classifier;
    private readonly double _temperature;

    private IntentRecognizer(IReadOnlyList<Intent> intents, FeatureSpace space, SoftmaxClassifier classifier, double temperature)
    {
        Intents = intents;
        _space = space;
        _classifier = classifier;
        _temperature = temperature;
        ConfidenceIsCapped = intents.Sum(intent => intent.Examples.Count) < FewExamples;
    }

    /// <summary>The intents it knows.</summary>
    public IReadOnlyList<Intent> Intents { get; }

    /// <summary>Whether there were too few examples to trust the probabilities; they are then capped.</summary>
    public bool ConfidenceIsCapped { get; }

    /// <summary>Trains on the intents' examples and titles.</summary>
    /// <param name="intents">The intents to know.</param>
    /// <param name="related">Texts that belong to one of a few intents, without saying which.</param>
    public static IntentRecognizer Train(IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText>? related = null)
    {
        var model = Fit(intents, Examples(intents, _ => true), related ?? []);
        return new IntentRecognizer(intents, model.Space, model.Classifier, FitTemperature(intents, related ?? []));
    }

    /// <summary>
    /// Trains on other intents, or on fewer examples of the same, with this one's temperature: for asking what would be said to a
    /// text that had not been learnt.
    /// </summary>
    public IntentRecognizer Retrain(IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText>? related = null)
    {
        var model = Fit(intents, Examples(intents, _ => true), related ?? []);
        return new IntentRecognizer(intents, model.Space, model.Classifier, _temperature);
    }

    /// <summary>Recognises a text; personal data is replaced first.</summary>
    public Inquiry Recognize(string text)
    {
        var redacted = Redaction.Apply(text);
        if (Intents.Count == 0)
        {
            return new Inquiry(redacted, [], 0, 0);
        }

        var logits = _classifier.Logits(_space.Extract(redacted));
        var most = logits.Max();
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] /= (float)_temperature;
        }

        SoftmaxClassifier.ToProbabilities(logits);
        var predictions = new IntentPrediction[logits.Length];
        for (var i = 0; i < logits.Length; i++)
        {
            var probability = ConfidenceIsCapped ? Math.Min(logits[i], ConfidenceCapWithFewExamples) : logits[i];
            predictions[i] = new IntentPrediction(Intents[i], probability);
        }

        Array.Sort(predictions, (a, b) => b.Probability != a.Probability
            ? b.Probability.CompareTo(a.Probability)
            : string.CompareOrdinal(a.Intent.Name, b.Intent.Name));
        return new Inquiry(redacted, predictions, most, _space.KnownWordShare(redacted));
    }

    /// <summary>Writes the trained model; the intents themselves are not in it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(RecipeVersion);
        writer.Write(_temperature);
        _space.Write(writer);
        _classifier.Write(writer);
    }

    /// <summary>Reads a model that was trained on exactly these intents; <see cref="InvalidDataException"/> when it does not fit.</summary>
    public static IntentRecognizer Read(BinaryReader reader, IReadOnlyList<Intent> intents)
    {
        if (reader.ReadInt32() != RecipeVersion)
        {
            throw new InvalidDataException("The model was trained with another recipe.");
        }

        var temperature = reader.ReadDouble();
        var space = FeatureSpace.Read(reader);
        var classifier = SoftmaxClassifier.Read(reader);
        return classifier.Classes == intents.Count
            ? new IntentRecognizer(intents, space, classifier, temperature)
            : throw new InvalidDataException("The model was trained on other intents.");
    }

    private static IReadOnlyList<LabelledText> Examples(IReadOnlyList<Intent> intents, Func<int, bool> learns)
    {
        var examples = new List<LabelledText>();
        for (var i = 0; i < intents.Count; i++)
        {
            examples.Add(new LabelledText(intents[i].Title, i, 1));
            for (var e = 0; e < intents[i].Examples.Count; e++)
            {
                if (learns(e))
                {
                    examples.Add(new LabelledText(Redaction.Apply(intents[i].Examples[e]), i, 1));
                }
            }
        }

        return examples;
    }

    /// <summary>
    /// A first model of the examples alone says which of its few intents each related text belongs to; the second one learns both. The
    /// related texts bring words that no example holds.
    /// </summary>
    private static (FeatureSpace Space, SoftmaxClassifier Classifier) Fit(
        IReadOnlyList<Intent> intents, IReadOnlyList<LabelledText> examples, IReadOnlyList<RelatedText> related)
    {
        var first = Fit(examples, intents.Count);
        if (related.Count == 0)
        {
            return first;
        }

        var places = intents.Select((intent, i) => (intent.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        var labelled = new List<LabelledText>(examples);
        foreach (var (text, names, weight) in related)
        {
            var candidates = names.Where(places.ContainsKey).Select(name => places[name]).ToArray();
            if (candidates.Length > 0)
            {
                var logits = first.Classifier.Logits(first.Space.Extract(text));
                labelled.Add(new LabelledText(text, candidates.MaxBy(c => logits[c]), weight));
            }
        }

        return Fit(Balanced(labelled, intents.Count), intents.Count);
    }

    /// <summary>An intent whose articles have many questions must not draw everything to itself: all intents weigh the same together.</summary>
    private static IReadOnlyList<LabelledText> Balanced(IReadOnlyList<LabelledText> texts, int classes)
    {
        var weights = new double[classes];
        foreach (var text in texts)
        {
            weights[text.Class] += text.Weight;
        }

        var usual = weights.Average();
        return [.. texts.Select(t => t with { Weight = t.Weight * usual / weights[t.Class] })];
    }

    private static (FeatureSpace Space, SoftmaxClassifier Classifier) Fit(IReadOnlyList<LabelledText> examples, int classes)
    {
        var space = FeatureSpace.Learn([.. examples.Select(e => e.Text)]);
        var vectors = examples.Select(e => (space.Extract(e.Text), e.Class, (float)e.Weight)).ToArray();
        return (space, SoftmaxClassifier.Train(vectors, space.Count, classes, new SoftmaxTraining()));
    }

    /// <summary>Each example is predicted by a model that has not seen it; large sets need only some of the folds.</summary>
    private static double FitTemperature(IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText> related)
    {
        var heldOut = new List<(float[] Logits, int Class)>();
        for (var fold = 0; fold < Folds && heldOut.Count < EnoughHeldOut; fold++)
        {
            var left = fold;
            var (space, classifier) = Fit(intents, Examples(intents, e => e % Folds != left), related);
            for (var i = 0; i < intents.Count; i++)
            {
                for (var e = fold; e < intents[i].Examples.Count; e += Folds)
                {
                    heldOut.Add((classifier.Logits(space.Extract(Redaction.Apply(intents[i].Examples[e]))), i));
                }
            }
        }

        return Temperature.Fit(heldOut);
    }

    private sealed record LabelledText(string Text, int Class, double Weight);
}

/// <summary>A text that belongs to one of a few intents, such as a sentence of an article that they list.</summary>
/// <param name="Text">The text.</param>
/// <param name="Intents">The intents' names.</param>
/// <param name="Weight">How much it counts beside an example, 0 to 1.</param>
public sealed record RelatedText(string Text, IReadOnlyList<string> Intents, double Weight);
