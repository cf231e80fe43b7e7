namespace SupportBot.Conversations;

/// <summary>Something was committed in a conversation. It says where to look, never what happened: the log is the truth.</summary>
/// <param name="TurnWaiting">A customer's activity was stored that no turn has handled yet.</param>
/// <param name="HumanInvolved">Agents have or had a part in it.</param>
public readonly record struct LiveEvent(string ConversationId, bool TurnWaiting, bool HumanInvolved);

/// <summary>Tells the parts of this process what was committed. Observers are called on the committer's thread and must only take note.</summary>
public sealed class LiveEvents
{
    private volatile Action<LiveEvent>[] _observers = [];

    private readonly Lock _lock = new();

    public IDisposable Subscribe(Action<LiveEvent> observer)
    {
        lock (_lock)
        {
            _observers = [.. _observers, observer];
        }

        return new Subscription(this, observer);
    }

    public void Publish(LiveEvent live)
    {
        foreach (var observer in _observers)
        {
            observer(live);
        }
    }

    private sealed class Subscription(LiveEvents events, Action<LiveEvent> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (events._lock)
            {
                events._observers = [.. events._observers.Where(o => o != observer)];
            }
        }
    }
}
