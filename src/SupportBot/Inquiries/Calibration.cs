namespace SupportBot.Inquiries;

/// <summary>
/// What makes probabilities of scores, learnt from texts that the classifier behind it had not seen. In each fold a part of every
/// intent's examples is held out, and some intents are taken out altogether: their examples are then texts that nothing known fits.
/// </summary>
/// <param name="Temperature">What scores are divided by.</param>
/// <param name="Scope">What says whether a text is in scope at all; null when nothing out of scope could be learnt from.</param>
internal sealed record Calibration(double Temperature, ScopeModel? Scope)
{
    private const int Folds = 5;

    // One intent in so many is taken out in a fold. Taking out more would make the others look easier than they are.
    private const int IntentGroups = 10;

    // Large sets need only some of the folds.
    private const int EnoughHeldOut = 2_500;

    public static Calibration Learn(TrainingTexts texts)
    {
        var heldOut = new List<(Reading Reading, int Class)>();
        var strange = new List<Reading>();
        var outOfScope = new List<Reading>();
        for (var fold = 0; fold < Folds && heldOut.Count < EnoughHeldOut; fold++)
        {
            var left = fold;
            var kept = Enumerable.Range(0, texts.Classes).Where(i => texts.Classes == 1 || i % IntentGroups != left).ToArray();
            var classifier = texts.Learn(kept, (_, e) => e % Folds != left);
            for (var c = 0; c < kept.Length; c++)
            {
                heldOut.AddRange(texts.ExamplesOf(kept[c]).Where((_, e) => e % Folds == left).Select(keys => (classifier.Read(keys), c)));
            }

            strange.AddRange(Enumerable.Range(0, texts.Classes).Except(kept).SelectMany(texts.ExamplesOf).Select(classifier.Read));
            outOfScope.AddRange(texts.OutOfScope.Select(classifier.Read));
        }

        return new Calibration(
            Inquiries.Temperature.Fit([.. heldOut.Select(row => (row.Reading.Logits, row.Class))]),
            ScopeModel.Fit([.. heldOut.Select(row => row.Reading)], strange, outOfScope));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Temperature);
        writer.Write(Scope is not null);
        Scope?.Write(writer);
    }

    public static Calibration Read(BinaryReader reader)
    {
        var temperature = reader.ReadDouble();
        return new Calibration(temperature, reader.ReadBoolean() ? ScopeModel.Read(reader) : null);
    }
}
