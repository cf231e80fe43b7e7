using System.Text.Json;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>Buttons offered below the last message, gone once one is used or something else is said.</summary>
public sealed record SuggestedActions
{
    /// <summary>Accounts the buttons are for; empty is everybody. Always written: some clients fail without it.</summary>
    public IReadOnlyList<string> To { get; init => field = value ?? []; } = [];

    /// <summary>The buttons, in order.</summary>
    public IReadOnlyList<CardAction> Actions { get; init => field = value ?? []; } = [];

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }

    /// <summary>Buttons that say their own title; <c>null</c> when there is nothing to suggest.</summary>
    public static SuggestedActions? Replies(params ReadOnlySpan<string> titles)
    {
        if (titles.IsEmpty)
        {
            return null;
        }

        var actions = new CardAction[titles.Length];
        for (var i = 0; i < titles.Length; i++)
        {
            actions[i] = CardAction.ImBack(titles[i]);
        }

        return new SuggestedActions { Actions = actions };
    }
}
