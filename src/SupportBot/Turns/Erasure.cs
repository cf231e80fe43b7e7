using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.DirectLine.Uploads;
using SupportBot.Conversations;
using SupportBot.Mail;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>
/// Deletes a conversation for good: what was said, who said it, files, thumbs, labels, what was delivered, and what has not been delivered yet. Timings
/// and steps of processes stay, which hold no words and no names, and so do tickets, which belong to the ticket system, and what is on its way there.
/// </summary>
public sealed class Erasure(Commits commits, IAttachmentStore files, ConversationSignals signals)
{
    /// <returns>False when there is no such conversation.</returns>
    public async Task<bool> DeleteAsync(string conversationId, CancellationToken ct)
    {
        var existed = await commits.RunAsync(conversationId, async db =>
        {
            await db.Activities.Where(a => a.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            await db.Handoffs.Where(h => h.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            await db.Feedback.Where(f => f.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            await db.TicketMessages.Where(m => m.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            await db.Labels.Where(l => l.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            await db.Outbox.Where(o => o.ConversationId == conversationId && (!o.Open || o.Kind == Appending.DeliveryKind || o.Kind == ReplyMail.RowKind || FollowUpRow.Kinds.Contains(o.Kind))).ExecuteDeleteAsync(ct);
            await db.ChannelAddresses.Where(a => a.ConversationId == conversationId).ExecuteDeleteAsync(ct);
            return await db.Conversations.Where(c => c.Id == conversationId).ExecuteDeleteAsync(ct) > 0;
        }, ct);
        await files.DeleteConversationAsync(conversationId, ct);
        signals.Ended(conversationId);
        return existed;
    }
}
