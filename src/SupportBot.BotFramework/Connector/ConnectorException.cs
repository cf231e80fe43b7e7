using System.Net;

namespace SupportBot.BotFramework.Connector;

/// <summary>A channel did not take what was sent to it.</summary>
/// <param name="message">What happened, without the token or the activity.</param>
/// <param name="inner">The cause, when there was no answer.</param>
public sealed class ConnectorException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The channel's answer; <c>null</c> when there was none.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The channel's code for the fault, such as <c>ConversationNotFound</c>; <c>null</c> when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>When the channel wants to be asked again; <c>null</c> when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the same request may succeed later. A request whose answer was lost is transient too, and may have been
    /// carried out.
    /// </summary>
    public bool IsTransient { get; init; }
}
