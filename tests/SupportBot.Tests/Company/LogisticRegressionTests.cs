using SupportBot.Company;
using Xunit;

namespace SupportBot.Tests.Company;

public class LogisticRegressionTests
{
    // Right with probability x: of ten examples at x, 10x are right.
    private static readonly IReadOnlyList<(double[], bool, double)> Graded =
    [
        .. Enumerable.Range(1, 9).SelectMany(tenth => Enumerable.Range(0, 10).Select(i => (new[] { tenth / 10.0, 1.0 }, i < tenth, 5.0))),
    ];

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Probabilities_match_the_shares_they_were_fitted_to(double share) =>
        Assert.Equal(share, LogisticRegression.Fit(Graded).Probability([share, 1]), 0.06);

    [Fact]
    public void Weight_counts_like_repetition()
    {
        var once = LogisticRegression.Fit([([0.0], false, 2), ([1.0], true, 2), ([0.4], true, 2)]);
        var twice = LogisticRegression.Fit([([0.0], false, 1), ([1.0], true, 1), ([0.4], true, 1), ([0.0], false, 1), ([1.0], true, 1), ([0.4], true, 1)]);
        Assert.Equal(once.Probability([0.7]), twice.Probability([0.7]), 1e-9);
    }

    [Fact]
    public void Examples_that_a_line_separates_do_not_run_away() =>
        Assert.InRange(LogisticRegression.Fit([.. Enumerable.Range(0, 40).Select(i => (new[] { (double)i }, i >= 20, 1.0))]).Probability([39]), 0.8, 0.9999);

    [Fact]
    public void A_stored_model_predicts_as_before()
    {
        var fitted = LogisticRegression.Fit(Graded);
        using var stream = new MemoryStream();
        fitted.Write(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Equal(fitted.Probability([0.3, 1]), LogisticRegression.Read(new BinaryReader(stream)).Probability([0.3, 1]));
    }
}
