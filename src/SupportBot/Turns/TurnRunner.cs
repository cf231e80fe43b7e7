using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Storage;
using SupportBot.Tickets;

namespace SupportBot.Turns;

/// <summary>
/// One inbound activity to one commit. The decision is made outside the transaction on what was read; the commit looks whether that still
/// holds and otherwise has it made again. A crash before the commit repeats the turn, a crash after it repeats nothing.
/// </summary>
public sealed class TurnRunner(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    ConversationLog log,
    UnderstandingSource understanding,
    CurrentCompany company,
    OutboxDispatcher outbox,
    Instance instance,
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    /// <summary>Runs the oldest turn that waits in the conversation.</summary>
    /// <returns>False when none waits or another process runs this conversation.</returns>
    public async Task<bool> RunNextAsync(string conversationId, CancellationToken ct)
    {
        while (true)
        {
            var (conversation, inbound) = await ReadAsync(conversationId, ct);
            if (conversation is null || inbound is null)
            {
                return false;
            }

            var decision = conversation.Owner == ConversationOwner.Human ? null : Decide(conversation, ActivityJson.Parse(inbound.Json));
            var (committed, outcome) = await commits.RunAsync(conversationId, db => ApplyAsync(db, conversation, inbound, decision, ct), ct);
            switch (outcome)
            {
                case Outcome.Done:
                    log.Announce(committed!);
                    if (decision is Decision.OpenTicket)
                    {
                        outbox.Wake();
                    }

                    return true;
                case Outcome.NotOurs:
                    return false;
            }
        }
    }

    private async Task<(Conversation? Conversation, ActivityRecord? Inbound)> ReadAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var inbound = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Pending)
            .OrderBy(a => a.Sequence)
            .FirstOrDefaultAsync(ct);
        return inbound is null
            ? (null, null)
            : (await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversationId, ct), inbound);
    }

    /// <summary>Whatever goes wrong in here ends with a human: a customer never waits for a reply that does not come.</summary>
    private Decision Decide(Conversation conversation, Activity activity)
    {
        try
        {
            var state = conversation.Dialogue.Length == 0
                ? DialogueState.Start
                : JsonSerializer.Deserialize<DialogueState>(conversation.Dialogue) ?? DialogueState.Start;
            return understanding.Current.Decide(TextOf(activity), state, time.GetUtcNow());
        }
        catch (Exception e)
        {
            logger.LogError(e, "The bot failed in conversation {ConversationId}; a human is brought in", conversation.Id);
            return Fallback.For(company.Facts);
        }
    }

    /// <summary>What the customer said: text, or what a button without text sent.</summary>
    private static string TextOf(Activity activity) =>
        !string.IsNullOrWhiteSpace(activity.Text) ? activity.Text
        : activity.Value is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? ""
        : "";

    private async Task<(Conversation? Conversation, Outcome Outcome)> ApplyAsync(
        SupportBotDb db, Conversation read, ActivityRecord inbound, Decision? decision, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var conversation = await db.Conversations.FirstAsync(c => c.Id == read.Id, ct);
        var pending = await db.Activities.FirstAsync(a => a.ConversationId == read.Id && a.Sequence == inbound.Sequence, ct);
        if (!instance.TakeLease(conversation, now))
        {
            return (null, Outcome.NotOurs);
        }

        if (!pending.Pending || conversation.Owner != read.Owner || conversation.Dialogue != read.Dialogue)
        {
            return (null, Outcome.Stale);
        }

        pending.Pending = false;
        conversation.Touch();
        if (decision is null)
        {
            await ReassureAsync(db, conversation, now, ct);
        }
        else
        {
            await ReplyAsync(db, conversation, inbound, decision, now, ct);
        }

        return (conversation, Outcome.Done);
    }

    private async Task ReplyAsync(SupportBotDb db, Conversation conversation, ActivityRecord inbound, Decision decision, DateTimeOffset now, CancellationToken ct)
    {
        var evidence = JsonSerializer.Serialize(decision.Evidence, JsonSerializerOptions.Web);
        conversation.Dialogue = JsonSerializer.Serialize(decision.Next);
        conversation.Intent = decision.Intent ?? conversation.Intent;
        var reply = Composer.Compose(decision, conversation, company.Facts.Bot, inbound.ActivityId);
        db.Activities.Add(conversation.Append(reply, Author.Bot, now, evidence: evidence));

        string? queue = null;
        switch (decision)
        {
            case Decision.OpenTicket open:
                queue = open.Queue;
                await TicketDesk.OpenAsync(db, conversation, inbound.ActivityId, open.Subject, open.Queue, open.Priority.ToString().ToLowerInvariant(), open.Fields, now, ct);
                break;
            case Decision.Escalate escalate:
                queue = escalate.Queue;
                Escalate(db, conversation, escalate, evidence, now);
                break;
        }

        AddTimings(db, conversation, queue, conversation.Clock.BotReplied(now));
        if (decision.ReasonCode == ReasonCode.Solved)
        {
            AddTimings(db, conversation, queue, conversation.Clock.Resolved(now));
        }
    }

    private static void Escalate(SupportBotDb db, Conversation conversation, Decision.Escalate escalate, string evidence, DateTimeOffset now)
    {
        var handoff = new HandoffRecord
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            ReasonCode = escalate.ReasonCode.ToString(),
            Evidence = evidence,
            Queue = escalate.Queue,
            Priority = escalate.Priority.ToString().ToLowerInvariant(),
            CreatedAt = now,
        };
        db.Handoffs.Add(handoff);
        conversation.HandoffId = handoff.Id;
        conversation.Owner = ConversationOwner.Human;
        conversation.Clock.Escalated(now);
    }

    /// <summary>A human has the conversation. While nobody has taken it, the customer hears once that nothing is lost.</summary>
    private async Task ReassureAsync(SupportBotDb db, Conversation conversation, DateTimeOffset now, CancellationToken ct)
    {
        var handoff = await db.Handoffs.FirstOrDefaultAsync(h => h.Id == conversation.HandoffId, ct);
        if (handoff is { State: HandoffState.Waiting, Reassured: false })
        {
            handoff.Reassured = true;
            var text = "Thank you, I have added that for the team. You are in the queue; the next free person reads everything above and answers here.";
            db.Activities.Add(conversation.Append(BotMessages.Message(Author.Bot, company.Facts.Bot, text), Author.Bot, now));
        }
    }

    private void AddTimings(SupportBotDb db, Conversation conversation, string? queue, IReadOnlyList<Span> spans) =>
        db.Timings.AddRange(spans.Select(s => s.ToTiming(conversation, company.Hours, queue, null)));

    private enum Outcome
    {
        Done,
        Stale,
        NotOurs,
    }
}
