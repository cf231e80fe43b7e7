using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Workflows;

namespace SupportBot.Turns;

/// <summary>
/// Asks a customer who fell silent after an answer whether all is well, once, and closes the conversation when no word comes. Both are rows of the
/// outbox that are due later; one whose conversation has gone on has nothing to do any more.
/// </summary>
public sealed class FollowUps(CurrentCompany company, ConversationLog log, TimeProvider time) : IOutboxEffect
{
    private const string Closed = "I have not heard from you, so I take it that this is settled. If it is not, just write: the conversation is still here.";

    public string Kind => FollowUpRow.RowKind;

    /// <summary>Plans the question in the unit of work of the answer, whose activity is the conversation's last, in place of what was planned before.</summary>
    public static async Task PlanAsync(SupportBotDb db, Conversation conversation, string key, FollowUp followUp, DateTimeOffset now, CancellationToken ct)
    {
        await db.Outbox.Where(o => o.ConversationId == conversation.Id && o.Kind == FollowUpRow.RowKind && o.Open).ExecuteDeleteAsync(ct);
        Add(db, conversation, $"{key}-ask", new FollowUpRow(FollowUpStage.Ask, conversation.LastSequence, followUp.Ask, followUp.CloseAfter), now, followUp.After);
    }

    public Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct)
    {
        var plan = JsonSerializer.Deserialize<FollowUpRow>(row.Payload)!;
        Conversation? changed = null;
        return Task.FromResult(new Delivery(
            async db =>
            {
                changed = null;
                var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == row.ConversationId, ct);
                if (conversation is null || conversation.LastSequence != plan.Sequence || conversation.Owner == ConversationOwner.Human)
                {
                    return;
                }

                var version = conversation.Version;
                Carry(db, conversation, row, plan);
                changed = conversation.Version != version ? conversation : null;
            },
            () =>
            {
                if (changed is not null)
                {
                    log.Announce(changed);
                }
            }));
    }

    private void Carry(SupportBotDb db, Conversation conversation, OutboxRow row, FollowUpRow plan)
    {
        if (plan.Stage == FollowUpStage.Ask)
        {
            Ask(db, conversation, row, plan, time.GetUtcNow());
        }
        else
        {
            Close(db, conversation, time.GetUtcNow());
        }
    }

    private void Ask(SupportBotDb db, Conversation conversation, OutboxRow row, FollowUpRow plan, DateTimeOffset now)
    {
        var state = Deciding.StateOf(conversation);
        if (state.Memory.FollowedUp || state.AskedSlot is not null)
        {
            return;
        }

        conversation.Dialogue = JsonSerializer.Serialize(state with
        {
            Intent = state.Intent ?? conversation.Intent,
            AskedIfSolved = true,
            Memory = state.Memory with { FollowedUp = true },
        });
        var message = BotMessages.Message(Author.Bot, company.Facts.Bot, plan.Ask) with { SuggestedActions = SuggestedActions.Replies(Cues.Solved, Cues.NotYet, Cues.TalkToPerson) };
        db.Append(conversation, message, Author.Bot, now);
        if (plan.CloseAfter is { } patience)
        {
            Add(db, conversation, $"{row.Key}-close", new FollowUpRow(FollowUpStage.Close, conversation.LastSequence, "", null), now, patience);
        }
    }

    private void Close(SupportBotDb db, Conversation conversation, DateTimeOffset now)
    {
        db.Timings.AddRange(conversation.Clock.Resolved(now).Select(s => s.ToTiming(conversation, company.Hours, null, null)));
        (conversation.Dialogue, conversation.Owner) = ("", ConversationOwner.Bot);
        db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, Closed), Author.Bot, now);
    }

    private static void Add(SupportBotDb db, Conversation conversation, string key, FollowUpRow plan, DateTimeOffset now, TimeSpan after) => db.Outbox.Add(new OutboxRow
    {
        Kind = FollowUpRow.RowKind,
        Key = key,
        ConversationId = conversation.Id,
        Payload = JsonSerializer.Serialize(plan),
        CreatedAt = now,
        DueAt = now + after,
    });
}
