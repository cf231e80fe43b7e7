namespace SupportBot.Benchmarks.Contenders;

/// <summary>How a reply comes back on a channel of the Connector protocol.</summary>
public enum DeliveryMode
{
    /// <summary>The bot sends it to the activity's <c>serviceUrl</c>.</summary>
    Normal,

    /// <summary>It is in the response to the activity.</summary>
    ExpectReplies,
}
