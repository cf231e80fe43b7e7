using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>A card or a file that goes with a message.</summary>
public sealed record Attachment
{
    /// <summary>The media type; cards have one of their own.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the content is, as an absolute address or a data URI.</summary>
    public string? ContentUrl { get; init; }

    /// <summary>The content itself, for cards.</summary>
    public JsonElement? Content { get; init; }

    /// <summary>The file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Where a small picture of it is.</summary>
    public string? ThumbnailUrl { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }
}
