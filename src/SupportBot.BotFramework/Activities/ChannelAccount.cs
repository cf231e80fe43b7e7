using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>A person or a program that takes part in a conversation.</summary>
public sealed record ChannelAccount
{
    /// <summary>Identifies the account on its channel.</summary>
    public string? Id { get; init; }

    /// <summary>The name to show.</summary>
    public string? Name { get; init; }

    /// <summary>One of <see cref="RoleTypes"/>.</summary>
    public string? Role { get; init; }

    /// <summary>The account's object id in Microsoft Entra, where the channel knows it.</summary>
    public string? AadObjectId { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }
}

/// <summary>Values of <see cref="ChannelAccount.Role"/>.</summary>
public static class RoleTypes
{
    /// <summary>The person who uses the client.</summary>
    public const string User = "user";

    /// <summary>Whoever answers, program or human.</summary>
    public const string Bot = "bot";
}
