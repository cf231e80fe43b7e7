using System.Threading.Channels;

namespace SupportBot.Turns;

/// <summary>
/// Conversations that have work, each at most once: many conversations are worked on at the same time, each by one worker only.
/// A conversation that gets more work while it is being worked on is queued again when its worker is through.
/// </summary>
public sealed class TurnQueue
{
    private readonly Channel<string> _ready = Channel.CreateUnbounded<string>();

    private readonly Dictionary<string, bool> _againWhenDone = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();

    /// <summary>Asks for the conversation to be worked on soon.</summary>
    public void Enqueue(string conversationId)
    {
        lock (_lock)
        {
            if (!_againWhenDone.TryAdd(conversationId, false))
            {
                _againWhenDone[conversationId] = true;
                return;
            }
        }

        _ready.Writer.TryWrite(conversationId);
    }

    /// <summary>The next conversation; <see cref="Done"/> must follow.</summary>
    public ValueTask<string> DequeueAsync(CancellationToken ct) => _ready.Reader.ReadAsync(ct);

    public void Done(string conversationId)
    {
        lock (_lock)
        {
            if (!_againWhenDone[conversationId])
            {
                _againWhenDone.Remove(conversationId);
                return;
            }

            _againWhenDone[conversationId] = false;
        }

        _ready.Writer.TryWrite(conversationId);
    }
}
