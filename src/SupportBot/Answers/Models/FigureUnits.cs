namespace SupportBot.Answers.Models;

/// <summary>The words and signs for what figures count, English.</summary>
internal static class FigureUnits
{
    /// <summary>The unit of a time of day; its values are minutes from midnight.</summary>
    public const string ClockTime = "time";

    /// <summary>The unit of days on which the company works, which are not days.</summary>
    public const string Workday = "workday";

    /// <summary>The unit of what costs nothing; its value is zero.</summary>
    public const string Free = "free";

    // A canonical name, then how it is written.
    private const string Written =
        """
        eur: € eur euro euros
        gbp: £ gbp pound pounds
        nok: nok
        chf: chf
        sek: sek
        dkk: dkk
        jpy: ¥ jpy yen
        usd: $ usd dollar dollars
        cent: cent cents
        percent: % percent
        second: seconds sec
        minute: minute minutes min mins
        hour: hour hours hr hrs h
        day: day days
        week: week weeks
        month: month months
        year: year years
        mm: mm millimetre millimetres
        cm: cm centimetre centimetres
        m: m metre metres meter meters
        km: km kilometre kilometres
        inch: inch inches
        g: g gram grams
        kg: kg kilo kilos kilogram kilograms
        ml: ml
        l: l litre litres liter liters
        celsius: °c
        degree: ° degree degrees
        january: january jan
        february: february feb
        march: march mar
        april: april apr
        may: may
        june: june jun
        july: july jul
        august: august aug
        september: september sep sept
        october: october oct
        november: november nov
        december: december dec
        """;

    private static readonly Dictionary<string, string> Names = Written
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(line => line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (word, name: line[..line.IndexOf(':')])))
        .ToDictionary(entry => entry.word, entry => entry.name, StringComparer.Ordinal);

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly HashSet<string> Currencies = ["eur", "gbp", "usd", "nok", "chf", "sek", "dkk", "jpy"];

    private static readonly HashSet<string> Durations = ["second", "minute", "hour", "day", "week", "month", "year"];

    private static readonly HashSet<string> WorkdayWords = ["working", "business"];

    private static readonly HashSet<string> Between = ["working", "business", "calendar", "full", "whole", "further", "more", "extra"];

    /// <summary>The canonical unit of a lower-case word or sign; null when it is none.</summary>
    public static string? Of(string word) => Names.GetValueOrDefault(word);

    /// <summary>Whether a canonical unit is money; it may stand before its number.</summary>
    public static bool IsMoney(string? unit) => unit is not null && Currencies.Contains(unit);

    /// <summary>Whether two figures answer the same question: how much, how long.</summary>
    public static bool Compete(string unit, string other) => unit == other || (IsPrice(unit) && IsPrice(other)) || (IsTime(unit) && IsTime(other));

    /// <summary>Whether a canonical unit is a month.</summary>
    public static bool IsMonth(string? unit) => unit is not null && Array.IndexOf(Months, unit) >= 0;

    /// <summary>Whether a canonical unit is a stretch of time.</summary>
    public static bool IsDuration(string? unit) => unit is not null && Durations.Contains(unit);

    /// <summary>A month by its number, from 1; null when there is none.</summary>
    public static string? Month(int number) => number is >= 1 and <= 12 ? Months[number - 1] : null;

    /// <summary>The unit that begins at a token, with where it ends: "working days" is one.</summary>
    public static (string Unit, int End)? At(IReadOnlyList<string> tokens, int at)
    {
        var isWorkday = false;
        for (var i = at; i < tokens.Count && i < at + 3; i++)
        {
            if (Of(tokens[i]) is { } unit)
            {
                return (isWorkday && unit == "day" ? Workday : unit, i + 1);
            }

            if (!Between.Contains(tokens[i]))
            {
                return null;
            }

            isWorkday |= WorkdayWords.Contains(tokens[i]);
        }

        return null;
    }

    private static bool IsTime(string unit) => IsDuration(unit) || unit == Workday;

    private static bool IsPrice(string unit) => IsMoney(unit) || unit == Free;
}
