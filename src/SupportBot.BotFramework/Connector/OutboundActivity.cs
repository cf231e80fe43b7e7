using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>An activity as it leaves for a channel: ids are the channel's to give, and our own marks stay here. Pure.</summary>
internal static class OutboundActivity
{
    public static Activity Prepare(Activity activity, string? id) => activity with
    {
        Id = id,
        ChannelData = activity.ChannelData is JsonObject data && data.ContainsKey(ActivityStamp.SequenceKey)
            ? Unmarked(data)
            : activity.ChannelData,
    };

    private static JsonObject? Unmarked(JsonObject data)
    {
        if (data.Count == 1)
        {
            return null;
        }

        var copy = data.DeepClone().AsObject();
        copy.Remove(ActivityStamp.SequenceKey);
        return copy;
    }
}
