using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Channels;

/// <summary>
/// Replies to a channel that waits for them on its open request (<c>deliveryMode: expectReplies</c>). The outbox holds them back for a while;
/// what goes out with the answer is taken out of it, and what comes too late, or when the caller has gone, is delivered as usual.
/// </summary>
public sealed class AwaitedReplies(IDbContextFactory<SupportBotDb> contexts, Commits commits, ConversationSignals signals, TimeProvider time)
{
    /// <summary>How long the outbox gives the open request; longer than <see cref="Patience"/>.</summary>
    public static readonly TimeSpan HeldBack = TimeSpan.FromSeconds(15);

    private const int MostReplies = 50;

    /// <summary>Channels give up after about 15 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A turn without a reply appends nothing that would wake us.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits for the turn of the activity at <paramref name="sequence"/> and sends what was replied to it.</summary>
    public async Task AnswerAsync(TurnContext turn, string conversationId, long sequence, CancellationToken ct)
    {
        await WaitForTurnAsync(conversationId, sequence, ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var address = await db.ChannelAddresses.AsNoTracking().FirstAsync(a => a.ConversationId == conversationId, ct);
        var replies = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Sequence > sequence && a.Author != Author.Customer)
            .OrderBy(a => a.Sequence)
            .Take(MostReplies)
            .ToListAsync(ct);
        foreach (var reply in replies)
        {
            await turn.SendActivityAsync(ChannelWording.For(ActivityJson.Parse(reply.Json), reply.Author, address.ToReference()) with { ReplyToId = turn.Activity.Id }, ct);
        }

        var keys = replies.ConvertAll(r => r.ActivityId);
        var now = time.GetUtcNow();
        await commits.RunAsync(conversationId, async writing =>
        {
            await writing.Outbox
                .Where(o => o.ConversationId == conversationId && o.Kind == Appending.DeliveryKind && o.Open && keys.Contains(o.Key))
                .ExecuteUpdateAsync(u => u.SetProperty(o => o.Open, false).SetProperty(o => o.DoneAt, now), ct);
            var conversation = await writing.Conversations.FirstAsync(c => c.Id == conversationId, ct);
            conversation.RepliesAwaitedUntil = null;
            conversation.Touch();
            return true;
        }, ct);
    }

    private async Task WaitForTurnAsync(string conversationId, long sequence, CancellationToken ct)
    {
        using var subscription = signals.Subscribe(conversationId);
        var until = time.GetUtcNow() + Patience;
        var after = sequence;
        while (time.GetUtcNow() is var now && now < until)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (!await db.Activities.AnyAsync(a => a.ConversationId == conversationId && a.Sequence == sequence && a.Pending, ct))
            {
                return;
            }

            var signal = await subscription.WaitAsync(after, LookAgain, ct);
            after = Math.Max(after, signal.Sequence);
        }
    }
}
