using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>Metadata about an activity, such as citations, places or client capabilities.</summary>
public sealed record Entity
{
    /// <summary>The kind of metadata, often an address of a schema.</summary>
    public string? Type { get; init; }

    /// <summary>All other fields, which depend on <see cref="Type"/>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }

    /// <summary>An entity with these fields.</summary>
    public static Entity Create(string type, JsonObject fields)
    {
        var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            properties[name] = JsonSerializer.SerializeToElement(value, ActivityJson.Wire.JsonNode);
        }

        return new Entity { Type = type, Properties = properties };
    }
}
