using SupportBot.Storage;

namespace SupportBot.Outbox;

/// <summary>One kind of effect. It is repeated after a crash or a lost answer, so it looks first whether it has happened already, where it can.</summary>
public interface IOutboxEffect
{
    /// <summary>The <see cref="OutboxRow.Kind"/> that it delivers.</summary>
    string Kind { get; }

    /// <summary>Makes the effect happen. Any exception leaves the row for later, an <see cref="OutboxRefusal"/> as it says.</summary>
    Task<Delivery> DeliverAsync(OutboxRow row, CancellationToken ct);
}

/// <summary>An effect that has happened.</summary>
/// <param name="Record">Written in the same commit as the row's completion. May run several times.</param>
/// <param name="Committed">Called once after that commit.</param>
public sealed record Delivery(Func<SupportBotDb, Task>? Record = null, Action? Committed = null)
{
    /// <summary>Nothing to write.</summary>
    public static Delivery Done { get; } = new();
}

/// <summary>The other side said no, or nothing.</summary>
/// <param name="final">Whether trying again cannot help.</param>
/// <param name="retryAfter">How long the other side wants to be left alone.</param>
/// <param name="outOfReach">Whether it said so to whoever asks: then everything that goes there waits, not this row alone.</param>
/// <param name="detail">The other side's own words, which may name people: for managers, never for the log.</param>
public sealed class OutboxRefusal(
    string message, bool final, TimeSpan? retryAfter = null, Exception? inner = null, bool outOfReach = false, string? detail = null)
    : Exception(message, inner)
{
    public string? Detail { get; } = detail;

    public bool Final { get; } = final;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool OutOfReach { get; } = outOfReach;
}
