using SupportBot.Answers.Evaluating;

namespace SupportBot.Tests.Evaluating;

public class MeasuresTests
{
    [Fact]
    public void Auroc_is_the_share_of_pairs_in_the_right_order_and_ties_count_half()
    {
        Measures.Auroc([3, 4], [1, 2]).ShouldBe(1);
        Measures.Auroc([1, 2], [3, 4]).ShouldBe(0);
        Measures.Auroc([1, 1], [1]).ShouldBe(0.5);
        Measures.Auroc([2, 3], [1, 2, 4]).ShouldBe((1 + 0.5 + 0 + 1 + 1 + 0) / 6.0);
        Measures.Auroc([1], []).ShouldBeNull();
    }

    [Fact]
    public void Calibration_error_is_how_far_claims_are_from_what_came_true()
    {
        Measures.CalibrationError([(0.9, true), (0.9, true), (0.9, true), (0.9, true), (0.9, false)])!.Value.ShouldBe(0.1, 1e-9);
        Measures.CalibrationError([(1, true), (0, false)]).ShouldBe(0);
        Measures.CalibrationError([(1, false), (0, false)]).ShouldBe(0.5);
        Measures.CalibrationError([]).ShouldBeNull();
    }

    [Fact]
    public void A_threshold_rejects_no_more_than_its_share()
    {
        double[] scores = [.. Enumerable.Range(0, 100).Select(i => i / 100.0).Reverse()];
        var threshold = Measures.ThresholdRejecting(scores, 0.05);
        scores.Count(s => s < threshold).ShouldBe(5);
        Measures.ThresholdRejecting([0.7], 1).ShouldBe(0.7);
    }
}
