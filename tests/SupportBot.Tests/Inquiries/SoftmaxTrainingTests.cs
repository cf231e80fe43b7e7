using System.Numerics;
using SupportBot.Inquiries;
using Xunit;

namespace SupportBot.Tests.Inquiries;

public class SoftmaxTrainingTests
{
    private static readonly int Width = Vector<float>.Count;

    [Fact]
    public void Mixing_begins_by_changing_nothing()
    {
        var scores = new float[3];
        new ClassMixing(3, Width).Mix(Padded(0.5f, -1, 2), scores);
        Assert.Equal([0.5f, -1, 2], scores);
    }

    [Fact]
    public void A_step_of_the_mixing_follows_the_slopes()
    {
        var mixing = new ClassMixing(3, Width);
        var said = Padded(2, 1, -1);
        var saidSlopes = new float[Width];
        mixing.Learn(said, [0.5f, -0.5f, 0], 0.1f, saidSlopes);
        Assert.Equal(Padded(0.5f, -0.5f, 0), saidSlopes);

        // The squares of what was said add up to 6: so much times rate and slope the scores move.
        var scores = new float[3];
        mixing.Mix(said, scores);
        Assert.Equal([2 - 0.3f, 1 + 0.3f, -1], scores.Select(score => MathF.Round(score, 5)));
    }

    [Fact]
    public void The_slopes_are_handed_back_as_mixed_before_the_step()
    {
        var mixing = new ClassMixing(2, Width);
        mixing.Learn(Padded(1, 0), [0, -1], 0.5f, new float[Width]);
        var saidSlopes = new float[Width];
        mixing.Learn(Padded(1, 0), [0, 1], 0.25f, saidSlopes);
        Assert.Equal(Padded(0.5f, 1), saidSlopes);
    }

    [Fact]
    public void What_the_mixing_learnt_is_in_the_classifier()
    {
        // Two features of class 0 and one of class 1, told apart with and without mixing.
        TrainingExample[] examples = [Example(0, 0), Example(0, 1), Example(1, 2), Example(0, 0), Example(1, 2)];
        var mixed = new SoftmaxTraining(Dropout: 0).Fit(examples, 3, 2);
        var plain = new SoftmaxTraining(Dropout: 0, MixingRate: 0).Fit(examples, 3, 2);
        foreach (var example in examples)
        {
            var (scores, plainScores) = (mixed.Logits(example.Features), plain.Logits(example.Features));
            Assert.True(scores[example.Class] > scores[1 - example.Class]);
            Assert.True(plainScores[example.Class] > plainScores[1 - example.Class]);
            Assert.True(Math.Abs(scores[0] - scores[1]) > Math.Abs(plainScores[0] - plainScores[1]), "One step moves two layers: the same steps go further.");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void However_few_examples_there_are_the_scores_are_numbers(int count)
    {
        var examples = Enumerable.Range(0, count).Select(i => Example(i % 20, i % 20, 10)).ToArray();
        var classifier = new SoftmaxTraining().Fit(examples, 20, 20);
        Assert.All(classifier.Logits(new FeatureVector([0, 7], [10, 10])), score => Assert.InRange(score, -1e4f, 1e4f));
    }

    private static TrainingExample Example(int label, int feature, float weight = 1) =>
        new(new FeatureVector([feature], [weight]), label, 1);

    private static float[] Padded(params float[] numbers) => [.. numbers, .. new float[Width - numbers.Length]];
}
