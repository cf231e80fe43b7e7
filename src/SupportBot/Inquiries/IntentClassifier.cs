namespace SupportBot.Inquiries;

/// <summary>What a text looks like to a classifier before anything is made of it.</summary>
/// <param name="Logits">The scores of all classes.</param>
/// <param name="Familiarity">How much of the text is known.</param>
internal sealed record Reading(float[] Logits, Familiarity Familiarity);

/// <summary>A text with its features' hashes, which are taken once however often it is learnt.</summary>
internal sealed record LearntText(FeatureKeys Keys, int Class, double Weight);

/// <summary>A text that belongs to one of a few classes.</summary>
internal sealed record UnplacedText(FeatureKeys Keys, IReadOnlyList<int> Classes, double Weight);

/// <summary>The features of a set of texts and a classifier over them, without calibration.</summary>
internal sealed class IntentClassifier(FeatureSpace space, SoftmaxClassifier classifier)
{
    public int Classes => classifier.Classes;

    /// <summary>
    /// A first classifier of the examples alone says which of its few classes each unplaced text belongs to; the second one learns both.
    /// Such texts bring words that no example holds.
    /// </summary>
    public static IntentClassifier Train(IReadOnlyList<LearntText> examples, IReadOnlyList<UnplacedText> unplaced, int classes)
    {
        if (unplaced.Count == 0)
        {
            return Train(examples, classes);
        }

        var first = new Lazy<IntentClassifier>(() => Train(examples, classes));
        int Place(UnplacedText text)
        {
            if (text.Classes.Count == 1)
            {
                return text.Classes[0];
            }

            var logits = first.Value.Read(text.Keys).Logits;
            return text.Classes.MaxBy(c => logits[c]);
        }

        return Train(Balanced([.. examples, .. unplaced.Select(text => new LearntText(text.Keys, Place(text), text.Weight))], classes), classes);
    }

    public Reading Read(FeatureKeys keys) => new(classifier.Logits(space.Extract(keys)), space.FamiliarityOf(keys));

    public void Write(BinaryWriter writer)
    {
        space.Write(writer);
        classifier.Write(writer);
    }

    public static IntentClassifier Read(BinaryReader reader)
    {
        var space = FeatureSpace.Read(reader);
        return new IntentClassifier(space, SoftmaxClassifier.Read(reader));
    }

    private static IntentClassifier Train(IReadOnlyList<LearntText> texts, int classes)
    {
        var space = FeatureSpace.Learn([.. texts.Select(t => t.Keys)]);
        var examples = texts.Select(t => new TrainingExample(space.Extract(t.Keys), t.Class, (float)t.Weight)).ToArray();
        return new IntentClassifier(space, new SoftmaxTraining().Fit(examples, space.Count, classes));
    }

    /// <summary>A class to which many unplaced texts belong must not draw everything to itself: all classes weigh the same together.</summary>
    private static IReadOnlyList<LearntText> Balanced(IReadOnlyList<LearntText> texts, int classes)
    {
        var weights = new double[classes];
        foreach (var text in texts)
        {
            weights[text.Class] += text.Weight;
        }

        var usual = weights.Average();
        return [.. texts.Select(t => t with { Weight = t.Weight * usual / weights[t.Class] })];
    }
}
