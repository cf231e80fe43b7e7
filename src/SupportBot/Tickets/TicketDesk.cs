using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>
/// What happens to tickets in a turn: our record and the outbox row in the turn's own commit, the ticketing system afterwards. Once somebody
/// there has answered the customer, what the customer writes goes there, until the ticket is done or the customer wants the bot back.
/// </summary>
public sealed partial class TicketDesk(TicketSystems systems, PublicAddress address, CurrentCompany company)
{
    /// <summary>The button that gives the conversation back to the bot.</summary>
    public const string AskTheBot = "Ask something else";

    private const int LongestSubject = 200;

    /// <summary>Adds ticket and outbox row to the unit of work.</summary>
    public async Task OpenAsync(SupportBotDb db, Conversation conversation, TicketRequest request, DateTimeOffset now, CancellationToken ct)
    {
        var route = systems.RouteOf(request.Queue);
        var (transcript, citations) = await TicketText.TranscriptAsync(db, conversation, ct);
        conversation.CustomerEmail ??= EmailIn(request.Fields);
        var draft = new TicketDraft
        {
            Key = request.Key,
            ConversationId = conversation.Id,
            Subject = Conversation.Excerpt(request.Subject, LongestSubject),
            Queue = route.Queue,
            Priority = request.Priority,
            Tags = request.Tags,
            Assignee = request.Assignee,
            Requester = RequesterOf(conversation),
            Body = TicketText.Body(request, transcript, citations, new Uri($"{address.BaseUri}/console/conversations/{Uri.EscapeDataString(conversation.Id)}")),
            CustomFields = request.CustomFields,
        };
        var ticket = new Ticket
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            Key = request.Key,
            System = route.System,
            Subject = draft.Subject,
            Queue = request.Queue,
            RemoteQueue = route.Queue,
            Priority = request.Priority,
            Intent = request.Intent,
            Fields = JsonSerializer.Serialize(request.Fields),
            CreatedAt = now,
        };
        db.Tickets.Add(ticket);
        Send(db, ticket, request.Key, new TicketEffect.Create(draft, await TicketFiles.InConversationAsync(db, conversation.Id, ct)), now);
    }

    /// <summary>Whether the conversation's customer writes to somebody in a ticketing system.</summary>
    public static bool IsWithTicket(Conversation conversation) => conversation is { Owner: ConversationOwner.Ticket, TicketId: not null };

    /// <summary>Sends what the customer says to the ticket that the conversation is with, and says so once.</summary>
    /// <param name="isThanks">Thanks alone do not open a solved ticket again.</param>
    public async Task ForwardAsync(
        SupportBotDb db, Conversation conversation, ActivityRecord inbound, Activity said, bool isThanks, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Tickets.FirstOrDefaultAsync(t => t.Id == conversation.TicketId, ct) is not { } ticket)
        {
            conversation.Owner = ConversationOwner.Bot;
            return;
        }

        var text = said.Text is { Length: > 0 } words ? words : "(see the file)";
        Send(db, ticket, inbound.ActivityId, new TicketEffect.Message(text, RequesterOf(conversation), [.. TicketFiles.Of(said)], Reopen: ticket.Phase == TicketPhase.Solved && !isThanks), now);
        if (conversation.TicketToldAt is null || conversation.TicketToldAt < ticket.CreatedAt)
        {
            conversation.TicketToldAt = now;
            var line = $"I have passed that on to {ticket.Assignee ?? "the team"} with your ticket {ticket.Number}; the answer comes right here.";
            var message = BotMessages.Message(Author.Bot, company.Facts.Bot, line, inbound.ActivityId);
            db.Append(conversation, message with { SuggestedActions = SuggestedActions.Replies(AskTheBot) }, Author.Bot, now);
        }
    }

    /// <summary>A file that comes after its ticket goes to that ticket.</summary>
    /// <returns>What is said about it; null when there is no open ticket.</returns>
    public static async Task<string?> AddFilesAsync(SupportBotDb db, Conversation conversation, ActivityRecord inbound, Activity said, DateTimeOffset now, CancellationToken ct)
    {
        var ticket = await db.Tickets
            .Where(t => t.ConversationId == conversation.Id && (t.Phase == TicketPhase.Open || t.Phase == TicketPhase.Waiting))
            .OrderByDescending(t => t.CreatedAt)
            .FirstOrDefaultAsync(ct);
        if (ticket is null)
        {
            return null;
        }

        Send(db, ticket, inbound.ActivityId, new TicketEffect.Message("(see the file)", RequesterOf(conversation), [.. TicketFiles.Of(said)], Reopen: false), now);
        return ticket.Number is { } number ? $"Thank you, I have added your file to ticket {number}." : "Thank you, I have added your file to your ticket.";
    }

    internal static void Send(SupportBotDb db, Ticket ticket, string key, TicketEffect effect, DateTimeOffset now) => db.Outbox.Add(new OutboxRow
    {
        Kind = TicketDelivery.RowKind,
        Key = key,
        ConversationId = ticket.ConversationId,
        Target = ticket.System,
        Payload = JsonSerializer.Serialize(effect with { TicketId = ticket.Id }),
        CreatedAt = now,
        DueAt = now,
    });

    private static Requester RequesterOf(Conversation conversation) => new(conversation.CustomerName, conversation.CustomerEmail);

    private static string? EmailIn(IReadOnlyDictionary<string, string> fields) =>
        fields.Values.FirstOrDefault(value => value.Length <= 254 && EmailAddress().IsMatch(value));

    [GeneratedRegex(@"^[^@\s<>""]+@[^@\s<>""]+\.[A-Za-z]{2,}$", RegexOptions.NonBacktracking)]
    private static partial Regex EmailAddress();
}
