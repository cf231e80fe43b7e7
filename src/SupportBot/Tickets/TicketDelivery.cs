using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>What has to happen in a ticketing system: the payload of an outbox row.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Create), "create")]
[JsonDerivedType(typeof(Message), "message")]
public abstract record TicketEffect
{
    private TicketEffect()
    {
    }

    /// <summary>Our ticket that it is about.</summary>
    public Guid TicketId { get; init; }

    /// <summary>The ticket is created.</summary>
    public sealed record Create(TicketDraft Draft, IReadOnlyList<SentFile> Files) : TicketEffect;

    /// <summary>The customer says something; <c>Reopen</c> when the agents thought that they were done.</summary>
    public sealed record Message(string Text, Requester Author, IReadOnlyList<SentFile> Files, bool Reopen) : TicketEffect;
}

/// <summary>
/// Makes it happen. Rows of a conversation go one after the other, so what belongs to a ticket arrives in its order. Before anything is
/// written, the system is asked whether it is there already: an answer that was lost makes no second ticket and no second message.
/// </summary>
public sealed class TicketDelivery(
    IDbContextFactory<SupportBotDb> contexts, TicketSystems systems, TicketFiles files, ConversationLog log, CurrentCompany company, TimeProvider time)
    : IOutboxEffect
{
    public const string RowKind = "ticket";

    public string Kind => RowKind;

    public async Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        var effect = JsonSerializer.Deserialize<TicketEffect>(row.Payload)!;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == effect.TicketId, ct)
            ?? throw new OutboxRefusal("The ticket has been deleted here.", final: true);
        var system = systems.Find(ticket.System)
            ?? throw new OutboxRefusal($"The configuration has no ticketing system '{ticket.System}' any more: put it back under Tickets:Systems and try again.", final: true);
        return effect switch
        {
            TicketEffect.Create create => await CreateAsync(row, ticket, system, create, ct),
            TicketEffect.Message message => await AddAsync(row, ticket, system, message, ct),
            _ => throw new InvalidOperationException($"Unknown effect {effect}."),
        };
    }

    private async Task<Delivery> CreateAsync(OutboxRow row, Ticket ticket, ITicketSystem system, TicketEffect.Create create, CancellationToken ct)
    {
        var created = await system.FindByKeyAsync(ticket.Key, ct)
            ?? await system.CreateAsync(create.Draft with { Files = await files.OpenableAsync(row.ConversationId, create.Files, ct) }, ct);
        Conversation? changed = null;
        return new Delivery(
            async db => changed = await RecordAsync(db, ticket.Id, row.ConversationId, created, ct),
            () => Announce(changed));
    }

    /// <summary>Keeps the reference with our ticket and tells the customer its number.</summary>
    private async Task<Conversation?> RecordAsync(SupportBotDb db, Guid ticketId, string conversationId, RemoteTicket created, CancellationToken ct)
    {
        var ticket = await db.Tickets.FirstAsync(t => t.Id == ticketId, ct);
        (ticket.RemoteId, ticket.Number, ticket.Status, ticket.Url) = (created.Id, created.Number, created.Status, created.Url);
        ticket.Warning = created.Warnings.Count > 0 ? string.Join(' ', created.Warnings) : null;
        if (await db.Conversations.FirstOrDefaultAsync(c => c.Id == conversationId, ct) is not { } conversation)
        {
            return null;
        }

        var text = $"Your ticket is **{created.Number}**: {ticket.Subject}. Please mention this number whenever you write or call about it.";
        db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, text), Author.Bot, time.GetUtcNow());
        return conversation;
    }

    private async Task<Delivery> AddAsync(OutboxRow row, Ticket ticket, ITicketSystem system, TicketEffect.Message message, CancellationToken ct)
    {
        if (ticket.RemoteId is not { } remoteId)
        {
            throw new OutboxRefusal("Its ticket could not be created; try that again first.", final: true);
        }

        var draft = new MessageDraft(row.Key, message.Text, Public: true, message.Author, await files.OpenableAsync(row.ConversationId, message.Files, ct));
        var state = await system.ReadAsync(remoteId, ct);
        if (state.MergedInto is { } into)
        {
            remoteId = into;
            state = await system.ReadAsync(into, ct);
        }

        if (state.Deleted)
        {
            throw new OutboxRefusal($"Ticket {ticket.Number} has been deleted in {ticket.System}.", final: true);
        }

        if (state.Messages.All(m => m.Reference != draft.Reference))
        {
            await system.AddMessageAsync(remoteId, draft, ct);
        }

        if (message.Reopen && state.Phase == TicketPhase.Solved)
        {
            await system.UpdateAsync(remoteId, new TicketUpdate(Phase: TicketPhase.Open), ct);
        }

        return Delivery.Done;
    }

    private void Announce(Conversation? changed)
    {
        if (changed is not null)
        {
            log.Announce(changed);
        }
    }
}
