using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>How far a handoff to a human is.</summary>
public enum HandoffState
{
    /// <summary>An agent has taken the conversation.</summary>
    Accepted,

    /// <summary>No agent will.</summary>
    Failed,

    /// <summary>The agent is through; the bot goes on.</summary>
    Completed,
}

/// <summary>A hub's word on a handoff.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Message">What the hub says about it, for people; <c>null</c> when it says nothing.</param>
public sealed record HandoffStatus(HandoffState State, string? Message = null);

/// <summary>A bot's wish that a hub brings in a human.</summary>
/// <param name="Context">What the hub routes by, such as a skill or a queue; an object whose fields bot and hub agree on.</param>
/// <param name="Transcript">What was said so far, oldest first.</param>
public sealed record HandoffRequest(JsonElement Context, IReadOnlyList<Activity> Transcript);

/// <summary>
/// The events by which a bot and a hub of human agents hand a conversation to each other. The readers are tolerant: what
/// is not such an event, or is damaged, is <c>null</c>.
/// </summary>
public static class HandoffEvents
{
    /// <summary>The name of the event from bot to hub.</summary>
    public const string Initiate = "handoff.initiate";

    /// <summary>The name of the event from hub to bot.</summary>
    public const string Status = "handoff.status";

    private const string TranscriptName = "Transcript";
    private const string TranscriptType = "application/json";

    /// <summary>The event by which a bot asks for a human.</summary>
    /// <param name="context">What the hub routes by, as a JSON object.</param>
    /// <param name="transcript">What was said so far, oldest first.</param>
    public static Activity ToInitiate(JsonObject context, IReadOnlyList<Activity> transcript)
    {
        var activities = new JsonArray();
        foreach (var activity in transcript)
        {
            activities.Add((JsonNode)activity.ToJson());
        }

        return new Activity
        {
            Type = ActivityTypes.Event,
            Name = Initiate,
            Value = ToElement(context),
            Attachments =
            [
                new Attachment
                {
                    ContentType = TranscriptType,
                    Name = TranscriptName,
                    Content = ToElement(new JsonObject { ["activities"] = activities }),
                },
            ],
        };
    }

    /// <summary>The event by which a hub says how far it is.</summary>
    public static Activity ToStatus(HandoffStatus status)
    {
        var value = new JsonObject { ["state"] = NameOf(status.State) };
        if (status.Message is not null)
        {
            value["message"] = status.Message;
        }

        return new Activity { Type = ActivityTypes.Event, Name = Status, Value = ToElement(value) };
    }

    /// <summary>Reads a bot's wish for a human. Activities of the transcript that are damaged are left out.</summary>
    public static HandoffRequest? ReadInitiate(Activity activity)
    {
        if (activity is not { Type: ActivityTypes.Event, Name: Initiate })
        {
            return null;
        }

        var transcript = new List<Activity>();
        foreach (var attachment in activity.Attachments ?? [])
        {
            if (attachment is { Name: TranscriptName, Content: { ValueKind: JsonValueKind.Object } content }
                && content.TryGetProperty("activities", out var activities)
                && activities.ValueKind == JsonValueKind.Array)
            {
                transcript.AddRange(activities.EnumerateArray().Select(Read).OfType<Activity>());
            }
        }

        var context = activity.Value is { ValueKind: JsonValueKind.Object } value ? value : ToElement([]);
        return new HandoffRequest(context, transcript);
    }

    /// <summary>Reads a hub's word on a handoff.</summary>
    public static HandoffStatus? ReadStatus(Activity activity)
    {
        if (activity is not { Type: ActivityTypes.Event, Name: Status, Value: { ValueKind: JsonValueKind.Object } value }
            || StateOf(TextOf(value, "state")) is not { } state)
        {
            return null;
        }

        return new HandoffStatus(state, TextOf(value, "message"));
    }

    private static string NameOf(HandoffState state) => state switch
    {
        HandoffState.Accepted => "accepted",
        HandoffState.Failed => "failed",
        HandoffState.Completed => "completed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static HandoffState? StateOf(string? name) => name?.ToUpperInvariant() switch
    {
        "ACCEPTED" => HandoffState.Accepted,
        "FAILED" => HandoffState.Failed,
        "COMPLETED" => HandoffState.Completed,
        _ => null,
    };

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static Activity? Read(JsonElement element)
    {
        try
        {
            return element.Deserialize(ActivityJson.Wire.Activity);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement ToElement(JsonObject value) => JsonSerializer.SerializeToElement(value, ActivityJson.Wire.JsonNode);
}
