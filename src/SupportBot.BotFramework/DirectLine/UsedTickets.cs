namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// The numbers of tickets that were used, for as long as a ticket lives: in two sets that take turns, so that forgetting
/// costs nothing. Known to this process only; another replica would take a stolen ticket once more within its minute.
/// </summary>
internal sealed class UsedTickets(TimeProvider time, TimeSpan lifetime)
{
    // Far more streams than a process opens in a minute or two. Beyond that, none are: better than one twice.
    private const int MaxTickets = 500_000;

    private readonly Lock _gate = new();
    private HashSet<ulong> _current = [];
    private HashSet<ulong> _previous = [];
    private long _turned = time.GetTimestamp();

    /// <summary>Notes a ticket; <c>false</c> when it was noted before, or no more can be.</summary>
    public bool TryAdd(ulong number)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var age = time.GetElapsedTime(_turned, now);
            if (age >= lifetime)
            {
                _previous = age < 2 * lifetime ? _current : [];
                _current = [];
                _turned = now;
            }

            return !_previous.Contains(number) && _current.Count < MaxTickets && _current.Add(number);
        }
    }
}
