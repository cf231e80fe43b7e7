using SupportBot.BotFramework.Activities;

namespace SupportBot.Channels;

/// <summary>Where a conversation lives on a channel that does not read our log, and who is who there.</summary>
public sealed class ChannelAddress
{
    public required string ConversationId { get; init; }

    /// <summary>As the channel's last validated activity gave it; empty for a caller that only takes replies on its open request.</summary>
    public required string ServiceUrl { get; set; }

    /// <summary>The JSON of an activity that names the channel's conversation, the bot as sender and the customer as recipient.</summary>
    public required string Reference { get; set; }

    /// <summary>What is said there is made from this activity.</summary>
    public Activity ToReference() => ActivityJson.Parse(Reference);

    /// <summary>Takes the address from an activity that came in.</summary>
    public static string ReferenceOf(Activity inbound) => ActivityJson.Serialize(new Activity
    {
        ChannelId = inbound.ChannelId,
        Conversation = inbound.Conversation,
        From = inbound.Recipient,
        Recipient = inbound.From,
    });
}
