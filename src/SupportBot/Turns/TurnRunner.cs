using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Handoff;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets;
using HandoffState = SupportBot.Handoff.HandoffState;

namespace SupportBot.Turns;

/// <summary>
/// One inbound activity to one commit. The decision is made outside the transaction on what was read; the commit looks whether that still
/// holds and otherwise has it made again. A crash before the commit repeats the turn, a crash after it repeats nothing.
/// </summary>
public sealed class TurnRunner(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    ConversationLog log,
    Deciding deciding,
    CurrentCompany company,
    OutboxBell outbox,
    HandoffHub hub,
    TicketDesk tickets,
    WordedAnswers wording,
    Instance instance,
    TimeProvider time)
{
    /// <summary>How often a turn is decided again because its conversation changed under it, before it is left for later.</summary>
    private const int MaxConflicts = 10;

    private static readonly Func<SupportBotDb, string, CancellationToken, Task<WaitingTurn?>> NextTurn = EF.CompileAsyncQuery(
        (SupportBotDb db, string conversationId, CancellationToken _) => db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Pending)
            .OrderBy(a => a.Sequence)
            .Join(db.Conversations.AsNoTracking(), a => a.ConversationId, c => c.Id, (a, c) => new WaitingTurn(c, a))
            .FirstOrDefault());

    /// <summary>Runs the oldest turn that waits in the conversation.</summary>
    /// <returns>False when none waits or another process runs this conversation.</returns>
    public async Task<bool> RunNextAsync(string conversationId, CancellationToken ct)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            if (await ReadAsync(conversationId, ct) is not { } turn || !instance.MayRun(turn.Conversation, time.GetUtcNow()))
            {
                return false;
            }

            var (conversation, inbound) = turn;
            var activity = ActivityJson.Parse(inbound.Json);
            var worded = NeedsDecision(conversation, inbound, activity)
                ? await wording.WordAsync(await deciding.DecideAsync(conversation, inbound, activity, ct), conversation, inbound, ct)
                : null;
            try
            {
                await commits.RunOnceAsync(conversationId, db => ApplyAsync(db, conversation, inbound, activity, worded, ct), ct);
            }
            catch (DbUpdateException) when (conflicts < MaxConflicts)
            {
                // The conversation changed while this was decided: the customer wrote on, or an agent took it.
                continue;
            }

            log.Announce(conversation);
            if (worded is null || worded.Decision is Decision.OpenTicket or Decision.SmallTalk)
            {
                outbox.Ring();
            }

            return true;
        }
    }

    private async Task<WaitingTurn?> ReadAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await NextTurn(db, conversationId, ct);
    }

    /// <summary>
    /// Writes the turn onto what was read. <c>Conversation.Version</c> refuses the commit if anything happened in between, so what was read
    /// need not be read again.
    /// </summary>
    private async Task<bool> ApplyAsync(SupportBotDb db, Conversation conversation, ActivityRecord inbound, Activity activity, WordedDecision? worded, CancellationToken ct)
    {
        db.AttachRange(conversation, inbound);
        var now = time.GetUtcNow();
        instance.TakeLease(conversation, now);
        inbound.Pending = false;
        conversation.Touch();
        if (worded is not null)
        {
            await ReplyAsync(db, conversation, inbound, activity, worded, now, ct);
        }
        else if (inbound.Author == Author.Agent)
        {
            await HearHubAsync(db, conversation, activity, now, ct);
        }
        else if (Feedback.From(activity) is { } feedback)
        {
            await FeedbackDesk.RecordAsync(db, conversation, feedback, now, ct);
        }
        else if (TicketDesk.IsWithTicket(conversation))
        {
            await tickets.ForwardAsync(db, conversation, inbound, activity, isThanks: Cues.SaysThanks(Deciding.TextOf(activity)), now, ct);
        }
        else
        {
            await ReassureAsync(db, conversation, now, ct);
        }

        return true;
    }

    /// <summary>Only what a customer says to the bot: not what they say to a human, what an agent says, or a thumb.</summary>
    private static bool NeedsDecision(Conversation conversation, ActivityRecord inbound, Activity activity) =>
        inbound is { Author: Author.Customer, Type: ActivityTypes.Message }
        && (conversation.Owner == ConversationOwner.Bot || (TicketDesk.IsWithTicket(conversation) && WantsBot(conversation, Deciding.TextOf(activity))));

    /// <summary>Whoever writes to a ticket may always have the bot back, or somebody who is here now; and a yes to the bot's question is for the bot.</summary>
    private static bool WantsBot(Conversation conversation, string text) =>
        Cues.Same(text, TicketDesk.AskTheBot) || Cues.IsTalkToPerson(text) || HumanRequest.Is(text)
        || ((Cues.IsSolved(text) || Cues.SaysYes(text)) && Deciding.StateOf(conversation).AskedIfSolved);

    /// <summary>What an external agent hub says: how the handoff stands, or an agent's words.</summary>
    private async Task HearHubAsync(SupportBotDb db, Conversation conversation, Activity said, DateTimeOffset now, CancellationToken ct)
    {
        var handoff = await db.Handoffs.FirstOrDefaultAsync(h => h.Id == conversation.HandoffId, ct);
        if (said.Type == ActivityTypes.Message)
        {
            hub.Replied(db, conversation, handoff, now);
        }
        else
        {
            hub.Obey(db, conversation, handoff, said, now);
        }
    }

    private async Task ReplyAsync(SupportBotDb db, Conversation conversation, ActivityRecord inbound, Activity said, WordedDecision worded, DateTimeOffset now, CancellationToken ct)
    {
        var decision = worded.Decision;
        if (decision.ReasonCode == ReasonCode.EmptyText && await TicketDesk.AddFilesAsync(db, conversation, inbound, said, now, ct) is { } added)
        {
            decision = decision with { Text = added };
        }

        if (conversation.Owner == ConversationOwner.Ticket)
        {
            conversation.Owner = ConversationOwner.Bot;
        }

        var evidence = JsonSerializer.Serialize(decision.Evidence, JsonSerializerOptions.Web);
        await FeedbackDesk.RecordNextStepAsync(db, conversation, decision.ReasonCode, now, ct);
        conversation.Dialogue = JsonSerializer.Serialize(decision.Next);
        conversation.Intent = decision.Intent ?? conversation.Intent;
        if (decision.Intent is not null)
        {
            (conversation.FirstResponseTarget, conversation.ResolutionTarget, conversation.TargetsOnWallClock) =
                (Minutes(decision.Clocks?.FirstResponse), Minutes(decision.Clocks?.Resolution), decision.Clocks is { BusinessHours: false });
        }

        await StepLog.AddAsync(db, conversation.Id, decision.Steps, ct);
        var reply = Composer.Compose(decision, conversation, company.Facts.Bot, inbound.ActivityId);
        db.Append(conversation, worded.StreamId is { } stream ? LiveStream.Final(reply, stream) : reply, Author.Bot, now, evidence: evidence);

        if (decision.FollowUp is { } followUp)
        {
            await FollowUps.PlanAsync(db, conversation, inbound.ActivityId, followUp, now, ct);
        }

        string? queue = null;
        switch (decision)
        {
            case Decision.OpenTicket open:
                queue = open.Queue;
                await tickets.OpenAsync(db, conversation, Request(open, inbound), now, ct);
                break;
            case Decision.Escalate escalate:
                queue = escalate.Queue;
                await EscalateAsync(db, conversation, escalate, evidence, now, ct);
                break;
        }

        AddTimings(db, conversation, queue, conversation.Clock.BotReplied(now));
        if (decision.ReasonCode == ReasonCode.Solved)
        {
            AddTimings(db, conversation, queue, conversation.Clock.Resolved(now));
        }
    }

    private static TicketRequest Request(Decision.OpenTicket open, ActivityRecord inbound) => new()
    {
        Key = inbound.ActivityId,
        Subject = open.Subject,
        Queue = open.Queue,
        Priority = open.Priority.ToString().ToLowerInvariant(),
        Intent = open.Intent,
        Confidence = open.Evidence.Intent?.Confidence,
        Summary = open.Summary,
        Fields = open.Fields,
        Tags = open.Tags,
        CustomFields = open.CustomFields,
        Assignee = open.Assignee,
    };

    private async Task EscalateAsync(SupportBotDb db, Conversation conversation, Decision.Escalate escalate, string evidence, DateTimeOffset now, CancellationToken ct)
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
            Draft = escalate.Draft is { } draft ? JsonSerializer.Serialize(new HandoffDraft(draft.Text, Composer.Sources(draft.Citations, conversation))) : null,
        };
        db.Handoffs.Add(handoff);
        conversation.HandoffId = handoff.Id;
        conversation.Owner = ConversationOwner.Human;
        conversation.Clock.Escalated(now);
        await hub.InitiateAsync(db, conversation, handoff, now, ct);
    }

    /// <summary>A human has the conversation. While nobody has taken it, the customer hears once that nothing is lost.</summary>
    private async Task ReassureAsync(SupportBotDb db, Conversation conversation, DateTimeOffset now, CancellationToken ct)
    {
        var handoff = await db.Handoffs.FirstOrDefaultAsync(h => h.Id == conversation.HandoffId, ct);
        if (handoff is { State: HandoffState.Waiting, Reassured: false })
        {
            handoff.Reassured = true;
            var text = "Thank you, I have added that for the team. You are in the queue; the next free person reads everything above and answers here.";
            db.Append(conversation, BotMessages.Message(Author.Bot, company.Facts.Bot, text), Author.Bot, now);
        }
    }

    private static int? Minutes(TimeSpan? time) => time is { } known ? (int)known.TotalMinutes : null;

    private void AddTimings(SupportBotDb db, Conversation conversation, string? queue, IReadOnlyList<Span> spans) =>
        db.Timings.AddRange(spans.Select(s => s.ToTiming(conversation, company.Hours, queue, null)));

    private sealed record WaitingTurn(Conversation Conversation, ActivityRecord Inbound);
}
