using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Mail;
using SupportBot.Storage;

namespace SupportBot.Handoff;

/// <summary>The agent who acts.</summary>
public sealed record ActingAgent(string Id, string Name);

public enum DeskOutcome
{
    Done,
    Taken,
    NotYours,
    Closed,
    Empty,
    TooLong,
    NoDraft,
    NotFound,
}

/// <param name="By">Who has the conversation, when it is somebody else.</param>
/// <param name="Sequence">The reply's sequence number.</param>
public readonly record struct DeskResult(DeskOutcome Outcome, string? By = null, long? Sequence = null);

/// <summary>What agents do with escalated conversations. Each action is one commit, and of two agents who claim at once one is told who was faster.</summary>
public sealed class HandoffDesk(Commits commits, ConversationLog log, ReplyMail mail, CurrentCompany company, TimeProvider time)
{
    /// <summary>Longest reply, characters.</summary>
    public const int MaxText = 4000;

    /// <summary>Stands before a reply's client id where it is stored: customers choose client ids too, and this keeps the two apart.</summary>
    public const string ClientIdPrefix = "agent-";

    public Task<DeskResult> ClaimAsync(string conversationId, ActingAgent agent, CancellationToken ct) => ActAsync(conversationId, (db, conversation, handoff, now) =>
    {
        switch (handoff?.State)
        {
            case null or HandoffState.Closed:
                return new DeskResult(DeskOutcome.Closed);
            case HandoffState.Accepted when handoff.AgentId == agent.Id:
                return new DeskResult(DeskOutcome.Done);
            case HandoffState.Accepted:
                return new DeskResult(DeskOutcome.Taken, handoff.AgentName);
        }

        HandoffSteps.Accept(db, conversation, handoff, agent, company, now);
        return new DeskResult(DeskOutcome.Done);
    }, ct);

    /// <param name="clientId">The console's own id of the reply: sending it again is the same reply.</param>
    public Task<DeskResult> ReplyAsync(string conversationId, ActingAgent agent, string clientId, string text, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(text)
            ? Task.FromResult(new DeskResult(DeskOutcome.Empty))
            : SayAsync(conversationId, agent, clientId, text, (_, _) => BotMessages.Message(Author.Agent, agent.Name, text.Trim()), ct);

    /// <summary>Sends the answer that the bot prepared, which is kept as approved by this agent. It can be sent once.</summary>
    /// <param name="clientId">The console's own id of the reply: sending it again is the same reply.</param>
    /// <param name="text">What the agent made of it; null or empty sends it as it is.</param>
    public Task<DeskResult> SendDraftAsync(string conversationId, ActingAgent agent, string clientId, string? text, CancellationToken ct) =>
        SayAsync(conversationId, agent, clientId, text ?? "", (handoff, now) =>
        {
            if (handoff.DraftSentAt is not null || HandoffDraft.Of(handoff) is not { } draft)
            {
                return null;
            }

            var words = string.IsNullOrWhiteSpace(text) ? draft.Text : text.Trim();
            (handoff.DraftSentBy, handoff.DraftSentAt, handoff.DraftEdited) = (agent.Name, now, words != draft.Text);
            return draft.ToMessage(agent.Name, words);
        }, ct);

    /// <param name="make">Makes the message; null when there is none to make.</param>
    private Task<DeskResult> SayAsync(
        string conversationId, ActingAgent agent, string clientId, string text, Func<HandoffRecord, DateTimeOffset, Activity?> make, CancellationToken ct)
    {
        if (text.Length > MaxText || clientId.Length is 0 or > 100)
        {
            return Task.FromResult(new DeskResult(DeskOutcome.TooLong));
        }

        var key = ClientIdPrefix + clientId;
        return ActAsync(conversationId, async (db, conversation, handoff, now) =>
        {
            if (await db.Activities.AsNoTracking().FirstOrDefaultAsync(a => a.ConversationId == conversationId && a.ClientId == key, ct) is { } first)
            {
                return new DeskResult(DeskOutcome.Done, Sequence: first.Sequence);
            }

            if (NotHeldBy(agent, handoff) is { } refusal)
            {
                return refusal;
            }

            if (make(handoff!, now) is not { } activity)
            {
                return new DeskResult(DeskOutcome.NoDraft);
            }

            var row = db.Append(conversation, activity, Author.Agent, now, clientId: key);
            mail.Offer(db, conversation, row, now);
            HandoffSteps.Time(db, conversation, handoff!, conversation.Clock.AgentReplied(now), company);
            return new DeskResult(DeskOutcome.Done, Sequence: row.Sequence);
        }, ct);
    }

    /// <summary>Ends the agent's part; the bot answers again.</summary>
    public Task<DeskResult> ResolveAsync(string conversationId, ActingAgent agent, CancellationToken ct) => ActAsync(conversationId, (db, conversation, handoff, now) =>
    {
        if (NotHeldBy(agent, handoff) is { } refusal)
        {
            return refusal;
        }

        HandoffSteps.Close(db, conversation, handoff!, agent.Name, company, now);
        return new DeskResult(DeskOutcome.Done);
    }, ct);

    private static DeskResult? NotHeldBy(ActingAgent agent, HandoffRecord? handoff) => handoff?.State switch
    {
        null or HandoffState.Closed => new DeskResult(DeskOutcome.Closed),
        HandoffState.Accepted when handoff.AgentId == agent.Id => null,
        _ => new DeskResult(DeskOutcome.NotYours, handoff.AgentName),
    };

    private Task<DeskResult> ActAsync(string conversationId, Func<SupportBotDb, Conversation, HandoffRecord?, DateTimeOffset, DeskResult> act, CancellationToken ct) =>
        ActAsync(conversationId, (db, conversation, handoff, now) => Task.FromResult(act(db, conversation, handoff, now)), ct);

    private async Task<DeskResult> ActAsync(string conversationId, Func<SupportBotDb, Conversation, HandoffRecord?, DateTimeOffset, Task<DeskResult>> act, CancellationToken ct)
    {
        var (result, changed) = await commits.RunAsync<(DeskResult, Conversation?)>(conversationId, async db =>
        {
            var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.Id == conversationId, ct);
            if (conversation is null)
            {
                return (new DeskResult(DeskOutcome.NotFound), null);
            }

            var handoff = conversation.HandoffId is { } id ? await db.Handoffs.FirstOrDefaultAsync(h => h.Id == id, ct) : null;
            var done = await act(db, conversation, handoff, time.GetUtcNow());
            return (done, conversation);
        }, ct);

        if (result.Outcome == DeskOutcome.Done)
        {
            log.Announce(changed!);
        }

        return result;
    }
}
