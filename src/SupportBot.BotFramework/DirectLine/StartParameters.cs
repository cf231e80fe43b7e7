using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// What a client may say when it starts a conversation. All of it is a wish: what is not of the expected shape is not
/// heard, because a conversation without it is better than none. The user's id is heard from a site's server only.
/// </summary>
[JsonConverter(typeof(StartParametersConverter))]
internal sealed record StartParameters(string? UserId, string? UserName, string? Locale);

/// <summary>Reads <c>{"user":{"id","name"},"locale"}</c> out of any JSON, names in any case.</summary>
internal sealed class StartParametersConverter : JsonConverter<StartParameters>
{
    public override StartParameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var user = Member(document.RootElement, "user");
        return new StartParameters(TextOf(user, "id"), TextOf(user, "name"), TextOf(document.RootElement, "locale"));
    }

    public override void Write(Utf8JsonWriter writer, StartParameters value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Parameters are only read.");

    private static string? TextOf(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement Member(JsonElement parent, string name)
    {
        if (parent.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in parent.EnumerateObject())
            {
                if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value;
                }
            }
        }

        return default;
    }
}
