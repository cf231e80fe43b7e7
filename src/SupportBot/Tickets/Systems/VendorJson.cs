using System.Globalization;
using System.Text.Json;

namespace SupportBot.Tickets.Systems;

/// <summary>Reading answers that may lack anything: what is not there, or not of the kind that was expected, is null, false or empty.</summary>
internal static class VendorJson
{
    /// <summary>A member; the undefined element when there is none.</summary>
    public static JsonElement At(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A text or a number, as text.</summary>
    public static string? Text(this JsonElement json, string name) => json.At(name).AsText();

    /// <summary>A text or a number, as text.</summary>
    public static string? AsText(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        _ => null,
    };

    public static bool Flag(this JsonElement json, string name) => json.At(name).ValueKind == JsonValueKind.True;

    public static long Number(this JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : 0;

    /// <summary>A moment in ISO 8601.</summary>
    public static DateTimeOffset? Moment(this JsonElement json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) => json.At(name).Items();

    public static IEnumerable<JsonElement> Items(this JsonElement json) => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [];

    /// <summary>The body of a webhook; the undefined element when it is no JSON.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body.Span);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
