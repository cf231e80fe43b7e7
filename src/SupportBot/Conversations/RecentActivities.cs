using Microsoft.Extensions.Caching.Memory;
using SupportBot.BotFramework;

namespace SupportBot.Conversations;

/// <summary>
/// The last activities of conversations that are active now, so that a stream which is woken by a commit need not ask the database for
/// what this process has just written. The log only grows, so what is held here can be incomplete but never wrong.
/// </summary>
public sealed class RecentActivities : IDisposable
{
    private const int HeldPerConversation = 8;

    /// <summary>Conversations held at most; each costs a few kilobytes for some seconds.</summary>
    private const int MaxConversations = 5_000;

    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxConversations });

    /// <summary>Takes note of what was committed; commits of one conversation may be noted in any order.</summary>
    public void Add(Conversation conversation)
    {
        if (conversation.Appended.Count == 0)
        {
            return;
        }

        var tail = _cache.GetOrCreate(conversation.Id, entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = HeldFor;
            return new Tail();
        })!;
        tail.Add(conversation.Appended);
    }

    /// <summary>What follows directly on <paramref name="after"/>; null when it is not held here.</summary>
    public ActivityPage? Read(string conversationId, long after, int limit) =>
        _cache.TryGetValue(conversationId, out Tail? tail) ? tail!.Read(after, limit) : null;

    public void Dispose() => _cache.Dispose();

    private sealed class Tail
    {
        private readonly Lock _lock = new();

        private readonly SortedList<long, StoredActivity> _items = [];

        public void Add(IReadOnlyList<ActivityRecord> rows)
        {
            lock (_lock)
            {
                foreach (var row in rows)
                {
                    _items[row.Sequence] = new StoredActivity(row.Sequence, row.Type, row.Json);
                }

                while (_items.Count > HeldPerConversation)
                {
                    _items.RemoveAt(0);
                }
            }
        }

        public ActivityPage? Read(long after, int limit)
        {
            lock (_lock)
            {
                var page = new List<StoredActivity>();
                for (var next = after + 1; page.Count < limit && _items.TryGetValue(next, out var item); next++)
                {
                    page.Add(item);
                }

                return page.Count > 0 ? new ActivityPage(page, _items.Keys[^1]) : null;
            }
        }
    }
}
