using System.Text.Json.Nodes;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// An answer that is shown while it is being written, as Web Chat does it: typing activities that each hold the whole text
/// so far, and in the end the message that takes their place. The first one's id names the stream.
/// </summary>
public static class LiveStream
{
    private const string Type = "streamType";
    private const string Sequence = "streamSequence";
    private const string Id = "streamId";

    /// <summary>The text so far.</summary>
    /// <param name="text">From the start, not only what is new.</param>
    /// <param name="sequence">1 for the first, and one more each time.</param>
    /// <param name="streamId">The id that the first one got; <c>null</c> on the first itself.</param>
    public static Activity Part(string text, int sequence, string? streamId)
    {
        var data = new JsonObject { [Type] = "streaming", [Sequence] = sequence };
        if (streamId is not null)
        {
            data[Id] = streamId;
        }

        return new Activity { Type = ActivityTypes.Typing, Text = text, ChannelData = data };
    }

    /// <summary>A copy of the finished message that ends the stream.</summary>
    public static Activity Final(Activity message, string streamId)
    {
        var data = message.ChannelData is JsonObject known ? known.DeepClone().AsObject() : [];
        data[Type] = "final";
        data[Id] = streamId;
        return message with { ChannelData = data };
    }
}
