using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using SupportBot.BotFramework;
using SupportBot.Conversations;
using SupportBot.Handoff;

namespace SupportBot.AgentConsole;

/// <summary>What the service tells the consoles.</summary>
public interface IAgentClient
{
    Task ConversationChanged(ConversationSummary conversation);

    Task ActivityAppended(string conversationId, TranscriptEntry entry);

    Task CustomerTyping(string conversationId);
}

public sealed record Watched(ConversationDetail Conversation, TranscriptPage Page);

public sealed record ActionResult(string Outcome, string? By = null, long? Sequence = null);

/// <summary>The live console: agents watch, claim, reply and resolve.</summary>
[Authorize(Policy = Policies.Console)]
public sealed class AgentHub(Inbox inbox, HandoffDesk desk, ConversationWatch watch, ConversationSignals signals) : Hub<IAgentClient>
{
    /// <summary>Messages sent with a <see cref="Watch"/>.</summary>
    private const int PageSize = 200;

    /// <summary>Joins before reading, so that nothing falls between; the console drops what it has by sequence number.</summary>
    public async Task<Watched> Watch(string conversationId, long afterSequence)
    {
        var detail = await inbox.FindAsync(conversationId, Context.ConnectionAborted)
            ?? throw new HubException("There is no conversation with this id.");
        watch.Add(Context.ConnectionId, conversationId);
        await Groups.AddToGroupAsync(Context.ConnectionId, ConversationWatch.Group(conversationId), Context.ConnectionAborted);
        var page = await inbox.ReadAsync(conversationId, afterSequence, PageSize, Context.ConnectionAborted);
        return new Watched(detail, page!);
    }

    public async Task Unwatch(string conversationId)
    {
        watch.Remove(Context.ConnectionId, conversationId);
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, ConversationWatch.Group(conversationId), Context.ConnectionAborted);
    }

    public async Task<ActionResult> Claim(string conversationId) =>
        ToResult(await desk.ClaimAsync(conversationId, Agent(), Context.ConnectionAborted), "claimed");

    public async Task<ActionResult> Reply(string conversationId, string clientId, string text) =>
        ToResult(await desk.ReplyAsync(conversationId, Agent(), clientId ?? "", text ?? "", Context.ConnectionAborted), "sent");

    /// <summary>Sends the answer that the bot prepared, as it is or as the agent changed it.</summary>
    public async Task<ActionResult> SendDraft(string conversationId, string clientId, string? text) =>
        ToResult(await desk.SendDraftAsync(conversationId, Agent(), clientId ?? "", text, Context.ConnectionAborted), "sent");

    public async Task<ActionResult> Resolve(string conversationId) =>
        ToResult(await desk.ResolveAsync(conversationId, Agent(), Context.ConnectionAborted), "resolved");

    public async Task Typing(string conversationId)
    {
        if (await inbox.SummaryAsync(conversationId, Context.ConnectionAborted) is { State: "assigned" } conversation && conversation.Assignee?.Id == Agent().Id)
        {
            signals.PublishEphemeral(conversationId, BotMessages.Typing(Author.Agent, Agent().Name));
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.RemoveAll(Context.ConnectionId);
        return Task.CompletedTask;
    }

    private ActingAgent Agent() => Agents.Of(Context.User!);

    private static ActionResult ToResult(DeskResult result, string done) => new(
        result.Outcome switch
        {
            DeskOutcome.Done => done,
            DeskOutcome.Taken => "taken",
            DeskOutcome.NotYours => "not_yours",
            DeskOutcome.Closed => "closed",
            DeskOutcome.Empty => "empty",
            DeskOutcome.TooLong => "too_long",
            DeskOutcome.NoDraft => "no_draft",
            _ => "not_found",
        },
        result.By,
        result.Sequence);
}

/// <summary>Who may enter: any agent, manager or admin.</summary>
public static class Policies
{
    public const string Console = "console";
    public const string Reports = "reports";
}

public static class Agents
{
    /// <summary>The claim that holds the name which customers see.</summary>
    public const string NameClaim = "display_name";

    public static ActingAgent Of(ClaimsPrincipal user) =>
        new(user.FindFirstValue(ClaimTypes.NameIdentifier)!, user.FindFirstValue(NameClaim) ?? "Agent");
}
