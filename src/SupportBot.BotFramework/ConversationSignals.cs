using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>
/// Wake-ups within this process. A signal carries no stored content, only that there is more to read, so one that is
/// missed or given twice does no harm: the log is the truth. Ephemeral activities (typing, parts of a live answer) are
/// the exception: they live only here and may be dropped.
/// </summary>
public sealed partial class ConversationSignals(TimeProvider time, ILogger<ConversationSignals> logger)
{
    // Arrays are replaced, never changed, so that publishing takes no lock.
    private readonly ConcurrentDictionary<string, ConversationSubscription[]> _subscriptions = new(StringComparer.Ordinal);

    /// <summary>
    /// Raised for each ephemeral activity with the conversation's id, whether or not anybody is subscribed to it: how a
    /// host sees that a user is typing. Runs on the publisher's thread, so be brief.
    /// </summary>
    public event Action<string, Activity>? EphemeralPublished;

    /// <summary>Says that activities up to <paramref name="sequence"/> are stored and can be read.</summary>
    public void Appended(string conversationId, long sequence)
    {
        foreach (var subscription in SubscriptionsOf(conversationId))
        {
            subscription.Appended(sequence);
        }
    }

    /// <summary>Says that the conversation is gone for good: its streams close.</summary>
    public void Ended(string conversationId)
    {
        foreach (var subscription in SubscriptionsOf(conversationId))
        {
            subscription.Stop();
        }
    }

    /// <summary>Says that this process ends: all listeners stop, of whatever conversation.</summary>
    public void Stop()
    {
        foreach (var subscriptions in _subscriptions.Values)
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Stop();
            }
        }
    }

    /// <summary>
    /// Shows an activity to whoever is connected now, without storing it. An id is given unless the activity has one;
    /// timestamp, conversation and sender's role are stamped.
    /// </summary>
    /// <returns>The activity's id, which later parts of a live answer refer to.</returns>
    public string PublishEphemeral(string conversationId, Activity activity)
    {
        var id = activity.Id ?? $"{conversationId}-e{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var stamped = ActivityStamp.Apply(
            activity, id, conversationId, sequence: 0, time.GetUtcNow(), activity.ChannelId ?? ActivityStamp.DirectLineChannel);
        foreach (var subscription in SubscriptionsOf(conversationId))
        {
            subscription.Publish(stamped);
        }

        Notify(conversationId, stamped);
        return id;
    }

    /// <summary>
    /// Listens to a conversation until disposed. Subscribe first, then read the log, then wait with the last sequence
    /// that was read: nothing can slip between.
    /// </summary>
    public ConversationSubscription Subscribe(string conversationId)
    {
        var subscription = new ConversationSubscription(this, conversationId, time);
        _subscriptions.AddOrUpdate(
            conversationId,
            static (_, added) => [added],
            static (_, present, added) => [.. present, added],
            subscription);
        return subscription;
    }

    /// <summary>How many listen to a conversation now.</summary>
    public int SubscriberCount(string conversationId) => SubscriptionsOf(conversationId).Length;

    internal void Remove(ConversationSubscription subscription)
    {
        var id = subscription.ConversationId;
        while (_subscriptions.TryGetValue(id, out var present))
        {
            var remaining = Array.FindAll(present, other => other != subscription);
            var replaced = remaining.Length == 0
                ? _subscriptions.TryRemove(KeyValuePair.Create(id, present))
                : _subscriptions.TryUpdate(id, remaining, present);
            if (replaced)
            {
                return;
            }
        }
    }

    private ConversationSubscription[] SubscriptionsOf(string conversationId) =>
        _subscriptions.TryGetValue(conversationId, out var subscriptions) ? subscriptions : [];

    // An observer's fault is not the publisher's, and must not keep the other observers from seeing the activity.
    private void Notify(string conversationId, Activity activity)
    {
        foreach (var observer in Delegate.EnumerateInvocationList(EphemeralPublished))
        {
            try
            {
                observer(conversationId, activity);
            }
            catch (Exception exception)
            {
                LogObserverFault(exception, conversationId);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "An observer of ephemeral activities failed in conversation {ConversationId}.")]
    private partial void LogObserverFault(Exception exception, string conversationId);
}
