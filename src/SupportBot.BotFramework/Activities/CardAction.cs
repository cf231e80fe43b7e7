using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>A button.</summary>
public sealed record CardAction
{
    /// <summary>One of <see cref="ActionTypes"/>.</summary>
    public string? Type { get; init; }

    /// <summary>The button's label.</summary>
    public string? Title { get; init; }

    /// <summary>What is sent or opened: text for <c>imBack</c>, an address for <c>openUrl</c>, anything for <c>postBack</c>.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>A picture on the button.</summary>
    public string? Image { get; init; }

    /// <summary>What the picture shows, for those who cannot see it.</summary>
    public string? ImageAltText { get; init; }

    /// <summary>Text sent by <c>messageBack</c>.</summary>
    public string? Text { get; init; }

    /// <summary>Text shown in the conversation by <c>messageBack</c>.</summary>
    public string? DisplayText { get; init; }

    /// <summary>Data for the channel.</summary>
    public JsonElement? ChannelData { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }

    /// <summary>A button that says <paramref name="value"/> (or its own title) on behalf of the user.</summary>
    public static CardAction ImBack(string title, string? value = null) => new()
    {
        Type = ActionTypes.ImBack,
        Title = title,
        Value = JsonSerializer.SerializeToElement(value ?? title, ActivityJson.Wire.String),
    };
}

/// <summary>Values of <see cref="CardAction.Type"/>.</summary>
public static class ActionTypes
{
    /// <summary>Says the value as the user's own message.</summary>
    public const string ImBack = "imBack";

    /// <summary>Sends the value without showing it.</summary>
    public const string PostBack = "postBack";

    /// <summary>Sends text and value, and shows another text.</summary>
    public const string MessageBack = "messageBack";

    /// <summary>Opens an address.</summary>
    public const string OpenUrl = "openUrl";
}
