using System.Collections.Concurrent;
using SupportBot.BotFramework.Activities;
using SupportBot.Tests.Peers;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>Remembers what a server's clients could see, so that it can be held against the schema in the end.</summary>
internal sealed class WatchedLog : IActivityLog
{
    private const int PageSize = 1_000;

    private readonly IActivityLog _log;
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _ephemeral = new();

    public WatchedLog(IActivityLog log, ConversationSignals signals)
    {
        _log = log;
        signals.EphemeralPublished += (_, activity) => _ephemeral.Enqueue(ActivityJson.Serialize(activity));
    }

    /// <summary>The conversations in which something was said.</summary>
    public IReadOnlyCollection<string> Conversations => [.. _written.Keys];

    /// <exception cref="InvalidActivityException">Something was stored or shown that is no valid activity.</exception>
    public async Task CheckAsync()
    {
        var seen = new List<string>(_ephemeral);
        foreach (var conversation in _written.Keys)
        {
            await foreach (var activity in ReadAllAsync(conversation))
            {
                seen.Add(activity.Json);
            }
        }

        await ActivitySchema.CheckAsync(seen);
    }

    public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) => _log.StartAsync(start, ct);

    public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) => _log.FindAsync(conversationId, ct);

    public async ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct)
    {
        var result = await _log.AppendAsync(conversationId, activity, source, ct);
        if (result.Outcome == AppendOutcome.Appended)
        {
            _written.TryAdd(conversationId, true);
        }

        return result;
    }

    public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) =>
        _log.ReadAsync(conversationId, after, limit, ct);

    private async IAsyncEnumerable<StoredActivity> ReadAllAsync(string conversation)
    {
        var after = 0L;
        while (await _log.ReadAsync(conversation, after, PageSize, CancellationToken.None) is { Items: [.., var last] items })
        {
            foreach (var item in items)
            {
                yield return item;
            }

            after = last.Sequence;
        }
    }
}
