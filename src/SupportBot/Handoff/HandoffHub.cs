using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Storage;
using HubState = SupportBot.BotFramework.Activities.HandoffState;

namespace SupportBot.Handoff;

/// <summary>
/// An external agent hub in place of our console, over the protocol's handoff events: it gets <c>handoff.initiate</c> with the transcript in the
/// conversation itself, and says with <c>handoff.status</c> whether it took it, could not, or is through. A hub that could not leaves the
/// customer in our own queue.
/// </summary>
public sealed class HandoffHub(HandoffOptions options, CurrentCompany company)
{
    /// <summary>Longest transcript that goes with a handoff, activities.</summary>
    private const int TranscriptLength = 200;

    private const string HubId = "hub";

    /// <summary>Tells the hub, when there is one, in the same commit as the escalation.</summary>
    public async Task InitiateAsync(SupportBotDb db, Conversation conversation, HandoffRecord handoff, DateTimeOffset now, CancellationToken ct)
    {
        if (options.Agents != AgentDesk.Hub)
        {
            return;
        }

        var context = new JsonObject
        {
            ["conversationId"] = conversation.Id,
            ["customer"] = conversation.CustomerName,
            ["channel"] = conversation.Channel,
            ["locale"] = conversation.Locale,
            ["intent"] = conversation.Intent,
            ["queue"] = handoff.Queue,
            ["priority"] = handoff.Priority,
            ["reasonCode"] = handoff.ReasonCode,
        };
        var initiate = HandoffEvents.ToInitiate(context, await TranscriptAsync(db, conversation.Id, ct)) with
        {
            From = BotMessages.Message(Author.Bot, company.Facts.Bot, "").From,
        };
        handoff.AtHub = true;
        db.Append(conversation, initiate, Author.Bot, now);
    }

    /// <summary>Does what the hub says. A status for a conversation that is not with the hub changes nothing.</summary>
    public void Obey(SupportBotDb db, Conversation conversation, HandoffRecord? handoff, Activity said, DateTimeOffset now)
    {
        if (handoff is not { AtHub: true, State: not HandoffState.Closed })
        {
            return;
        }

        var agent = new ActingAgent(HubId, string.IsNullOrWhiteSpace(said.From?.Name) ? "A colleague" : Conversation.Excerpt(said.From.Name, 100));
        switch (HandoffEvents.ReadStatus(said)?.State)
        {
            case HubState.Accepted when handoff.State == HandoffState.Waiting:
                HandoffSteps.Accept(db, conversation, handoff, agent, company, now);
                break;
            case HubState.Failed:
                (handoff.AtHub, handoff.State, handoff.AgentId, handoff.AgentName) = (false, HandoffState.Waiting, null, null);
                db.Append(conversation, BotMessages.SystemLine("Nobody could take this just now. Your conversation is kept, and the team answers here."), Author.System, now);
                break;
            case HubState.Completed:
                HandoffSteps.Close(db, conversation, handoff, handoff.AgentName ?? agent.Name, company, now);
                break;
        }
    }

    /// <summary>An agent's words that came through the hub.</summary>
    public void Replied(SupportBotDb db, Conversation conversation, HandoffRecord? handoff, DateTimeOffset now)
    {
        if (handoff is { State: HandoffState.Accepted })
        {
            HandoffSteps.Time(db, conversation, handoff, conversation.Clock.AgentReplied(now), company);
        }
    }

    private static async Task<IReadOnlyList<Activity>> TranscriptAsync(SupportBotDb db, string conversationId, CancellationToken ct)
    {
        var rows = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Type == ActivityTypes.Message)
            .OrderByDescending(a => a.Sequence)
            .Take(TranscriptLength)
            .Select(a => a.Json)
            .ToListAsync(ct);
        rows.Reverse();
        return rows.ConvertAll(ActivityJson.Parse);
    }
}
