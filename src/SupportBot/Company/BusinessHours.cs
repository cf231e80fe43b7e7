using NodaTime;
using NodaTime.Extensions;

namespace SupportBot.Company;

/// <summary>
/// The company's opening hours as a clock. Business time between two instants is counted in whole weeks of nominal hours and then
/// corrected for the few days that differ: holidays, and days on which the zone's offset changes. So a span of years costs as
/// much as its holidays and clock changes, not as its days.
/// </summary>
public sealed class BusinessHours
{
    private const int LongestClosureDays = 400;

    private readonly DateTimeZone _zone;
    private readonly OpeningRange[][] _week;
    private readonly Duration[] _nominal;
    private readonly Duration _nominalWeek;
    private readonly SortedSet<LocalDate> _holidays;

    /// <summary>Hours of a week (ranges of a day in order and apart), without the holidays, in a time zone.</summary>
    public BusinessHours(DateTimeZone zone, IEnumerable<OpeningRange> hours, IEnumerable<LocalDate> holidays)
    {
        _zone = zone;
        _holidays = [.. holidays];
        var byDay = hours.ToLookup(range => range.Day);
        _week = [.. Enumerable.Range(0, 8).Select(day => byDay[(IsoDayOfWeek)day].OrderBy(range => range.Opens).ToArray())];
        _nominal = [.. _week.Select(day => day.Aggregate(Duration.Zero, (sum, range) => sum + Length(range)))];
        _nominalWeek = _nominal.Aggregate(Duration.Zero, (sum, day) => sum + day);
    }

    /// <summary>The clock of a company.</summary>
    public static BusinessHours Of(CompanyFacts facts) =>
        new(facts.TimeZone, facts.Hours, facts.Holidays.Select(holiday => holiday.Date));

    /// <summary>Business time from one instant to a later one; zero when <paramref name="to"/> is not later.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
        {
            return TimeSpan.Zero;
        }

        var (start, end) = (from.ToInstant(), to.ToInstant());
        var (first, last) = (start.InZone(_zone).Date, end.InZone(_zone).Date);
        if (first == last)
        {
            return OnDay(first, start, end).ToTimeSpan();
        }

        var total = OnDay(first, start, end) + OnDay(last, start, end);
        return (total + WholeDays(first.PlusDays(1), last)).ToTimeSpan();
    }

    /// <summary>Whether the company is open at an instant.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var instant = at.ToInstant();
        return Stretches(instant.InZone(_zone).Date).Any(stretch => stretch.Contains(instant));
    }

    /// <summary>
    /// The first instant at or after <paramref name="at"/> at which the company is open, in its local time;
    /// null when there is none within 400 days.
    /// </summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        var instant = at.ToInstant();
        var today = instant.InZone(_zone).Date;
        for (var days = 0; days <= LongestClosureDays; days++)
        {
            foreach (var stretch in Stretches(today.PlusDays(days)))
            {
                if (stretch.End > instant)
                {
                    return Instant.Max(stretch.Start, instant).InZone(_zone).ToDateTimeOffset();
                }
            }
        }

        return null;
    }

    private static Duration Length(OpeningRange range) =>
        Duration.FromTicks((range.Closes?.TickOfDay ?? NodaConstants.TicksPerDay) - range.Opens.TickOfDay);

    /// <summary>Business time of the days from <paramref name="first"/> up to but without <paramref name="end"/>.</summary>
    private Duration WholeDays(LocalDate first, LocalDate end)
    {
        var days = Period.DaysBetween(first, end);
        var total = _nominalWeek * (days / 7);
        for (var rest = days - (days % 7); rest < days; rest++)
        {
            total += _nominal[(int)first.PlusDays(rest).DayOfWeek];
        }

        foreach (var date in UnusualDays(first, end))
        {
            var exact = Stretches(date).Aggregate(Duration.Zero, (sum, stretch) => sum + stretch.Duration);
            total += exact - _nominal[(int)date.DayOfWeek];
        }

        return total;
    }

    /// <summary>The days on which the nominal hours may not hold, each once.</summary>
    private SortedSet<LocalDate> UnusualDays(LocalDate first, LocalDate end)
    {
        if (first >= end)
        {
            return [];
        }

        var days = new SortedSet<LocalDate>(_holidays.GetViewBetween(first, end.PlusDays(-1)));
        foreach (var interval in _zone.GetZoneIntervals(Midnight(first), Midnight(end)))
        {
            if (!interval.HasStart)
            {
                continue;
            }

            // A change may move the clock over midnight, then it touches the days on both sides.
            var after = interval.IsoLocalStart.Date;
            for (var date = (interval.Start - Duration.Epsilon).InZone(_zone).Date; date <= after; date = date.PlusDays(1))
            {
                if (date >= first && date < end)
                {
                    days.Add(date);
                }
            }
        }

        return days;
    }

    // Leniently, since a zone may skip a midnight or a whole day.
    private Instant Midnight(LocalDate date) => _zone.AtLeniently(date.AtMidnight()).ToInstant();

    private Duration OnDay(LocalDate date, Instant from, Instant to)
    {
        var total = Duration.Zero;
        foreach (var stretch in Stretches(date))
        {
            var length = Instant.Min(stretch.End, to) - Instant.Max(stretch.Start, from);
            total += length > Duration.Zero ? length : Duration.Zero;
        }

        return total;
    }

    /// <summary>The open stretches of a day as they really are, after clock changes; empty stretches are left out.</summary>
    private IEnumerable<Interval> Stretches(LocalDate date)
    {
        if (_holidays.Contains(date))
        {
            yield break;
        }

        foreach (var range in _week[(int)date.DayOfWeek])
        {
            var opens = _zone.AtLeniently(date + range.Opens);
            var closes = _zone.AtLeniently(range.Closes is { } time ? date + time : date.PlusDays(1).AtMidnight());
            // A day that the zone skips altogether maps onto the next one, whose hours it must not count again.
            if (opens.Date == date && closes.ToInstant() > opens.ToInstant())
            {
                yield return new Interval(opens.ToInstant(), closes.ToInstant());
            }
        }
    }
}
