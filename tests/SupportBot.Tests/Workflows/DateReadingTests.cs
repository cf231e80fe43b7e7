using NodaTime;
using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Workflows;

public class DateReadingTests
{
    /// <summary>A Monday.</summary>
    private static readonly LocalDate Today = new(2026, 11, 23);

    [Theory]
    [InlineData("2026-05-03", "2026-05-03")]
    [InlineData("03/05/2026", "2026-05-03")]
    [InlineData("3.5.26", "2026-05-03")]
    [InlineData("05/23/2026", "2026-05-23")]
    [InlineData("on 3 May", "2026-05-03")]
    [InlineData("the 3rd of May", "2026-05-03")]
    [InlineData("May 3rd, 2025", "2025-05-03")]
    [InlineData("21st nov", "2026-11-21")]
    [InlineData("30/11", "2025-11-30")]
    [InlineData("29 February", "2024-02-29", "2025-03-01")]
    [InlineData("today", "2026-11-23")]
    [InlineData("yesterday evening", "2026-11-22")]
    [InlineData("the day before yesterday", "2026-11-21")]
    [InlineData("3 days ago", "2026-11-20")]
    [InlineData("a week ago", "2026-11-16")]
    [InlineData("two months ago", "2026-09-23")]
    [InlineData("last Friday", "2026-11-20")]
    [InlineData("it came on monday", "2026-11-16")]
    public void A_day_that_has_been_is_read_from_figures_and_words(string text, string date, string? today = null) =>
        Assert.Equal(date, DateReading.Read(text, today is null ? Today : NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value, "en-IE", past: true).Value);

    [Theory]
    [InlineData("05/03/2026", "en-US", "2026-05-03")]
    [InlineData("05/03/2026", "en-GB", "2026-03-05")]
    [InlineData("05/03/2026", "en", "2026-03-05")]
    [InlineData("05/03/2026", null, "2026-03-05")]
    [InlineData("05/03/2026", "not a language", "2026-03-05")]
    public void Days_come_before_months_except_where_the_region_has_it_otherwise(string text, string? locale, string date) =>
        Assert.Equal(date, DateReading.Read(text, Today, locale, past: false).Value);

    [Theory]
    [InlineData("tomorrow", "2026-11-24")]
    [InlineData("Friday", "2026-11-27")]
    [InlineData("3 January", "2027-01-03")]
    [InlineData("10/11", "2026-11-10")]
    public void Without_a_year_the_nearest_day_is_meant(string text, string date) => Assert.Equal(date, DateReading.Read(text, Today, null, past: false).Value);

    [Theory]
    [InlineData("tomorrow", "24 November 2026 is still to come.")]
    [InlineData("3 May 2027", "3 May 2027 is still to come.")]
    [InlineData("31 February", "There is no such day.")]
    [InlineData("2026-13-01", "There is no such day.")]
    [InlineData("31/04/2026", "There is no such day.")]
    [InlineData("some time in spring", "I could not find a day in that. Write it like 3 May or 03/05/2026.")]
    [InlineData("TT-123456", "I could not find a day in that. Write it like 3 May or 03/05/2026.")]
    [InlineData("may I ask something else", "I could not find a day in that. Write it like 3 May or 03/05/2026.")]
    public void A_day_that_cannot_be_is_refused_with_the_reason(string text, string refusal) =>
        Assert.Equal(new SlotValue(null, refusal), DateReading.Read(text, Today, null, past: true));
}
