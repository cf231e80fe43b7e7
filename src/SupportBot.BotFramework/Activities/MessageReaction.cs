using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>A reaction to an earlier message.</summary>
public sealed record MessageReaction
{
    /// <summary>The kind of reaction, such as <c>like</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }
}
