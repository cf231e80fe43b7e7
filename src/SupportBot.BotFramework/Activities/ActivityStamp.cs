using System.Globalization;
using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>What a channel adds to an activity when it is stored.</summary>
public static class ActivityStamp
{
    /// <summary>The channel of activities that come through Direct Line.</summary>
    public const string DirectLineChannel = "directline";

    /// <summary>
    /// The key under which <c>channelData</c> that was not an object is kept. The protocol wants an object there, because
    /// the sequence number goes into it.
    /// </summary>
    public const string LooseChannelData = "value";

    internal const string SequenceKey = "webchat:sequence-id";

    /// <summary>The id of a conversation's activity, made of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static string ActivityId(string conversationId, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversationId}-{sequence:D7}");

    /// <summary>
    /// A copy with id, UTC timestamp, conversation, channel, the sender's role (bot unless said otherwise) and the
    /// sequence number by which clients order. Stamping twice gives the same.
    /// </summary>
    /// <param name="activity">The activity; it stays as it is.</param>
    /// <param name="conversationId">The conversation it is stored in.</param>
    /// <param name="sequence">Its place in the conversation, from 1.</param>
    /// <param name="timestamp">When it is stored.</param>
    /// <param name="channelId">The conversation's channel.</param>
    public static Activity Apply(
        Activity activity,
        string conversationId,
        long sequence,
        DateTimeOffset timestamp,
        string channelId = DirectLineChannel) =>
        Apply(activity, ActivityId(conversationId, sequence), conversationId, sequence, timestamp, channelId);

    internal static Activity Apply(
        Activity activity,
        string activityId,
        string conversationId,
        long sequence,
        DateTimeOffset timestamp,
        string channelId) => activity with
        {
            Id = activityId,
            Timestamp = timestamp.ToUniversalTime(),
            Conversation = activity.Conversation is { } conversation
                ? conversation with { Id = conversationId }
                : new ConversationAccount { Id = conversationId },
            ChannelId = channelId,
            From = Sender(activity.From),
            ChannelData = Sequenced(activity.ChannelData, sequence),
        };

    private static ChannelAccount Sender(ChannelAccount? sender) => sender is null
        ? new ChannelAccount { Id = RoleTypes.Bot, Role = RoleTypes.Bot }
        : sender with
        {
            Id = string.IsNullOrEmpty(sender.Id) ? RoleTypes.Bot : sender.Id,
            Role = string.IsNullOrEmpty(sender.Role) ? RoleTypes.Bot : sender.Role,
        };

    internal static JsonObject Sequenced(JsonNode? channelData, long sequence)
    {
        var stamped = channelData switch
        {
            null => [],
            JsonObject data => data.DeepClone().AsObject(),
            _ => new JsonObject { [LooseChannelData] = channelData.DeepClone() },
        };
        stamped[SequenceKey] = sequence;
        return stamped;
    }
}
