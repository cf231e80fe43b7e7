using System.Text.RegularExpressions;
using NodaTime;
using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Workflows;

public class SlotFillingTests
{
    private static readonly Slot OrderNumber = new(
        "order_number", "Which order?", new Regex(@"TT-\d{6}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase), Optional: false);

    private static readonly Slot Note = new("note", "A note?", null, Optional: true);

    private static readonly Slot Photo = new("photo", "A photo?", null, Optional: true) { Type = SlotType.Attachment };

    [Theory]
    [InlineData("TT-123456", "TT-123456")]
    [InlineData("it is tt-123456 i think, cancel the rest", "tt-123456")]
    public void A_pattern_finds_its_value_in_the_text(string text, string value) =>
        Assert.Equal(new SlotReply.Filled(value), SlotFilling.Read(OrderNumber, Input(text), 0));

    [Theory]
    [InlineData("never mind")]
    [InlineData("Forget it!")]
    [InlineData("cancel")]
    public void A_customer_may_stop(string text) => Assert.IsType<SlotReply.Cancelled>(SlotFilling.Read(OrderNumber, Input(text), 0));

    [Fact]
    public void To_cancel_within_a_sentence_is_not_to_stop() =>
        Assert.IsType<SlotReply.Filled>(SlotFilling.Read(Note, Input("please cancel the second tent"), 0));

    [Theory]
    [InlineData("skip")]
    [InlineData("I don't have one")]
    [InlineData("no")]
    public void An_optional_slot_may_be_skipped(string text) => Assert.IsType<SlotReply.Skipped>(SlotFilling.Read(Note, Input(text), 0));

    [Theory]
    [InlineData("I can't take a photo now")]
    [InlineData("no photo, sorry")]
    [InlineData("skip")]
    public void A_file_is_refused_in_many_words(string text) => Assert.IsType<SlotReply.Skipped>(SlotFilling.Read(Photo, Input(text), 0));

    [Fact]
    public void A_file_that_came_with_the_message_fills_the_slot_whatever_the_words_are() =>
        Assert.Equal(new SlotReply.Filled("tent.png"), SlotFilling.Read(Photo, Input("not sure if this helps") with { Files = ["tent.png"] }, 0));

    [Fact]
    public void Words_alone_are_no_file() =>
        Assert.Contains("paper clip", Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(Photo, Input("here it is"), 0)).Why, StringComparison.Ordinal);

    [Fact]
    public void It_is_asked_twice_more_and_then_given_up()
    {
        Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(OrderNumber, Input("dunno"), 0));
        Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(OrderNumber, Input("dunno"), 1));
        Assert.IsType<SlotReply.GivenUp>(SlotFilling.Read(OrderNumber, Input("dunno"), SlotFilling.MostRepeats));
    }

    [Fact]
    public void A_value_without_end_is_cut() =>
        Assert.Equal(SlotFilling.LongestValue, Assert.IsType<SlotReply.Filled>(SlotFilling.Read(Note, Input(new string('x', 3_900)), 0)).Value.Length);

    [Fact]
    public void A_text_without_words_is_no_value() => Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(Note, Input("..."), 0));

    [Theory]
    [InlineData("two tents", null, "2")]
    [InlineData("1,200 euro", null, "1200")]
    [InlineData("1.234.567,5", "de-DE", "1234567.5")]
    [InlineData("1,5", "en", "1.5")]
    [InlineData("1.500", "de-DE", "1500")]
    [InlineData("1,234.50", "de-DE", "1234.50")]
    [InlineData("size 42.5 please", null, "42.5")]
    [InlineData("-3", null, "-3")]
    public void Numbers_are_read_as_the_customer_writes_them(string text, string? locale, string value) =>
        Assert.Equal(new SlotReply.Filled(value), SlotFilling.Read(Of(SlotType.Number), Input(text) with { Locale = locale }, 0));

    [Theory]
    [InlineData("it's Ann.Byrne+shop@mail.example.org, thanks.", "Ann.Byrne+shop@mail.example.org")]
    [InlineData("ann@example.com.", "ann@example.com")]
    public void An_address_is_found_in_a_sentence(string text, string value) =>
        Assert.Equal(new SlotReply.Filled(value), SlotFilling.Read(Of(SlotType.Email), Input(text), 0));

    [Theory]
    [InlineData("ann@example")]
    [InlineData("ann at example.com")]
    public void Half_an_address_is_none(string text) => Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(Of(SlotType.Email), Input(text), 0));

    [Theory]
    [InlineData("Dark green", "Dark green")]
    [InlineData("the dark green one please", "Dark green")]
    [InlineData("green", "Green")]
    [InlineData("RED!", "Red")]
    public void A_choice_is_meant_by_its_words(string text, string value) => Assert.Equal(new SlotReply.Filled(value), SlotFilling.Read(Colours, Input(text), 0));

    [Theory]
    [InlineData("blue")]
    [InlineData("green or red, whichever")]
    public void What_is_no_choice_is_told_what_there_is(string text) =>
        Assert.Equal("Please choose one of: Red, Green, Dark green.", Assert.IsType<SlotReply.NotUnderstood>(SlotFilling.Read(Colours, Input(text), 0)).Why);

    [Fact]
    public void Nobody_is_taken_at_a_number_or_a_day_that_was_not_asked_for()
    {
        var story = Input("I waited 2 weeks since 3 May, write to ann@example.com about TT-123456");
        Assert.Null(SlotFilling.FindUnasked(Of(SlotType.Number), story));
        Assert.Null(SlotFilling.FindUnasked(Of(SlotType.Date), story));
        Assert.Equal("ann@example.com", SlotFilling.FindUnasked(Of(SlotType.Email), story));
        Assert.Equal("TT-123456", SlotFilling.FindUnasked(OrderNumber, story));
    }

    private static Slot Colours { get; } = Of(SlotType.Choice) with { Choices = ["Red", "Green", "Dark green"] };

    private static Slot Of(SlotType type) => new("value", "Which?", null, Optional: false) { Type = type };

    private static SlotInput Input(string text) => new(text, [], new LocalDate(2026, 11, 23), null);
}
