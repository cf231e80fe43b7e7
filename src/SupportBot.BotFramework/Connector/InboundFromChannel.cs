using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>What an activity must have for a bot to handle it and to reply. Pure.</summary>
internal static class InboundFromChannel
{
    /// <summary>Why an activity is refused; <c>null</c> when it is not.</summary>
    public static ConnectorError? Refuse(Activity activity)
    {
        if (string.IsNullOrEmpty(activity.Type))
        {
            return ConnectorError.BadArgument("$.type: is missing.");
        }

        if (string.IsNullOrEmpty(activity.ChannelId))
        {
            return ConnectorError.BadArgument("$.channelId: is missing.");
        }

        if (string.IsNullOrEmpty(activity.Conversation?.Id))
        {
            return ConnectorError.BadArgument("$.conversation.id: is missing.");
        }

        if (string.IsNullOrEmpty(activity.From?.Id))
        {
            return ConnectorError.BadArgument("$.from.id: is missing.");
        }

        // Who waits for the replies need not say where else they could go.
        var needsAddress = activity.DeliveryMode != DeliveryModes.ExpectReplies || activity.ServiceUrl is not null;
        return needsAddress && ServiceAddress.Parse(activity.ServiceUrl) is null
            ? ConnectorError.BadArgument("$.serviceUrl: an absolute https address is expected (http only on this machine).")
            : null;
    }
}
