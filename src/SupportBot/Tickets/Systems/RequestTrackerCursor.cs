using System.Globalization;
using System.Text;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Where reading RT's transactions has come to. They are numbered when they begin and seen when they are committed, so a lower number may come
/// to light after a higher one: the newest ones that were seen are kept, and all after the oldest of them is asked for again.
/// </summary>
/// <remarks>Written as the oldest number and the steps from each to the next: <c>1200,1,1,4</c>.</remarks>
internal sealed class RequestTrackerCursor
{
    /// <summary>So many transactions that our user sees may be committed while one is under way.</summary>
    private const int Kept = 50;

    private readonly long[] _seen;

    private RequestTrackerCursor(IEnumerable<long> seen) => _seen = [.. seen.Order().TakeLast(Kept)];

    /// <summary>The number after which to ask.</summary>
    public long AskAfter => _seen.Length == 0 ? 0 : _seen[0];

    /// <param name="newest">The newest ones that there are.</param>
    public static RequestTrackerCursor At(IEnumerable<long> newest) => new(newest);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RequestTrackerCursor Parse(string text)
    {
        var number = 0L;
        return new(text.Length == 0 ? [] : [.. text.Split(',').Select(step => number += long.Parse(step, CultureInfo.InvariantCulture))]);
    }

    /// <summary>Whether it was seen, or is from before the oldest one that is kept.</summary>
    public bool Has(long id) => id <= AskAfter || Array.BinarySearch(_seen, id) >= 0;

    public RequestTrackerCursor After(IEnumerable<long> seen) => new([.. _seen, .. seen]);

    public override string ToString()
    {
        var text = new StringBuilder();
        var previous = 0L;
        foreach (var id in _seen)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : ",")}{id - previous}");
            previous = id;
        }

        return text.ToString();
    }
}
