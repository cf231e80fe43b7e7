using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// One thing that happens in a conversation, as it goes over the wire. Fields follow the Bot Framework activity schema;
/// a field that is <c>null</c> is not written, and one that has no name here is kept in <see cref="Properties"/>.
/// </summary>
public sealed record Activity
{
    /// <summary>One of <see cref="ActivityTypes"/>, or another.</summary>
    public string? Type { get; init; }

    /// <summary>Identifies the activity within its channel.</summary>
    public string? Id { get; init; }

    /// <summary>When the channel took it, in UTC.</summary>
    [JsonConverter(typeof(IsoTimestampConverter))]
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>When it was made, with the sender's offset from UTC.</summary>
    [JsonConverter(typeof(IsoTimestampConverter))]
    public DateTimeOffset? LocalTimestamp { get; init; }

    /// <summary>The sender's time zone as an IANA name.</summary>
    public string? LocalTimezone { get; init; }

    /// <summary>Where replies are sent, set by the channel.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The channel, such as <c>directline</c>.</summary>
    public string? ChannelId { get; init; }

    /// <summary>Who sent it.</summary>
    public ChannelAccount? From { get; init; }

    /// <summary>Who it is for.</summary>
    public ChannelAccount? Recipient { get; init; }

    /// <summary>Where it belongs.</summary>
    public ConversationAccount? Conversation { get; init; }

    /// <summary>The activity it answers.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>What is said.</summary>
    public string? Text { get; init; }

    /// <summary><c>plain</c>, <c>markdown</c> (the default) or <c>xml</c>.</summary>
    public string? TextFormat { get; init; }

    /// <summary>What is to be spoken, as text or SSML.</summary>
    public string? Speak { get; init; }

    /// <summary>Whether the sender waits for an answer.</summary>
    public string? InputHint { get; init; }

    /// <summary>The language of the text as a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>The name of an event or invoke.</summary>
    public string? Name { get; init; }

    /// <summary>The value of an event, an invoke or a button.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The type of <see cref="Value"/>.</summary>
    public string? ValueType { get; init; }

    /// <summary>A label for a trace.</summary>
    public string? Label { get; init; }

    /// <summary>A short form for channels that cannot show the whole.</summary>
    public string? Summary { get; init; }

    /// <summary>Cards and files.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary><c>list</c> or <c>carousel</c>.</summary>
    public string? AttachmentLayout { get; init; }

    /// <summary>Metadata, such as citations.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }

    /// <summary>Buttons to offer.</summary>
    public SuggestedActions? SuggestedActions { get; init; }

    /// <summary>Data of the channel; an object by convention, anything by schema.</summary>
    [JsonConverter(typeof(ChannelDataConverter))]
    public JsonNode? ChannelData { get; init; }

    /// <summary>Who joined.</summary>
    public IReadOnlyList<ChannelAccount>? MembersAdded { get; init; }

    /// <summary>Who left.</summary>
    public IReadOnlyList<ChannelAccount>? MembersRemoved { get; init; }

    /// <summary>Reactions given to <see cref="ReplyToId"/>.</summary>
    public IReadOnlyList<MessageReaction>? ReactionsAdded { get; init; }

    /// <summary>Reactions taken back from <see cref="ReplyToId"/>.</summary>
    public IReadOnlyList<MessageReaction>? ReactionsRemoved { get; init; }

    /// <summary>The conversation's new name.</summary>
    public string? TopicName { get; init; }

    /// <summary>What a contact or installation update does.</summary>
    public string? Action { get; init; }

    /// <summary>Why a conversation ended.</summary>
    public string? Code { get; init; }

    /// <summary>One of <see cref="DeliveryModes"/>, or another.</summary>
    public string? DeliveryMode { get; init; }

    /// <summary>After this time the activity is not worth showing.</summary>
    [JsonConverter(typeof(IsoTimestampConverter))]
    public DateTimeOffset? Expiration { get; init; }

    /// <summary><c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public string? Importance { get; init; }

    /// <summary>Fields this library has no name for, kept as they came.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Properties { get; set; }

    /// <summary>The client's own id for this activity (<c>channelData.clientActivityID</c>), which makes re-sending safe.</summary>
    [JsonIgnore]
    public string? ClientActivityId =>
        ChannelData is JsonObject data
        && data.TryGetPropertyValue("clientActivityID", out var node)
        && node is JsonValue value
        && value.TryGetValue(out string? id)
        && id.Length > 0
            ? id
            : null;

    /// <summary>
    /// A copy addressed as an answer: sender and recipient swapped, in the same conversation, without an id. What is set
    /// already stays.
    /// </summary>
    public Activity InReplyTo(Activity inbound) => this with
    {
        Id = null,
        ReplyToId = ReplyToId ?? inbound.Id,
        ChannelId = inbound.ChannelId,
        ServiceUrl = inbound.ServiceUrl,
        Conversation = inbound.Conversation,
        From = From ?? inbound.Recipient,
        Recipient = inbound.From,
    };

    /// <summary>The wire form as an object that can go into another.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, ActivityJson.Wire.Activity)!.AsObject();

    /// <summary>A message with this text, to be stamped when it is stored.</summary>
    public static Activity Message(string? text) => new() { Type = ActivityTypes.Message, Text = text };
}
