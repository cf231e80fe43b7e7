using System.Collections.Concurrent;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework;

/// <summary>An activity log for small bots that may forget everything when they stop.</summary>
/// <param name="signals">Who is told of what is stored.</param>
/// <param name="time">The clock that stamps.</param>
/// <param name="attachments">The files that go with a conversation when it is removed.</param>
public sealed class InMemoryActivityLog(ConversationSignals signals, TimeProvider time, IAttachmentStore? attachments = null) : IActivityLog
{
    private readonly ConcurrentDictionary<string, Entries> _conversations = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) =>
        ValueTask.FromResult(_conversations.TryAdd(start.ConversationId, new Entries(start)));

    /// <inheritdoc />
    public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) =>
        ValueTask.FromResult(_conversations.GetValueOrDefault(conversationId)?.Start);

    /// <inheritdoc />
    public ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct)
    {
        if (!_conversations.TryGetValue(conversationId, out var entries))
        {
            return ValueTask.FromResult(new AppendResult(AppendOutcome.UnknownConversation, null, 0));
        }

        AppendResult result;
        lock (entries)
        {
            result = entries.Append(conversationId, activity, time.GetUtcNow());
        }

        if (result.Outcome == AppendOutcome.Appended)
        {
            signals.Appended(conversationId, result.Sequence);
        }

        return ValueTask.FromResult(result);
    }

    /// <inheritdoc />
    public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct)
    {
        if (!_conversations.TryGetValue(conversationId, out var entries))
        {
            return ValueTask.FromResult<ActivityPage?>(null);
        }

        lock (entries)
        {
            return ValueTask.FromResult<ActivityPage?>(entries.Read(after, limit));
        }
    }

    /// <summary>Forgets a conversation with its files and ends its streams. <c>false</c> when there was none.</summary>
    public async ValueTask<bool> RemoveAsync(string conversationId, CancellationToken ct = default)
    {
        if (!_conversations.TryRemove(conversationId, out _))
        {
            return false;
        }

        signals.Ended(conversationId);
        if (attachments is not null)
        {
            await attachments.DeleteConversationAsync(conversationId, ct);
        }

        return true;
    }

    private sealed class Entries(ConversationStart start)
    {
        private readonly List<StoredActivity> _items = [];
        private readonly Dictionary<string, AppendResult> _byClientId = new(StringComparer.Ordinal);

        public ConversationStart Start { get; } = start;

        public AppendResult Append(string conversationId, Activity activity, DateTimeOffset now)
        {
            var clientId = activity.ClientActivityId;
            if (clientId is not null && _byClientId.TryGetValue(clientId, out var first))
            {
                return first with { Outcome = AppendOutcome.Duplicate };
            }

            var sequence = _items.Count + 1L;
            var stamped = ActivityStamp.Apply(activity, conversationId, sequence, now);
            _items.Add(new StoredActivity(sequence, activity.Type ?? "", ActivityJson.Serialize(stamped)));
            var result = new AppendResult(AppendOutcome.Appended, stamped.Id, sequence);
            if (clientId is not null)
            {
                _byClientId.Add(clientId, result);
            }

            return result;
        }

        public ActivityPage Read(long after, int limit)
        {
            var from = (int)Math.Clamp(after, 0, _items.Count);
            return new ActivityPage(_items.GetRange(from, Math.Min(limit, _items.Count - from)), _items.Count);
        }
    }
}
