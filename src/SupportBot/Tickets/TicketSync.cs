using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Mail;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>
/// Brings what happens in a ticketing system into the conversation. It goes by how the ticket stands, never by what an event says: an event
/// that is lost, doubled or late changes nothing, because each message has an id and each state a moment.
/// </summary>
public sealed class TicketSync(IDbContextFactory<SupportBotDb> contexts, Commits commits, TicketSystems systems, ReplyMail mail, ConversationLog log, CurrentCompany company, TimeProvider time)
{
    private const int LongestText = 20_000;

    /// <summary>A ticket may have been merged into one that was merged in turn.</summary>
    private const int MostMerges = 5;

    /// <summary>Which of these tickets are ours.</summary>
    public async Task<IReadOnlyList<string>> OursAsync(string system, IReadOnlyList<string> remoteIds, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Tickets.AsNoTracking()
            .Where(t => t.System == system && t.RemoteId != null && remoteIds.Contains(t.RemoteId))
            .Select(t => t.RemoteId!)
            .Distinct()
            .ToListAsync(ct);
    }

    /// <summary>Asks how a ticket stands and takes it over. A ticket that is not ours is left alone.</summary>
    /// <exception cref="Outbox.OutboxRefusal">The system did not answer.</exception>
    public async Task PullAsync(string systemName, string remoteId, CancellationToken ct)
    {
        if (systems.Find(systemName) is not { } system || (await OursAsync(systemName, [remoteId], ct)).Count == 0)
        {
            return;
        }

        // As of before the question: whatever it answers is at least as new.
        var asOf = time.GetUtcNow();
        var state = await system.ReadAsync(remoteId, ct);
        for (var merges = 0; state.MergedInto is { } into && merges < MostMerges; merges++)
        {
            state = await system.ReadAsync(into, ct);
        }

        await TakeOverAsync(systemName, remoteId, state, asOf, null, ct);
    }

    /// <summary>Takes over how a ticket stands, wherever that is known from.</summary>
    /// <param name="asOf">When it stood so.</param>
    /// <param name="order">The system's own order of its states, when it has one.</param>
    public async Task TakeOverAsync(string system, string remoteId, TicketState state, DateTimeOffset asOf, long? order, CancellationToken ct)
    {
        await using var reading = await contexts.CreateDbContextAsync(ct);
        var ours = await reading.Tickets.AsNoTracking()
            .Where(t => t.System == system && t.RemoteId == remoteId)
            .Select(t => new { t.Id, t.ConversationId })
            .ToListAsync(ct);
        foreach (var ticket in ours)
        {
            var changed = await commits.RunAsync(ticket.ConversationId, db => ApplyAsync(db, ticket.Id, state, asOf, order, ct), ct);
            if (changed is not null)
            {
                log.Announce(changed);
            }
        }
    }

    private async Task<Conversation?> ApplyAsync(SupportBotDb db, Guid ticketId, TicketState state, DateTimeOffset asOf, long? order, CancellationToken ct)
    {
        var ticket = await db.Tickets.FirstAsync(t => t.Id == ticketId, ct);
        var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == ticket.ConversationId, ct);
        var now = time.GetUtcNow();
        var before = conversation?.Version;
        var isNewer = order is { } o ? o > ticket.Order : ticket.AsOf is null || asOf >= ticket.AsOf;

        // What had been said in the ticket that ours was merged into was said to somebody else.
        var isMerged = state.Id != ticket.RemoteId;
        if (isNewer || !isMerged)
        {
            await AddMessagesAsync(db, ticket, isMerged ? null : conversation, state.Messages, ct);
        }

        if (isNewer)
        {
            (ticket.AsOf, ticket.Order) = (asOf, order ?? ticket.Order);
            TakeOverState(db, ticket, conversation, state, now);
        }

