using SupportBot.Answers;

namespace SupportBot.Tests.Answers;

public sealed class LabelledConfidenceTests
{
    [Fact]
    public void Too_few_labels_support_nothing() =>
        LabelledConfidence.Fit(Questions(LabelledConfidence.FewestLabels - 1), 0.05).ShouldBeNull();

    [Fact]
    public void Wrong_answers_to_questions_it_has_not_seen_stay_near_the_wanted_share()
    {
        var fitted = LabelledConfidence.Fit(Questions(1000), 0.05)!;
        var fresh = Questions(5000, seed: 2);

        var answered = fresh.Where(q => q.WouldAnswer && fitted.Probability(q.Features, q.Probability) >= fitted.Threshold).ToList();

        (answered.Count(q => !q.Right) / (double)fresh.Count).ShouldBeInRange(0.03, 0.07);
        (answered.Count / (double)fresh.Count).ShouldBeGreaterThan(0.3);
    }

    [Fact]
    public void A_stricter_share_answers_less_and_the_curve_says_what_each_threshold_costs()
    {
        var questions = Questions(1000);
        var (strict, lax) = (LabelledConfidence.Fit(questions, 0.01)!, LabelledConfidence.Fit(questions, 0.1)!);

        strict.Threshold.ShouldBeGreaterThan(lax.Threshold);
        strict.Curve.Zip(strict.Curve.Skip(1)).ShouldAllBe(p => p.First.Threshold >= p.Second.Threshold && p.First.Answered < p.Second.Answered && p.First.Wrong <= p.Second.Wrong);
        strict.Curve.Last(p => p.Threshold >= strict.Threshold).Wrong.ShouldBeLessThanOrEqualTo(0.01);
    }

    [Fact]
    public void What_customers_judged_moves_the_probability_and_not_the_questions_that_the_curve_rests_on()
    {
        var questions = Questions(400);
        var alone = LabelledConfidence.Fit(questions, 0.05)!;
        LabelledTurn[] disliked = [.. questions.Where(q => q.Right).Take(150).Select(q => q with { Right = false })];

        var judged = LabelledConfidence.Fit(questions, 0.05, disliked)!;

        disliked.Average(q => judged.Probability(q.Features, q.Probability)).ShouldBeLessThan(disliked.Average(q => alone.Probability(q.Features, q.Probability)) - 0.1);
        judged.HeldOut.Count.ShouldBe(questions.Count);
        judged.Curve.Count.ShouldBe(alone.Curve.Count);
        judged.Curve[^1].ShouldBe(judged.Curve[^1] with { Answered = alone.Curve[^1].Answered, Wrong = alone.Curve[^1].Wrong });
        LabelledConfidence.Fit(Questions(LabelledConfidence.FewestLabels - 1), 0.05, disliked).ShouldBeNull();
    }

    [Fact]
    public void What_was_written_reads_as_it_was()
    {
        var questions = Questions(300);
        var fitted = LabelledConfidence.Fit(questions, 0.05)!;
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            fitted.Write(writer);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = LabelledConfidence.Read(reader);

        read.Threshold.ShouldBe(fitted.Threshold);
        read.HeldOut.ShouldBe(fitted.HeldOut);
        read.Curve.ShouldBe(fitted.Curve);
        read.Probability(questions[0].Features, questions[0].Probability).ShouldBe(fitted.Probability(questions[0].Features, questions[0].Probability));
    }

    /// <summary>Questions whose outcome follows from their features by chance: two of three tell something, the first confidence tells half.</summary>
    private static List<LabelledTurn> Questions(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] features = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            var right = random.NextDouble() < 1 / (1 + Math.Exp(-((6 * features[0]) + (4 * features[1]) - 5)));
            return new LabelledTurn(features, features[0], right, random.NextDouble() < 0.9);
        })];
    }
}
