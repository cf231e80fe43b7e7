using System.Collections.Concurrent;

namespace SupportBot.BotFramework.Connector;

/// <summary>Keeps a bot that is busy typing from flooding a channel. Bounded: conversations that went quiet are forgotten.</summary>
internal sealed class TypingPace(TimeProvider time)
{
    private const int MaxConversations = 10_000;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _shown = new(StringComparer.Ordinal);

    public bool MayShow(string conversation)
    {
        var now = time.GetUtcNow();
        if (_shown.Count >= MaxConversations)
        {
            Forget(now);
        }

        while (true)
        {
            if (!_shown.TryGetValue(conversation, out var last))
            {
                if (_shown.TryAdd(conversation, now))
                {
                    return true;
                }
            }
            else if (now - last < Pace)
            {
                return false;
            }
            else if (_shown.TryUpdate(conversation, now, last))
            {
                return true;
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var entry in _shown)
        {
            if (now - entry.Value >= Pace)
            {
                _shown.TryRemove(entry);
            }
        }
    }
}
