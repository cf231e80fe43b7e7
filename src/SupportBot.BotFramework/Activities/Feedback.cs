using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// A thumb given to a message. Web Chat sends only the action that was pressed, not the message it belongs to, so the
/// message's id travels in the action's <c>@id</c>.
/// </summary>
/// <param name="Id">The id given to <see cref="Citations.Cite"/>.</param>
/// <param name="Liked">Thumb up or down.</param>
public sealed record Feedback(string Id, bool Liked)
{
    /// <summary>The name of the event that carries it.</summary>
    public const string EventName = "webchat:activity-status/feedback";

    private const string Like = "LikeAction";
    private const string Dislike = "DislikeAction";

    /// <summary>Reads a thumb from an activity; <c>null</c> when it is something else.</summary>
    public static Feedback? From(Activity activity)
    {
        if (activity is not { Type: ActivityTypes.Event, Name: EventName, Value: { ValueKind: JsonValueKind.Object } action }
            || !action.TryGetProperty("@id", out var id)
            || id.ValueKind != JsonValueKind.String
            || !action.TryGetProperty("@type", out var type)
            || type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return type.GetString() switch
        {
            Like => new Feedback(id.GetString()!, true),
            Dislike => new Feedback(id.GetString()!, false),
            _ => null,
        };
    }

    internal static JsonArray Actions(string id) =>
    [
        new JsonObject { ["@type"] = Like, ["@id"] = id },
        new JsonObject { ["@type"] = Dislike, ["@id"] = id },
    ];
}
