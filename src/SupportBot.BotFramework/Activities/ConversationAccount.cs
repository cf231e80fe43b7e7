using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>The conversation an activity belongs to.</summary>
public sealed record ConversationAccount
{
    /// <summary>Identifies the conversation on its channel.</summary>
    public string? Id { get; init; }

    /// <summary>The name to show.</summary>
    public string? Name { get; init; }

    /// <summary>Whether more than two accounts take part.</summary>
    public bool? IsGroup { get; init; }

    /// <summary>The channel's own kind of conversation, such as <c>personal</c>.</summary>
    public string? ConversationType { get; init; }

    /// <summary>The tenant the conversation belongs to, where the channel has tenants.</summary>
    public string? TenantId { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }
}
