using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// Nodes by way of elements: the serialiser's own converter answers a repeated field with an exception that is not a
/// <see cref="JsonException"/>, and takes apart what nobody may ever look at.
/// </summary>
internal sealed class ChannelDataConverter : JsonConverter<JsonNode>
{
    public override JsonNode? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement element;
        try
        {
            element = JsonSerializer.Deserialize(ref reader, ActivityJson.Wire.JsonElement);
        }
        catch (JsonException)
        {
            // The path inside is relative to here; without one, the serialiser sets the path to this field.
            throw new JsonException();
        }

        return element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Object => JsonObject.Create(element),
            JsonValueKind.Array => JsonArray.Create(element),
            _ => JsonValue.Create(element),
        };
    }

    public override void Write(Utf8JsonWriter writer, JsonNode value, JsonSerializerOptions options) => value.WriteTo(writer, options);
}
