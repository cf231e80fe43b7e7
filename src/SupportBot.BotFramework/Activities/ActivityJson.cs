using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>Why a text is not an activity.</summary>
/// <param name="Path">The JSON path of the fault, such as <c>$.from.id</c>.</param>
/// <param name="Message">One English sentence without the path.</param>
public sealed record ActivityFault(string Path, string Message);

/// <summary>
/// Activities to JSON and back: camel case, <c>null</c> left out, at most 64 levels deep, unknown fields kept.
/// What parses here can be read and written later without an exception: invalid UTF-8, lone surrogates and repeated
/// fields are faults of the text.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    AllowDuplicateProperties = false,
    MaxDepth = 64)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
public sealed partial class ActivityJson : JsonSerializerContext
{
    /// <summary>
    /// The context for the wire. Text stays readable, as in a browser's own JSON: it is served as
    /// <c>application/json</c> or in frames and never placed in HTML.
    /// </summary>
    public static ActivityJson Wire => Relaxed.Context;

    /// <summary>The wire form of an activity.</summary>
    public static string Serialize(Activity activity) => JsonSerializer.Serialize(activity, Wire.Activity);

    /// <summary>Reads an activity that was written by this library.</summary>
    /// <exception cref="JsonException">The text is not an activity.</exception>
    public static Activity Parse(string json) =>
        JsonSerializer.Deserialize(json, Wire.Activity) ?? throw new JsonException("An activity is an object.");

    /// <summary>Reads an activity from a stranger.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out Activity? activity,
        [NotNullWhen(false)] out ActivityFault? fault)
    {
        activity = null;
        fault = JsonText.FindFault(utf8);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            activity = JsonSerializer.Deserialize(JsonText.WithoutMark(utf8), Wire.Activity);
        }
        catch (JsonException exception)
        {
            fault = JsonText.Describe(exception);
            return false;
        }

        if (activity is null)
        {
            fault = new ActivityFault("$", "An object is expected.");
            return false;
        }

        return true;
    }

    // A class of its own, because the order in which the static parts of a partial class are initialised is not defined.
    private static class Relaxed
    {
        public static readonly ActivityJson Context = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
