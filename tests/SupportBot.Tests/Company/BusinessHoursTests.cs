using NodaTime;
using SupportBot.Company;
using Xunit;

namespace SupportBot.Tests.Company;

public class BusinessHoursTests
{
    private static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];

    private static readonly BusinessHours OfficeHours = new(
        Dublin,
        [
            .. Enumerable.Range(1, 5).SelectMany(day => new[]
            {
                new OpeningRange((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(12, 30)),
                new OpeningRange((IsoDayOfWeek)day, new LocalTime(13, 30), new LocalTime(17, 30)),
            }),
        ],
        [new LocalDate(2026, 12, 25)]);

    private static readonly BusinessHours AlwaysOpen = new(
        Dublin, Enumerable.Range(1, 7).Select(day => new OpeningRange((IsoDayOfWeek)day, LocalTime.Midnight, null)), []);

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "2026-11-23T10:15:00Z", "01:15:00")] // within one stretch
    [InlineData("2026-11-23T12:00:00Z", "2026-11-23T14:00:00Z", "01:00:00")] // over lunch
    [InlineData("2026-11-23T12:40:00Z", "2026-11-23T13:20:00Z", "00:00:00")] // in the lunch break
    [InlineData("2026-11-20T17:00:00Z", "2026-11-23T09:30:00Z", "01:00:00")] // over a weekend
    [InlineData("2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "1.13:30:00")] // a whole week
    [InlineData("2026-12-24T17:00:00Z", "2026-12-28T09:30:00Z", "01:00:00")] // over a holiday and a weekend
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23T09:00:00Z", "00:00:00")] // backwards
    public void Business_time_is_what_lies_in_opening_hours(string from, string to, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected), OfficeHours.Between(DateTimeOffset.Parse(from), DateTimeOffset.Parse(to)));

    [Theory]
    [InlineData("2026-03-29T00:00:00+00:00", "2026-03-30T00:00:00+01:00", 23)] // the clock goes forward
    [InlineData("2026-10-25T00:00:00+01:00", "2026-10-26T00:00:00+00:00", 25)] // the clock goes back
    [InlineData("2026-03-01T00:00:00+00:00", "2026-11-01T00:00:00+00:00", 245 * 24)] // one of each
    public void A_day_of_a_clock_change_counts_its_real_hours(string from, string to, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), AlwaysOpen.Between(DateTimeOffset.Parse(from), DateTimeOffset.Parse(to)));

    [Fact]
    public void A_long_span_is_the_sum_of_its_days()
    {
        var start = new DateTimeOffset(2024, 2, 27, 11, 20, 0, TimeSpan.Zero);
        var end = new DateTimeOffset(2027, 1, 14, 15, 5, 0, TimeSpan.Zero);
        var sum = TimeSpan.Zero;
        for (var from = start; from < end; from = from.AddHours(7))
        {
            sum += OfficeHours.Between(from, from.AddHours(7) < end ? from.AddHours(7) : end);
        }

        Assert.Equal(sum, OfficeHours.Between(start, end));
    }

    [Fact]
    public void A_day_that_the_zone_skipped_has_no_business_time()
    {
        var apia = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        var hours = new BusinessHours(
            apia, Enumerable.Range(1, 7).Select(day => new OpeningRange((IsoDayOfWeek)day, new LocalTime(9, 0), new LocalTime(10, 0))), []);
        var from = apia.AtStrictly(new LocalDateTime(2011, 12, 29, 0, 0)).ToDateTimeOffset();
        var to = apia.AtStrictly(new LocalDateTime(2012, 1, 1, 0, 0)).ToDateTimeOffset();
        Assert.Equal(TimeSpan.FromHours(2), hours.Between(from, to));
    }

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", true)]
    [InlineData("2026-11-23T12:30:00Z", false)]
    [InlineData("2026-07-01T08:00:00Z", true)] // summer time: nine o'clock in Dublin
    [InlineData("2026-12-25T10:00:00Z", false)]
    [InlineData("2026-11-22T10:00:00Z", false)]
    public void Open_follows_the_local_clock(string at, bool open) => Assert.Equal(open, OfficeHours.IsOpen(DateTimeOffset.Parse(at)));

    [Theory]
    [InlineData("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T12:45:00Z", "2026-11-23T13:30:00Z")]
    [InlineData("2026-12-24T18:00:00Z", "2026-12-28T09:00:00Z")]
    public void Next_opening_skips_closed_days(string at, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected), OfficeHours.NextOpening(DateTimeOffset.Parse(at))!.Value.ToUniversalTime());

    [Fact]
    public void A_company_that_never_opens_has_no_next_opening() =>
        Assert.Null(new BusinessHours(Dublin, [], []).NextOpening(DateTimeOffset.UnixEpoch));
}
