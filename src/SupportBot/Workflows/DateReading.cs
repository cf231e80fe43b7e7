using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>
/// Days as customers write them: in figures, in words, and as seen from today. A day without a year is the last one that has been where the
/// slot wants the past, and the nearest one otherwise. Days are numbered before months except where the customer's region does it the other way.
/// </summary>
public static partial class DateReading
{
    private const int DaysOfWeek = 7;
    private const int NearestMonths = 6;

    private static readonly Dictionary<string, int> Months = Numbered(
        "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec");

    private static readonly Dictionary<string, int> Weekdays = Numbered(
        "monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat", "sunday sun");

    private static readonly Dictionary<string, int> Counts = Numbered("a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    /// <summary>Reads the first day that a text names.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="today">The day where the company is.</param>
    /// <param name="locale">The customer's language and region; without a region days come before months.</param>
    /// <param name="past">Whether a day in the future is refused.</param>
    public static SlotValue Read(string text, LocalDate today, string? locale, bool past)
    {
        var (date, impossible) = Find(text, today, locale, past);
        if (date is not { } day)
        {
            return new SlotValue(null, impossible ? "There is no such day." : "I could not find a day in that. Write it like 3 May or 03/05/2026.");
        }

        return past && day > today
            ? new SlotValue(null, $"{Say(day)} is still to come.")
            : new SlotValue(day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), null);
    }

    /// <summary>A day for people: 3 May 2026.</summary>
    public static string Say(LocalDate date) => date.ToString("d MMMM uuuu", CultureInfo.InvariantCulture);

    private static (LocalDate? Date, bool Impossible) Find(string text, LocalDate today, string? locale, bool past)
    {
        if (Iso().Match(text) is { Success: true } iso)
        {
            return Exact(Number(iso, "year"), Number(iso, "month"), Number(iso, "day"));
        }

        if (InFigures().Match(text) is { Success: true } figures)
        {
            var (first, second) = (Number(figures, "first"), Number(figures, "second"));
            var monthFirst = second > 12 || (MonthComesFirst(locale) && first <= 12);
            return Resolve(monthFirst ? second : first, monthFirst ? first : second, Year(figures), today, past);
        }

        var words = Tokenizer.Words(text);
        var written = InWords(words, today, past);
        return written.Date is not null || written.Impossible ? written : (FromToday(words, today, past), false);
    }

    /// <summary>"3 May", "May 3rd 2026", "the 3rd of May".</summary>
    private static (LocalDate? Date, bool Impossible) InWords(List<string> words, LocalDate today, bool past)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!Months.TryGetValue(words[i], out var month))
            {
                continue;
            }

            var before = i - 1 >= 0 && words[i - 1] == "of" ? i - 2 : i - 1;
            var (day, next) = before >= 0 && DayOf(words[before]) is { } earlier ? (earlier, i + 1)
                : i + 1 < words.Count && DayOf(words[i + 1]) is { } later ? (later, i + 2)
                : (0, 0);
            if (day > 0)
            {
                int? year = next < words.Count && words[next].Length is 2 or 4 && int.TryParse(words[next], NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? FullYear(written) : null;
                return Resolve(day, month, year, today, past);
            }
        }

        return (null, false);
    }

    /// <summary>"yesterday", "three days ago", "last Monday".</summary>
    private static LocalDate? FromToday(List<string> words, LocalDate today, bool past)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var previous = i > 0 ? words[i - 1] : "";
            switch (words[i])
            {
                case "today" or "tonight":
                    return today;
                case "yesterday":
                    return today.PlusDays(previous == "before" ? -2 : -1);
                case "tomorrow":
                    return today.PlusDays(previous == "after" ? 2 : 1);
                case "ago" when i >= 2 && CountOf(words[i - 2]) is { } count:
                    return Back(today, count, words[i - 1]);
            }

            if (Weekdays.TryGetValue(words[i], out var weekday))
            {
                return OnWeekday(today, weekday, back: past || previous == "last");
            }
        }

        return null;
    }

    private static LocalDate? Back(LocalDate today, int count, string unit) => unit switch
    {
        "day" or "days" => today.PlusDays(-count),
        "week" or "weeks" => today.PlusWeeks(-count),
        "month" or "months" => today.PlusMonths(-count),
        _ => null,
    };

    private static LocalDate OnWeekday(LocalDate today, int weekday, bool back)
    {
        var ahead = (weekday - (int)today.DayOfWeek + DaysOfWeek) % DaysOfWeek;
        return today.PlusDays(back ? (ahead == 0 ? -DaysOfWeek : ahead - DaysOfWeek) : ahead);
    }

    private static (LocalDate? Date, bool Impossible) Resolve(int day, int month, int? year, LocalDate today, bool past)
    {
        if (year is { } exact)
        {
            return Exact(exact, month, day);
        }

        // 29 February is there in some of the years around this one only.
        var candidates = Enumerable.Range(today.Year - 1, 3).Select(y => Exact(y, month, day).Date).OfType<LocalDate>();
        candidates = past ? candidates.Where(d => d <= today) : candidates.Where(d => d >= today.PlusMonths(-NearestMonths));
        LocalDate? found = past ? candidates.Select(d => (LocalDate?)d).LastOrDefault() : candidates.Select(d => (LocalDate?)d).FirstOrDefault();
        return (found, found is null);
    }

    private static (LocalDate? Date, bool Impossible) Exact(int year, int month, int day) =>
        year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? (new LocalDate(year, month, day), false)
            : (null, true);

    private static int? DayOf(string word)
    {
        var figures = word.TrimEnd('s', 't', 'n', 'd', 'r', 'h');
        return figures.Length is 1 or 2 && int.TryParse(figures, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private static int? CountOf(string word) =>
        Counts.TryGetValue(word, out var count) ? count
        : word.Length <= 3 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    private static int? Year(Match match) => match.Groups["year"].Success ? FullYear(Number(match, "year")) : null;

    private static int FullYear(int year) => year < 100 ? 2000 + year : year;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static bool MonthComesFirst(string? locale)
    {
        if (locale is null || !locale.Contains('-', StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            var pattern = CultureInfo.GetCultureInfo(locale).DateTimeFormat.ShortDatePattern;
            return pattern.IndexOf('M', StringComparison.Ordinal) is 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private static Dictionary<string, int> Numbered(params string[] names) =>
        names.SelectMany((group, i) => group.Split(' ').Select(name => (name, i + 1))).ToDictionary(n => n.name, n => n.Item2, StringComparer.Ordinal);

    [GeneratedRegex(@"(?<!\d)(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?!\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Iso();

    [GeneratedRegex(@"(?<![\d.,/-])(?<first>\d{1,2})[./-](?<second>\d{1,2})(?:[./-](?<year>\d{4}|\d{2}))?(?![\d/-])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex InFigures();
}
