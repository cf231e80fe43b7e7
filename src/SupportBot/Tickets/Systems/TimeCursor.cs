using System.Globalization;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// A cursor for systems that list tickets by the moment of their last change, oldest first. A look walks from <see cref="From"/> upwards, always
/// from the newest moment that it has seen: what changes meanwhile moves ahead of it and is met later. The next look begins where this one
/// began, less an overlap, by the other side's clock.
/// </summary>
/// <param name="From">The moment from which to list, inclusive.</param>
/// <param name="Began">When this look began; null before its first page.</param>
/// <param name="Page">Further pages of the same moment, from 1.</param>
internal sealed record TimeCursor(DateTimeOffset From, DateTimeOffset? Began, int Page)
{
    /// <summary>A cursor that begins now.</summary>
    public static TimeCursor At(DateTimeOffset now, TimeSpan overlap) => new(now - overlap, null, 1);

    /// <summary>Null for what is none.</summary>
    public static TimeCursor? Parse(string? cursor) =>
        cursor?.Split('|') is [var from, var began, var page] && Moment(from) is { } start && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new TimeCursor(start, Moment(began), number)
            : null;

    /// <summary>The cursor after a page.</summary>
    /// <param name="newest">The moment of its last ticket; null when it was not full, and thus the last page.</param>
    /// <param name="now">The other side's clock when it answered.</param>
    /// <param name="step">The finest difference between two moments there.</param>
    /// <param name="overlap">How much later than its moment a change may show.</param>
    public (TimeCursor Next, bool More) After(DateTimeOffset? newest, DateTimeOffset now, TimeSpan step, TimeSpan overlap)
    {
        var began = Began ?? now;
        if (newest is not { } last)
        {
            return (new TimeCursor(Later(From, began - overlap), null, 1), false);
        }

        return last - step > From ? (new TimeCursor(last - step, began, 1), true) : (this with { Began = began, Page = Page + 1 }, true);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From.ToUnixTimeMilliseconds()}|{Began?.ToUnixTimeMilliseconds()}|{Page}");

    private static DateTimeOffset? Moment(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
