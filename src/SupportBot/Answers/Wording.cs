using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>What the bot says apart from the articles: short, as a bot, and always with what happens next.</summary>
internal sealed class Wording(CompanyFacts facts, BusinessHours hours)
{
    private readonly BusinessHours _hours = hours;

    public static string EmptyText => "I could not read any words in that. What can I help you with?";

    public static string Solved => "Glad that helped! If anything else comes up, just write.";

    public static string Cancelled => "All right, I have dropped that. What else can I help you with?";

    public static string AskBack => "I'm a bot and not quite sure what you mean. Is it one of these?";

    public static string OfferToGoOn(string title) => $"We were not finished with “{title}”. Shall we go on with it?";

    public static string Resumed(string prompt) => $"Good. {prompt}";

    public static string Dropped => "All right, I leave it there. What else can I help you with?";

    public static string Reminder(string title, string prompt) => $"Welcome back! We were at “{title}”. {prompt}";

    /// <summary>Why something is asked again, and how to do without an answer.</summary>
    /// <param name="why">Why the value was refused; null when none was found.</param>
    /// <param name="optional">Whether the customer may do without.</param>
    public static string AskedAgain(string? why, bool optional) =>
        $"{why ?? "I could not find that in your message."} {(optional ? "Say \"skip\" if you don't have it." : "Say \"never mind\" to stop, or \"Talk to a person\".")}";

    public static string ForTicket(string prompt) => $"I'll pass this on to our team. {prompt}";

    public static string ToLookUp(string prompt) => $"I'll look that up for you. {prompt}";

    public static string Correction(string prompt) => $"Thanks, I have corrected that. {prompt}";

    /// <summary>What is not asked for, because it is known.</summary>
    public static string Known(IReadOnlyList<string> values) => values.Count == 0 ? "" : $"I already have {string.Join(" and ", values)}. ";

    /// <summary>Said when a ticket is opened.</summary>
    public string TicketOpened(DateTimeOffset now) => _hours.IsOpen(now)
        ? $"Thanks, I have opened a ticket with your message for our team at {facts.Name}. They will get back to you here as soon as they can."
        : $"Thanks, I have opened a ticket with your message for our team at {facts.Name}. {BackAt(now)} They will get back to you then.";

    /// <summary>Said when a human is brought in.</summary>
    /// <param name="opening">A first sentence that says why.</param>
    /// <param name="now">The time of the message.</param>
    public string HumanComes(string opening, DateTimeOffset now) => _hours.IsOpen(now)
        ? $"{opening} I'm bringing in a colleague, who can see our whole conversation and will answer you right here."
        : $"{opening} {BackAt(now)} Your message is kept: a colleague will read our whole conversation and answer you right here.";

    private string BackAt(DateTimeOffset now)
    {
        if (_hours.NextOpening(now) is not { } next)
        {
            return "Our team is away at the moment.";
        }

        var today = now.ToInstant().InZone(facts.TimeZone).Date;
        var opens = next.ToInstant().InZone(facts.TimeZone);
        var day = Period.DaysBetween(today, opens.Date) switch
        {
            0 => "today",
            1 => "tomorrow",
            < 7 => opens.ToString("'on' dddd", CultureInfo.InvariantCulture),
            _ => opens.ToString("'on' dddd d MMMM", CultureInfo.InvariantCulture),
        };
        return $"Our team is away now and back {day} at {opens.ToString("HH:mm", CultureInfo.InvariantCulture)}.";
    }
}
