namespace SupportBot.Inquiries;

/// <summary>
/// Everything that is learnt about some intents, with the features of each text taken once: the intents' titles and examples, related
/// texts, and texts that are known to mean none of the intents. Classes are places in the list of intents.
/// </summary>
internal sealed class TrainingTexts
{
    private readonly IReadOnlyList<(FeatureKeys Title, IReadOnlyList<FeatureKeys> Examples)> _intents;
    private readonly IReadOnlyList<UnplacedText> _related;

    private TrainingTexts(
        IReadOnlyList<(FeatureKeys Title, IReadOnlyList<FeatureKeys> Examples)> intents,
        IReadOnlyList<UnplacedText> related,
        IReadOnlyList<FeatureKeys> outOfScope)
    {
        (_intents, _related, OutOfScope) = (intents, related, outOfScope);
    }

    /// <summary>Number of intents.</summary>
    public int Classes => _intents.Count;

    /// <summary>Texts that are known to mean none of the intents.</summary>
    public IReadOnlyList<FeatureKeys> OutOfScope { get; }

    /// <summary>Examples of an intent.</summary>
    public IReadOnlyList<FeatureKeys> ExamplesOf(int label) => _intents[label].Examples;

    public static TrainingTexts Of(IReadOnlyList<Intent> intents, IReadOnlyList<RelatedText> related, IReadOnlyList<string> outOfScope)
    {
        var places = intents.Select((intent, i) => (intent.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        static FeatureKeys Keys(string text) => FeatureKeys.Of(Redaction.Apply(text));
        return new TrainingTexts(
            [.. intents.Select(i => (FeatureKeys.Of(i.Title), (IReadOnlyList<FeatureKeys>)[.. i.Examples.Select(Keys)]))],
            [
                .. related.Select(r => new UnplacedText(FeatureKeys.Of(r.Text), [.. r.Intents.Where(places.ContainsKey).Select(n => places[n])], r.Weight))
                    .Where(text => text.Classes.Count > 0),
            ],
            [.. outOfScope.Select(Keys)]);
    }

    /// <summary>Learns all of it.</summary>
    public IntentClassifier Learn() => Learn([.. Enumerable.Range(0, Classes)], (_, _) => true);

    /// <summary>Learns some of it.</summary>
    /// <param name="kept">The intents to learn; the classifier's classes are places in this list.</param>
    /// <param name="learns">Whether an example, by intent and place in it, is learnt.</param>
    public IntentClassifier Learn(IReadOnlyList<int> kept, Func<int, int, bool> learns)
    {
        var examples = new List<LearntText>();
        for (var c = 0; c < kept.Count; c++)
        {
            var (title, texts) = _intents[kept[c]];
            examples.Add(new LearntText(title, c, 1));
            examples.AddRange(texts.Where((_, e) => learns(kept[c], e)).Select(keys => new LearntText(keys, c, 1)));
        }

        var places = kept.Select((label, c) => (label, c)).ToDictionary(x => x.label, x => x.c);
        var related = _related
            .Select(text => text with { Classes = [.. text.Classes.Where(places.ContainsKey).Select(label => places[label])] })
            .Where(text => text.Classes.Count > 0);
        return IntentClassifier.Train(examples, [.. related], kept.Count);
    }
}
