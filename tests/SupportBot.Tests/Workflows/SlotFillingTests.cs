using System.Text.RegularExpressions;
using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Workflows;

public class SlotFillingTests
{
    private static readonly Slot OrderNumber = new(
        "order_number", "Which order?", new Regex(@"TT-\d{6}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase), Optional: false);

    private static readonly Slot Photo = new("photo", "A photo?", null, Optional: true);

    [Theory]
    [InlineData("TT-123456", "TT-123456")]
    [InlineData("it is tt-123456 i think, cancel the rest", "tt-123456")]
    public void A_pattern_finds_its_value_in_the_text(string text, string value) =>
        Assert.Equal(new SlotReply.Filled(value), SlotFilling.Read(OrderNumber, text, 0));

    [Theory]
    [InlineData("never mind")]
    [InlineData("Forget it!")]
    [InlineData("cancel")]
    public void A_customer_may_stop(string text) => Assert.IsType<SlotReply.Cancelled>(SlotFilling.Read(OrderNumber, text, 0));

    [Fact]
    public void To_cancel_within_a_sentence_is_not_to_stop() =>
        Assert.IsType<SlotReply.Filled>(SlotFilling.Read(Photo, "please cancel the second tent", 0));

    [Theory]
    [InlineData("skip")]
    [InlineData("I don't have one")]
    [InlineData("no")]
    public void An_optional_slot_may_be_skipped(string text) => Assert.IsType<SlotReply.Skipped>(SlotFilling.Read(Photo, text, 0));

    [Fact]
    public void It_is_asked_twice_more_and_then_given_up()
    {
        Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(OrderNumber, "dunno", 0));
        Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(OrderNumber, "dunno", 1));
        Assert.IsType<SlotReply.GivenUp>(SlotFilling.Read(OrderNumber, "dunno", SlotFilling.MostRepeats));
    }

    [Fact]
    public void A_value_without_end_is_cut() =>
        Assert.Equal(SlotFilling.LongestValue, Assert.IsType<SlotReply.Filled>(SlotFilling.Read(Photo, new string('x', 3_900), 0)).Value.Length);

    [Fact]
    public void A_text_without_words_is_no_value() => Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(Photo, "...", 0));
}
