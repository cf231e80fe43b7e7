using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Connector;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;

namespace SupportBot.Channels;

/// <summary>
/// Says on a channel what the log holds. The protocol has no idempotency key: when a channel took a message and its answer was lost, it gets
/// the message again, which customers forgive more easily than a missing one.
/// </summary>
public sealed class ChannelDelivery(IDbContextFactory<SupportBotDb> contexts, ConnectorClient connector) : IOutboxEffect
{
    public string Kind => Appending.DeliveryKind;

    public async Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var address = await db.ChannelAddresses.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == row.ConversationId, ct);
        var said = await db.Activities.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == row.ConversationId && a.ActivityId == row.Key, ct);
        if (address is null || said is null)
        {
            throw new OutboxRefusal("The conversation has been deleted.", final: true);
        }

        if (address.ServiceUrl.Length == 0)
        {
            throw new OutboxRefusal("The channel takes replies only on its open request.", final: true);
        }

        var activity = ActivityJson.Parse(said.Json);
        var answered = activity.ReplyToId is { } replyTo
            ? await db.Activities.Where(a => a.ConversationId == row.ConversationId && a.ActivityId == replyTo).Select(a => a.ClientId).FirstOrDefaultAsync(ct)
            : null;
        var reference = address.ToReference();
        try
        {
            await connector.SendAsync(
                new Uri(address.ServiceUrl), reference.Conversation!.Id!, answered, ChannelWording.For(activity, said.Author, reference) with { ReplyToId = answered }, ct);
            return Delivery.Done;
        }
        catch (ConnectorException e)
        {
            throw new OutboxRefusal($"{reference.ChannelId}: {e.Message}", final: !e.IsTransient, e.RetryAfter, e);
        }
    }
}