        return conversation?.Version != before ? conversation : null;
    }

    /// <param name="conversation">Where public ones are said; null when they are kept only.</param>
    private async Task AddMessagesAsync(
        SupportBotDb db, Ticket ticket, Conversation? conversation, IReadOnlyList<RemoteMessage> messages, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var known = (await db.TicketMessages.Where(m => m.TicketId == ticket.Id).Select(m => m.RemoteId).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var message in messages.Where(m => m.Reference is null && known.Add(m.Id)))
        {
            var text = message.Text.Length <= LongestText ? message.Text : message.Text[..LongestText];
            db.TicketMessages.Add(new TicketMessage
            {
                TicketId = ticket.Id,
                ConversationId = ticket.ConversationId,
                RemoteId = message.Id,
                Public = message.Public && conversation is not null,
                FromAgent = message.FromAgent,
                AuthorName = Conversation.Excerpt(message.AuthorName, 100),
                Text = text,
                At = message.At,
            });
            if (message.Public && conversation is not null && text.Trim().Length > 0)
            {
                Say(db, ticket, conversation, message with { Text = text }, now);
            }
        }
    }

    private void Say(SupportBotDb db, Ticket ticket, Conversation conversation, RemoteMessage message, DateTimeOffset now)
    {
        if (!message.FromAgent)
        {
            // The customer wrote to the ticket by another way, such as mail: it belongs to the story, and whoever has the ticket has it already.
            var mail = BotMessages.Message(Author.Customer, conversation.CustomerName, message.Text) with
            {
                From = new ChannelAccount { Id = conversation.CustomerId, Name = conversation.CustomerName, Role = RoleTypes.User },
            };
            db.Append(conversation, mail, Author.Customer, now, cameIn: true);
            return;
        }

        var row = db.Append(conversation, BotMessages.Message(Author.Agent, Conversation.Excerpt(message.AuthorName, 100), message.Text.Trim()), Author.Agent, now);
        mail.Offer(db, conversation, row, now);
        db.Timings.AddRange(conversation.Clock.AgentReplied(now).Select(s => s.ToTiming(conversation, company.Hours, ticket.Queue, message.AuthorName)));
        if (conversation.Owner == ConversationOwner.Bot)
        {
            (conversation.Owner, conversation.TicketId, conversation.Dialogue) = (ConversationOwner.Ticket, ticket.Id, "");
        }
    }

    private void TakeOverState(SupportBotDb db, Ticket ticket, Conversation? conversation, TicketState state, DateTimeOffset now)
    {
        var was = ticket.Phase;
        (ticket.Status, ticket.Phase, ticket.Assignee) = (state.Status, state.Phase, state.Assignee);
        if (state.Queue.Length > 0)
        {
            ticket.RemoteQueue = state.Queue;
        }

        if (state.Id != ticket.RemoteId && !state.Deleted)
        {
            ticket.RemoteId = state.Id;
        }

        if (conversation is null)
        {
            return;
        }

        // Consoles show the ticket with the conversation.
        conversation.Touch();
        var isDone = state.Phase is TicketPhase.Solved or TicketPhase.Closed;
        if (isDone && was is TicketPhase.Open or TicketPhase.Waiting)
        {
            db.Timings.AddRange(conversation.Clock.Resolved(now).Select(s => s.ToTiming(conversation, company.Hours, ticket.Queue, state.Assignee)));
            if (state.Phase == TicketPhase.Solved)
            {
                var line = $"Your ticket {ticket.Number} is marked as solved. If it is not, just write here and I'll pass it on.";
                db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, line), Author.Bot, now);
                FollowUpRow.AfterTicket(db, conversation, $"{ticket.Key}-{conversation.LastSequence}-solved", now);
                if (conversation.Owner == ConversationOwner.Bot)
                {
                    (conversation.Owner, conversation.TicketId) = (ConversationOwner.Ticket, ticket.Id);
                }
            }
        }

        if ((state.Deleted || state.Phase == TicketPhase.Closed) && conversation.Owner == ConversationOwner.Ticket && conversation.TicketId == ticket.Id)
        {
            conversation.Owner = ConversationOwner.Bot;
        }
    }
}
