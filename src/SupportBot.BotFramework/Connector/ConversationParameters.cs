using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>A conversation that is to begin on a channel.</summary>
public sealed record ConversationParameters
{
    /// <summary>Whether more than two take part.</summary>
    public bool? IsGroup { get; init; }

    /// <summary>The bot's account on the channel.</summary>
    public ChannelAccount? Bot { get; init; }

    /// <summary>Who takes part beside the bot.</summary>
    public IReadOnlyList<ChannelAccount>? Members { get; init; }

    /// <summary>The conversation's name.</summary>
    public string? TopicName { get; init; }

    /// <summary>The tenant it belongs to, where the channel has tenants.</summary>
    public string? TenantId { get; init; }

    /// <summary>What is said first.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Data for the channel.</summary>
    public JsonNode? ChannelData { get; init; }
}

/// <summary>A conversation that a channel has begun.</summary>
/// <param name="Id">The conversation's id on the channel.</param>
/// <param name="ActivityId">The id of what was said first, if anything was.</param>
/// <param name="ServiceUrl">Where it goes on, if not where it was asked for.</param>
public sealed record ConversationResource(string? Id, string? ActivityId = null, string? ServiceUrl = null);
