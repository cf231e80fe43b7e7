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
        if (activity is not { Type: ActivityTypes.Event, Name: EventName })
        {
            return null;
        }

        // Web Chat puts the action among the entities, other clients make it the event's value.
        return activity.Entities?.OfType<Entity>().Select(entity => Read(name => entity.Properties?.TryGetValue(name, out var field) == true ? field : default))
                .FirstOrDefault(thumb => thumb is not null)
            ?? (activity.Value is { ValueKind: JsonValueKind.Object } action
                ? Read(name => action.TryGetProperty(name, out var field) ? field : default)
                : null);
    }

    internal static JsonArray Actions(string id) =>
    [
        new JsonObject { ["@type"] = Like, ["@id"] = id },
        new JsonObject { ["@type"] = Dislike, ["@id"] = id },
    ];

    private static Feedback? Read(Func<string, JsonElement> field) => (Text(field("@id")), Text(field("@type"))) switch
    {
        ({ } id, Like) => new Feedback(id, true),
        ({ } id, Dislike) => new Feedback(id, false),
        _ => null,
    };

    private static string? Text(JsonElement field) => field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
