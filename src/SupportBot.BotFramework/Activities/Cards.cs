using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>A picture on a card.</summary>
/// <param name="Url">Its absolute address, or a data URI.</param>
/// <param name="Alt">What it shows, for those who cannot see it.</param>
public sealed record CardImage(string Url, string? Alt = null);

/// <summary>Attachments that are shown as cards.</summary>
public static class Cards
{
    /// <summary>The media type of a hero card.</summary>
    public const string HeroCardType = "application/vnd.microsoft.card.hero";

    /// <summary>The media type of an Adaptive Card.</summary>
    public const string AdaptiveCardType = "application/vnd.microsoft.card.adaptive";

    /// <summary>A card with a large picture, a few words and buttons; all of them may be left out.</summary>
    public static Attachment HeroCard(
        string? title = null,
        string? subtitle = null,
        string? text = null,
        IReadOnlyList<CardImage>? images = null,
        IReadOnlyList<CardAction>? buttons = null)
    {
        var card = new JsonObject();
        AddText(card, "title", title);
        AddText(card, "subtitle", subtitle);
        AddText(card, "text", text);
        if (images is { Count: > 0 })
        {
            card["images"] = new JsonArray([.. images.Select(ToJson)]);
        }

        if (buttons is { Count: > 0 })
        {
            card["buttons"] = new JsonArray(
                [.. buttons.Select(button => JsonSerializer.SerializeToNode(button, ActivityJson.Wire.CardAction))]);
        }

        return new Attachment
        {
            ContentType = HeroCardType,
            Content = JsonSerializer.SerializeToElement(card, ActivityJson.Wire.JsonNode),
        };
    }

    /// <summary>A card in the schema of adaptivecards.io, which goes to the client as it is.</summary>
    public static Attachment AdaptiveCard(JsonElement card) => new() { ContentType = AdaptiveCardType, Content = card };

    private static JsonNode ToJson(CardImage image)
    {
        var json = new JsonObject { ["url"] = image.Url };
        AddText(json, "alt", image.Alt);
        return json;
    }

    private static void AddText(JsonObject target, string name, string? text)
    {
        if (text is not null)
        {
            target[name] = text;
        }
    }
}
