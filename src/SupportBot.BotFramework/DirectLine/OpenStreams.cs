using Microsoft.Extensions.Hosting;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Ends the streams when the host stops, with one registration for all of them instead of one for each.
/// </summary>
internal sealed class OpenStreams
{
    private readonly ConversationSignals _signals;

    public OpenStreams(ConversationSignals signals, IHostApplicationLifetime lifetime)
    {
        _signals = signals;
        Stopping = lifetime.ApplicationStopping;
        Stopping.UnsafeRegister(static signals => ((ConversationSignals)signals!).Stop(), signals);
    }

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Listens to a conversation until disposed, and until the host stops.</summary>
    public ConversationSubscription Subscribe(string conversationId)
    {
        var subscription = _signals.Subscribe(conversationId);
        // The host may have begun to stop before the subscription could be seen.
        if (Stopping.IsCancellationRequested)
        {
            subscription.Stop();
        }

        return subscription;
    }
}
