using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>What a customer's text means for the slot that was asked for.</summary>
public abstract record SlotReply
{
    private SlotReply()
    {
    }

    /// <summary>The value.</summary>
    public sealed record Filled(string Value) : SlotReply;

    /// <summary>The customer does without an optional slot.</summary>
    public sealed record Skipped : SlotReply;

    /// <summary>The customer no longer wants what the slot was for.</summary>
    public sealed record Cancelled : SlotReply;

    /// <summary>No value in it; ask again.</summary>
    public sealed record NotUnderstood : SlotReply;

    /// <summary>No value in it, and it has been asked often enough.</summary>
    public sealed record GivenUp : SlotReply;
}

/// <summary>Reads values out of what customers write; pure.</summary>
public static class SlotFilling
{
    /// <summary>How often a slot is asked again before a human takes over.</summary>
    public const int MostRepeats = 2;

    /// <summary>Longer values are cut.</summary>
    public const int LongestValue = 1_000;

    private static readonly HashSet<string> CancelWords = new(StringComparer.Ordinal)
    {
        "cancel", "stop", "never mind", "nevermind", "forget it", "forget about it", "leave it", "drop it", "abort", "quit", "no longer needed",
        "not needed anymore", "it doesnt matter", "doesnt matter", "please stop", "cancel that", "cancel this",
    };

    private static readonly HashSet<string> SkipWords = new(StringComparer.Ordinal)
    {
        "no", "none", "nope", "skip", "nothing", "na", "n a", "dont know", "i dont know", "dont have it", "i dont have it", "i dont have one",
        "dont have one", "no idea", "not sure", "no thanks", "no thank you", "pass",
    };

    /// <summary>What a text means for a slot.</summary>
    /// <param name="slot">The slot that was asked for.</param>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="repeats">How often it has been asked again already.</param>
    public static SlotReply Read(Slot slot, string text, int repeats)
    {
        // The pattern comes first: an order called "STOP-1" is an order.
        if (slot.Pattern is not null && Find(slot, text) is { } found)
        {
            return new SlotReply.Filled(found);
        }

        if (IsCancel(text))
        {
            return new SlotReply.Cancelled();
        }

        if (slot.Optional && SkipWords.Contains(Plain(text)))
        {
            return new SlotReply.Skipped();
        }

        if (slot.Pattern is null && Tokenizer.Words(text).Count > 0)
        {
            return new SlotReply.Filled(Cut(text.Trim()));
        }

        return repeats < MostRepeats ? new SlotReply.NotUnderstood() : new SlotReply.GivenUp();
    }

    /// <summary>The value of a slot with a pattern, where the text holds one; null otherwise.</summary>
    public static string? Find(Slot slot, string text) =>
        slot.Pattern?.Match(text) is { Success: true, Length: > 0 } match ? Cut(match.Value) : null;

    /// <summary>Whether the text as a whole says that the customer no longer wants it.</summary>
    public static bool IsCancel(string text) => CancelWords.Contains(Plain(text));

    private static string Plain(string text) => string.Join(' ', Tokenizer.Words(text));

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}
