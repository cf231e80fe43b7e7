using System.Text.Json;
using SupportBot.BotFramework.Activities;

namespace SupportBot.Conversations;

/// <summary>Who answers the customer's next message.</summary>
public enum ConversationOwner
{
    Bot,
    Human,

    /// <summary>Somebody in a ticketing system, where what the customer writes goes.</summary>
    Ticket,
}

/// <summary>One thread on one channel. Its activities are numbered from 1 without gaps.</summary>
public sealed class Conversation
{
    private readonly List<ActivityRecord> _appended = [];

    /// <summary>How a customer without a name is shown.</summary>
    public const string Nameless = "Visitor";

    public required string Id { get; init; }

    public required string SiteId { get; init; }

    public required string Channel { get; init; }

    public required string CustomerId { get; init; }

    public required string CustomerName { get; set; }

    /// <summary>Where replies go when the customer has left; null while it is not known.</summary>
    public string? CustomerEmail { get; set; }

    public string? Locale { get; set; }

    /// <summary>What the site's server said of the customer when it asked for a token: a JSON object of strings, empty when it said nothing.</summary>
    public string CustomerFacts { get; init; } = "";

    /// <summary><see cref="CustomerFacts"/>, read.</summary>
    public IReadOnlyDictionary<string, string> Facts =>
        CustomerFacts.Length == 0 ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(CustomerFacts) ?? [];

    /// <summary>Scheme and host under which the customer reached us: links in answers start with it.</summary>
    public required string BaseUri { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public ConversationOwner Owner { get; set; }

    /// <summary>What the bot remembers between turns: the JSON of <c>DialogueState</c>.</summary>
    public string Dialogue { get; set; } = "";

    /// <summary>Sequence of the last stored activity: Direct Line's watermark.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Grows with every change; the optimistic lock of everything that happens in the conversation.</summary>
    public long Version { get; private set; }

    /// <summary>The customer's first words.</summary>
    public string Subject { get; set; } = "";

    public string LastText { get; set; } = "";

    public DateTimeOffset LastAt { get; set; }

    public string? Intent { get; set; }

    /// <summary>Target of the intent's own for the first response, minutes; null takes the company's.</summary>
    public int? FirstResponseTarget { get; set; }

    /// <summary>The same for the end.</summary>
    public int? ResolutionTarget { get; set; }

    /// <summary>Whether these targets run by the wall clock; otherwise in business hours.</summary>
    public bool TargetsOnWallClock { get; set; }

    /// <summary>The handoff in force or the last one.</summary>
    public Guid? HandoffId { get; set; }

    /// <summary>The ticket whose agent answered last: see <see cref="ConversationOwner.Ticket"/>.</summary>
    public Guid? TicketId { get; set; }

    /// <summary>When the customer was told last that what they write goes to a ticket.</summary>
    public DateTimeOffset? TicketToldAt { get; set; }

    /// <summary>Sequence of the last reply that went out by mail.</summary>
    public long MailedUpTo { get; set; }

    public ConversationClock Clock { get; init; } = new();

    /// <summary>A caller on a channel waits for replies on its open request until then; afterwards they are delivered.</summary>
    public DateTimeOffset? RepliesAwaitedUntil { get; set; }

    /// <summary>The process that runs this conversation's turns, until <see cref="LeaseUntil"/>.</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>What has been appended since this object was read; not stored with it.</summary>
    public IReadOnlyList<ActivityRecord> Appended => _appended;

    /// <summary>Marks the row as changed, so that whoever decided on an older version has to look again.</summary>
    public void Touch() => Version++;

    /// <summary>Stamps the activity with the next sequence number and makes its row; <see cref="Appending"/> adds the row to the unit of work.</summary>
    internal ActivityRecord Append(Activity activity, Author author, DateTimeOffset now, bool pending = false, string? clientId = null, string? evidence = null)
    {
        LastSequence++;
        Touch();
        var stamped = ActivityStamp.Apply(activity, Id, LastSequence, now, Channel);
        if (stamped.Type == ActivityTypes.Message && !string.IsNullOrWhiteSpace(stamped.Text) && author is not Author.System)
        {
            LastText = Excerpt(stamped.Text, 200);
        }

        LastAt = now;
        var row = new ActivityRecord
        {
            ConversationId = Id,
            Sequence = LastSequence,
            ActivityId = stamped.Id!,
            Type = stamped.Type ?? "",
            Author = author,
            ClientId = clientId,
            Json = ActivityJson.Serialize(stamped),
            At = now,
            Pending = pending,
            Shown = stamped.Type is ActivityTypes.Message or ActivityTypes.MessageUpdate or ActivityTypes.MessageDelete || Feedback.From(stamped) is not null,
            Evidence = evidence,
        };
        _appended.Add(row);
        return row;
    }

    /// <summary>At most <paramref name="length"/> characters on one line, never half a surrogate pair.</summary>
    public static string Excerpt(string text, int length)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= length)
        {
            return line;
        }

        var cut = char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1;
        return string.Concat(line.AsSpan(0, cut), "…");
    }
}
