using System.Collections.ObjectModel;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>
/// A conversation's activities in their order, and the one thing that a bot must bring. An activity has the sequence
/// number of its place in the conversation, from 1 and without gaps. Whoever stores one stamps it with
/// <see cref="ActivityStamp"/> and, once it can be read, calls <see cref="ConversationSignals.Appended"/>.
/// </summary>
public interface IActivityLog
{
    /// <summary>Begins a conversation. Idempotent: <c>false</c> when it was begun before.</summary>
    ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct);

    /// <summary>What the conversation began with; <c>null</c> when there is no such conversation.</summary>
    ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct);

    /// <summary>
    /// Stores an activity, durably before it returns. Idempotent on <see cref="Activity.ClientActivityId"/> within the
    /// conversation.
    /// </summary>
    ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct);

    /// <summary>
    /// Reads at most <paramref name="limit"/> activities whose sequence is greater than <paramref name="after"/>, in
    /// order. <c>null</c> when there is no such conversation.
    /// </summary>
    ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct);
}

/// <summary>Whose word an activity is. What is said in <see cref="Activity.From"/> can be trusted accordingly.</summary>
public enum ActivitySource
{
    /// <summary>The bot in this process.</summary>
    Bot,

    /// <summary>The conversation's user, by a token for this one conversation; the sender is set by the server.</summary>
    User,

    /// <summary>The company's own server, by its site's secret: it may speak for its users and for the bot's side.</summary>
    Site,
}

/// <summary>Short forms for hosts.</summary>
public static class ActivityLogExtensions
{
    /// <summary>Says something as the bot.</summary>
    public static ValueTask<AppendResult> AppendAsync(
        this IActivityLog log, string conversationId, Activity activity, CancellationToken ct) =>
        log.AppendAsync(conversationId, activity, ActivitySource.Bot, ct);
}

/// <summary>What is known when a conversation begins.</summary>
/// <param name="ConversationId">Made of letters, digits, <c>_</c> and <c>-</c>, at most 64.</param>
/// <param name="User">Who started it; the id is from the token or the word of a site's server, the name may be the client's word.</param>
/// <param name="SiteId">The site whose token or secret was used.</param>
/// <param name="Locale">The language the client asks for as a BCP 47 tag, at most 35 characters.</param>
/// <param name="BaseUri">Scheme, host and path base that the client used, without a trailing slash.</param>
public sealed record ConversationStart(string ConversationId, ChannelAccount User, string SiteId, string? Locale, Uri BaseUri)
{
    /// <summary>What the site's server says of its user, by name; empty unless it asked for the token.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>An activity as it is kept.</summary>
/// <param name="Sequence">Its place in the conversation, from 1.</param>
/// <param name="Type">The activity's type.</param>
/// <param name="Json">The stamped wire form, sent as it is.</param>
public sealed record StoredActivity(long Sequence, string Type, string Json);

/// <summary>Consecutive activities.</summary>
/// <param name="Items">In the order of their sequence.</param>
/// <param name="LastSequence">The conversation's last sequence, not the page's; 0 when it is empty.</param>
public sealed record ActivityPage(IReadOnlyList<StoredActivity> Items, long LastSequence);

/// <summary>What became of an activity.</summary>
/// <param name="Outcome">Whether it is stored now.</param>
/// <param name="ActivityId">The stored one's id; of the first one for a duplicate; <c>null</c> when nothing is stored.</param>
/// <param name="Sequence">The stored one's place; 0 when nothing is stored.</param>
public sealed record AppendResult(AppendOutcome Outcome, string? ActivityId, long Sequence);

/// <summary>Outcomes of <see cref="IActivityLog.AppendAsync"/>.</summary>
public enum AppendOutcome
{
    /// <summary>Stored.</summary>
    Appended,

    /// <summary>The same client activity id was stored before; nothing changed.</summary>
    Duplicate,

    /// <summary>There is no such conversation.</summary>
    UnknownConversation,
}
