using NodaTime;

namespace SupportBot.Company;

/// <summary>What the company says about itself in <c>company.yaml</c>.</summary>
/// <param name="Name">The company's name.</param>
/// <param name="Bot">The bot's name.</param>
/// <param name="Website">Where its shop or site is.</param>
/// <param name="Locale">BCP 47 tag of its main language.</param>
/// <param name="TimeZone">IANA time zone of its hours and its reports.</param>
/// <param name="Greeting">The bot's first message.</param>
/// <param name="Hours">Opening hours of a week.</param>
/// <param name="Holidays">Days on which it is closed.</param>
/// <param name="Queues">The queues that conversations and tickets go to; at least one.</param>
/// <param name="DefaultQueue">The queue for everything that no workflow places.</param>
/// <param name="Targets">Response time targets in business time.</param>
/// <param name="Contact">How else it can be reached.</param>
public sealed record CompanyFacts(
    string Name,
    string Bot,
    Uri Website,
    string Locale,
    DateTimeZone TimeZone,
    string Greeting,
    IReadOnlyList<OpeningRange> Hours,
    IReadOnlyList<Holiday> Holidays,
    IReadOnlyList<CompanyQueue> Queues,
    string DefaultQueue,
    ResponseTargets Targets,
    CompanyContact Contact)
{
    /// <summary>Kinds of personal data of its own, replaced wherever cards and addresses are.</summary>
    public IReadOnlyList<RedactionPattern> Redact { get; init; } = [];
}

/// <summary>A stretch of one weekday; <paramref name="Closes"/> is exclusive and null at midnight.</summary>
public sealed record OpeningRange(IsoDayOfWeek Day, LocalTime Opens, LocalTime? Closes);

/// <summary>A day on which the company is closed.</summary>
public sealed record Holiday(LocalDate Date, string Name);

/// <summary>A queue: its name in files and events, and its title for people.</summary>
public sealed record CompanyQueue(string Name, string Title);

/// <summary>Response time targets, in business time.</summary>
public sealed record ResponseTargets(TimeSpan FirstResponse, TimeSpan TimeToHuman, TimeSpan NextResponse, TimeSpan Resolution);

/// <summary>How people reach the company otherwise.</summary>
public sealed record CompanyContact(string? Email, string? Phone, string? Address);
