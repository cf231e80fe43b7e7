using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>What a bot answers with where the caller waits for its replies.</summary>
internal sealed record ExpectedReplies(IReadOnlyList<Activity> Activities);

/// <summary>What goes to channels and comes from them, beside bare activities.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    MaxDepth = 64)]
[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(ResourceResponse))]
[JsonSerializable(typeof(ConversationParameters))]
[JsonSerializable(typeof(ConversationResource))]
[JsonSerializable(typeof(ExpectedReplies))]
internal sealed partial class ConnectorJson : JsonSerializerContext
{
    /// <summary>The context for the wire, whose text stays readable like that of <see cref="ActivityJson.Wire"/>.</summary>
    public static ConnectorJson Wire => Relaxed.Context;

    // A class of its own, because the order in which the static parts of a partial class are initialised is not defined.
    private static class Relaxed
    {
        public static readonly ConnectorJson Context = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
    }
}
