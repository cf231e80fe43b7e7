using System.Text.Json;
using System.Text.Json.Serialization;
using SupportBot.Answers;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Tickets;

namespace SupportBot.AgentConsole;

/// <summary>An agent, as the console names one.</summary>
public sealed record AgentView(string Id, string Name);

/// <summary>One line of the console's list. Times are UTC.</summary>
/// <param name="State"><c>bot</c>, <c>waiting</c>, <c>assigned</c> or <c>resolved</c>.</param>
/// <param name="Version">Grows with every change: an older one that arrives later is to be ignored.</param>
public record ConversationSummary(
    string Id,
    string CustomerName,
    string Channel,
    string Site,
    string Subject,
    string LastText,
    DateTimeOffset LastAt,
    long LastSequence,
    string State,
    string? Queue,
    string? Priority,
    string? ReasonCode,
    DateTimeOffset? WaitingSince,
    AgentView? Assignee,
    string? Intent,
    string? TicketNumber,
    long Version);

/// <summary>A message of a ticket, as the ticketing system has it.</summary>
/// <param name="Public">False for a note that the customer does not get.</param>
public sealed record TicketMessageView(bool Public, bool FromAgent, string Author, string Text, DateTimeOffset At);

/// <summary>A ticket of a conversation.</summary>
/// <param name="System">The ticketing system that it is in, by name.</param>
/// <param name="Url">Where agents find it there; null when it is not there yet, or has no page of its own.</param>
/// <param name="Assignee">Who has it there.</param>
/// <param name="Warning">What the ticketing system dropped or cut, in sentences.</param>
/// <param name="Messages">The latest of what was written there, oldest first.</param>
public sealed record TicketView(
    string? Number,
    string Subject,
    string Status,
    string Queue,
    string Priority,
    DateTimeOffset CreatedAt,
    IReadOnlyDictionary<string, string> Fields,
    string System,
    string? Url,
    string? Assignee,
    string? Warning,
    IReadOnlyList<TicketMessageView> Messages);

/// <summary>A conversation with everything an agent needs before the first word.</summary>
/// <param name="Corrections">What agents say that its messages mean, by sequence.</param>
public sealed record ConversationDetail(
    [property: JsonIgnore] ConversationSummary Summary,
    DateTimeOffset StartedAt,
    string? Locale,
    Evidence? Evidence,
    IReadOnlyList<TicketView> Tickets,
    IReadOnlyList<CorrectionView> Corrections) : ConversationSummary(Summary)
{
    /// <summary>The answer that the bot prepared for an agent to approve; null when there is none.</summary>
    public DraftView? Draft { get; init; }
}

/// <param name="Text">Markdown with markers such as <c>[1]</c> for the citations.</param>
/// <param name="SentBy">The agent who sent it; null before that.</param>
/// <param name="Edited">Whether that agent changed its words.</param>
public sealed record DraftView(string Text, IReadOnlyList<CitationView> Citations, string? SentBy, DateTimeOffset? SentAt, bool Edited);

public sealed record CitationView(int Position, string Title, string Url);

/// <param name="Url">Where it can be fetched; null for a card.</param>
public sealed record AttachmentView(string Name, string ContentType, string? Url);

/// <param name="Author"><c>customer</c>, <c>bot</c>, <c>agent</c> or <c>system</c>.</param>
/// <param name="ClientId">The sender's own id of the message, for matching what it sent itself.</param>
/// <param name="ReplyToId">The message that the bot answered with this one; null for everybody else's.</param>
public sealed record TranscriptEntry(
    long Sequence,
    string Id,
    string Author,
    string Name,
    string Text,
    DateTimeOffset At,
    string? ClientId,
    IReadOnlyList<CitationView> Citations,
    IReadOnlyList<AttachmentView> Attachments,
    Evidence? Evidence,
    string? ReplyToId);

/// <param name="LastSequence">The last stored activity, shown or not: the position to resume from.</param>
public sealed record TranscriptPage(IReadOnlyList<TranscriptEntry> Items, long LastSequence, bool More);

public sealed record Counts(int Waiting, int Mine);

public sealed record ConversationPage(IReadOnlyList<ConversationSummary> Items, string? NextCursor, Counts Counts);

public static class Views
{
    public static ConversationSummary ToSummary(this Conversation c, HandoffRecord? handoff, string? ticketNumber) => new(
        c.Id,
        c.CustomerName,
        c.Channel,
        c.SiteId,
        c.Subject,
        c.LastText,
        c.LastAt,
        c.LastSequence,
        handoff?.State switch
        {
            null => "bot",
            HandoffState.Waiting => "waiting",
            HandoffState.Accepted => "assigned",
            _ => "resolved",
        },
        handoff?.Queue,
        handoff?.Priority,
        handoff?.ReasonCode,
        handoff?.State == HandoffState.Waiting ? handoff.CreatedAt : null,
        handoff is { AgentId: { } id, AgentName: { } name } ? new AgentView(id, name) : null,
        c.Intent,
        ticketNumber,
        c.Version);

    /// <param name="messages">The ticket's own, oldest first.</param>
    public static TicketView ToView(this Ticket t, IEnumerable<TicketMessage> messages) => new(
        t.Number,
        t.Subject,
        t.Status,
        t.Queue,
        t.Priority,
        t.CreatedAt,
        JsonSerializer.Deserialize<Dictionary<string, string>>(t.Fields) ?? [],
        t.System,
        t.Url,
        t.Assignee,
        t.Warning,
        [.. messages.Select(m => new TicketMessageView(m.Public, m.FromAgent, m.AuthorName, m.Text, m.At))]);

    public static DraftView? ToDraft(HandoffRecord? handoff) => HandoffDraft.Of(handoff) is { } draft
        ? new DraftView(draft.Text, [.. draft.Sources.Select(s => new CitationView(s.Position, s.Title, s.Url))], handoff!.DraftSentBy, handoff.DraftSentAt, handoff.DraftEdited)
        : null;

    public static Evidence? ToEvidence(string? json) => json is null ? null : JsonSerializer.Deserialize<Evidence>(json, JsonSerializerOptions.Web);
}
