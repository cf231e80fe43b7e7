using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace SupportBot.Company;

/// <summary>Reads <c>company.yaml</c>.</summary>
public static partial class CompanyFactsReader
{
    private static readonly LocalTimePattern ClockTime = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The facts, or null when a problem makes them unusable; every mistake is added to <paramref name="problems"/>.</summary>
    public static CompanyFacts? Read(CompanyFile file, FileProblems problems)
    {
        if (YamlMap.Parse(file.Path, file.Text, 0, problems) is not { } map)
        {
            return null;
        }

        var name = map.Required("name");
        var bot = map.Required("bot");
        var website = ReadWebsite(map);
        var locale = ReadLocale(map);
        var zone = ReadZone(map);
        var greeting = map.Required("greeting");
        var hours = ReadHours(map);
        var holidays = ReadHolidays(map);
        var queues = ReadQueues(map);
        var defaultQueue = map.Required("default_queue");
        if (defaultQueue != "" && queues.Count > 0 && queues.All(q => q.Name != defaultQueue))
        {
            map.Problem("default_queue", $"there is no queue '{defaultQueue}'", $"use one of: {string.Join(", ", queues.Select(q => q.Name))}");
        }

        var targets = ReadTargets(map);
        var contact = ReadContact(map);
        var redact = ReadRedaction(map);
        map.ReportUnknownKeys();
        return zone is null || website is null || targets is null
            ? null
            : new CompanyFacts(name, bot, website, locale, zone, greeting, hours, holidays, queues, defaultQueue, targets, contact) { Redact = redact };
    }

    private static Uri? ReadWebsite(YamlMap map)
    {
        var text = map.Required("website");
        if (Uri.TryCreate(text, UriKind.Absolute, out var website) && website.Scheme is "https" or "http")
        {
            return website;
        }

        if (text != "")
        {
            map.Problem("website", $"'{text}' is not a web address", "write it as https://...");
        }

        return null;
    }

    private static string ReadLocale(YamlMap map)
    {
        var locale = map.Required("locale");
        if (locale != "" && !LocaleTag().IsMatch(locale))
        {
            map.Problem("locale", $"'{locale}' is not a language tag", "write for example en or en-IE");
        }

        return locale;
    }

    private static DateTimeZone? ReadZone(YamlMap map)
    {
        var text = map.Required("time_zone");
        var zone = text == "" ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
        if (zone is null && text != "")
        {
            map.Problem("time_zone", $"there is no time zone '{text}'", "use an IANA name such as Europe/Dublin");
        }

        return zone;
    }

    private static List<OpeningRange> ReadHours(YamlMap map)
    {
        var ranges = new List<OpeningRange>();
        if (map.Map("hours") is not { } hours)
        {
            return ranges;
        }

        foreach (var day in Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None))
        {
            var key = day.ToString().ToLowerInvariant();
            if (hours.Optional(key) is { Length: > 0 } text)
            {
                ranges.AddRange(ReadDay(hours, key, day, text));
            }
        }

        hours.ReportUnknownKeys();
        if (ranges.Count == 0)
        {
            map.Problem("hours", "no day has opening hours", "add for example monday: \"09:00-17:30\"");
        }

        return ranges;
    }

    private static IEnumerable<OpeningRange> ReadDay(YamlMap hours, string key, IsoDayOfWeek day, string text)
    {
        OpeningRange? previous = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !ClockTime.Parse(ends[0]).TryGetValue(default, out var opens)
                || !TryReadClose(ends[1], out var closes) || closes <= opens)
            {
                hours.Problem(key, $"'{part}' is not a stretch of hours", "write for example \"09:00-12:30, 13:30-17:30\"; 24:00 is midnight");
                yield break;
            }

            if (previous is not null && (previous.Closes is null || previous.Closes > opens))
            {
                hours.Problem(key, $"'{part}' overlaps the stretch before it", "write the stretches in order, apart from each other");
                yield break;
            }

            previous = new OpeningRange(day, opens, closes);
            yield return previous;
        }
    }

    private static bool TryReadClose(string text, out LocalTime? closes)
    {
        closes = null;
        if (text == "24:00")
        {
            return true;
        }

        if (!ClockTime.Parse(text).TryGetValue(default, out var time))
        {
            return false;
        }

        closes = time;
        return true;
    }

    private static List<Holiday> ReadHolidays(YamlMap map)
    {
        var holidays = new List<Holiday>();
        foreach (var entry in map.Maps("holidays", required: false))
        {
            var text = entry.Required("date");
            var name = entry.Required("name");
            entry.ReportUnknownKeys();
            if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
            {
                if (holidays.Any(h => h.Date == date))
                {
                    entry.Problem("date", $"the holiday {text} is listed twice", "remove one of them");
                }

                holidays.Add(new Holiday(date, name));
            }
            else if (text != "")
            {
                entry.Problem("date", $"'{text}' is not a date", "write it as 2026-12-25");
            }
        }

        return holidays;
    }

    private static List<CompanyQueue> ReadQueues(YamlMap map)
    {
        var queues = new List<CompanyQueue>();
        foreach (var entry in map.Maps("queues"))
        {
            var queue = new CompanyQueue(entry.Required("name"), entry.Required("title"));
            entry.ReportUnknownKeys();
            if (queue.Name != "" && !LowerSnake().IsMatch(queue.Name))
            {
                entry.Problem("name", $"'{queue.Name}' is not a queue's name", "use lower case letters, digits and _");
            }

            if (queues.Any(q => q.Name == queue.Name))
            {
                entry.Problem("name", $"the queue '{queue.Name}' is listed twice", "remove one of them");
            }

            queues.Add(queue);
        }

        if (queues.Count == 0)
        {
            map.Problem("queues", "there is no queue", "add at least one: - { name: general, title: Everything else }");
        }

        return queues;
    }

    private static ResponseTargets? ReadTargets(YamlMap map)
    {
        if (map.Map("response_targets") is not { } targets)
        {
            return null;
        }

        const int Year = 366 * 24 * 60;
        TimeSpan Minutes(string key) => TimeSpan.FromMinutes(targets.Number(key, 1, Year));
        var read = new ResponseTargets(Minutes("first_response"), Minutes("time_to_human"), Minutes("next_response"), Minutes("resolution"));
        targets.ReportUnknownKeys();
        return read;
    }

    private static List<RedactionPattern> ReadRedaction(YamlMap map)
    {
        var patterns = new List<RedactionPattern>();
        foreach (var entry in map.Maps("redact", required: false))
        {
            var (name, pattern) = (entry.Required("name"), entry.Required("pattern"));
            entry.ReportUnknownKeys();
            if (name == "" || pattern == "")
            {
                continue;
            }

            if (!RedactionPattern.TryMake(name, pattern, out var made, out var problem))
            {
                entry.Problem(problem.StartsWith($"'{name}'", StringComparison.Ordinal) ? "name" : "pattern", problem, "write for example name: order_number and pattern: '\\bTT-\\d{6}\\b'");
                continue;
            }

            if (patterns.Any(p => p.Name == name))
            {
                entry.Problem("name", $"the pattern '{name}' is listed twice", "give each a name of its own");
            }

            patterns.Add(made);
        }

        return patterns;
    }

    private static CompanyContact ReadContact(YamlMap map)
    {
        if (map.Map("contact", required: false) is not { } contact)
        {
            return new CompanyContact(null, null, null);
        }

        var read = new CompanyContact(contact.Optional("email"), contact.Optional("phone"), contact.Optional("address"));
        contact.ReportUnknownKeys();
        return read;
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex LowerSnake();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LocaleTag();
}
