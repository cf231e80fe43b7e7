using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Tickets;

/// <summary>Creates tickets in the ticket system. The ticket is looked up by its key before it is created, so a lost answer makes no second one.</summary>
public sealed class TicketCreation(ITicketSystem tickets, ConversationLog log, CurrentCompany company, TimeProvider time) : IOutboxEffect
{
    public const string RowKind = "ticket";

    public string Kind => RowKind;

    public async Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        var draft = JsonSerializer.Deserialize<TicketDraft>(row.Payload)!;
        var reference = await tickets.FindByKeyAsync(row.Key, ct) ?? await tickets.CreateAsync(draft, ct);
        Conversation? changed = null;
        return new Delivery(
            async db => changed = await RecordAsync(db, row, reference, ct),
            () => log.Announce(changed!));
    }

    /// <summary>Keeps the reference with our ticket and tells the customer its number.</summary>
    private async Task<Conversation> RecordAsync(SupportBotDb db, OutboxRow row, TicketReference reference, CancellationToken ct)
    {
        var ticket = await db.Tickets.FirstAsync(t => t.Key == row.Key, ct);
        (ticket.Number, ticket.Status, ticket.Url) = (reference.Number, reference.Status, reference.Url);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == row.ConversationId, ct);
        var text = $"Your ticket is **{reference.Number}**: {ticket.Subject}. Please mention this number whenever you write or call about it.";
        db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, text), Author.Bot, time.GetUtcNow());
        return conversation;
    }
}
