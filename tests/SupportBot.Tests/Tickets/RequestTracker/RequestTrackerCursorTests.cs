using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>Transactions that come to light out of order.</summary>
public sealed class RequestTrackerCursorTests
{
    [Fact]
    public void A_number_that_comes_to_light_late_is_not_taken_for_seen()
    {
        var cursor = RequestTrackerCursor.At([10, 11, 13]);
        cursor.AskAfter.ShouldBe(10);
        cursor.Has(9).ShouldBeTrue("it is from before");
        cursor.Has(13).ShouldBeTrue();
        cursor.Has(12).ShouldBeFalse();
        var later = cursor.After([12, 14]);
        new long[] { 10, 11, 12, 13, 14 }.ShouldAllBe(id => later.Has(id));
        later.Has(15).ShouldBeFalse();
    }

    [Fact]
    public void It_stays_short_and_goes_on()
    {
        var cursor = RequestTrackerCursor.At([]);
        cursor.AskAfter.ShouldBe(0);
        cursor.Has(1).ShouldBeFalse();
        for (var start = 1_000_000_000L; start < 1_000_001_000; start += 100)
        {
            cursor = cursor.After(Enumerable.Range(0, 100).Select(i => start + i));
        }

        cursor.AskAfter.ShouldBe(1_000_000_950);
        cursor.ToString().Length.ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData]
    [InlineData(7L)]
    [InlineData(7L, 8L, 12L, 4_000_000_000L)]
    public void It_is_read_as_it_was_written(params long[] seen)
    {
        var text = RequestTrackerCursor.At(seen).ToString();
        var read = RequestTrackerCursor.Parse(text);
        read.ToString().ShouldBe(text);
        seen.ShouldAllBe(id => read.Has(id));
        read.Has(5_000_000_000).ShouldBeFalse();
    }
}
