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

    /// <summary>No value in it; ask again. Why, where more can be said than that there was none.</summary>
    public sealed record NotUnderstood(string? Why = null) : SlotReply;

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

    private const int WordsOfRefusal = 8;

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

    private static readonly HashSet<string> RefusingWords = new(StringComparer.Ordinal)
    {
        "no", "not", "dont", "cant", "cannot", "havent", "couldnt", "wont", "without", "none", "skip", "later",
    };

    /// <summary>What a reply means for a slot.</summary>
    /// <param name="slot">The slot that was asked for.</param>
    /// <param name="input">What the customer wrote and sent.</param>
    /// <param name="repeats">How often it has been asked again already.</param>
    public static SlotReply Read(Slot slot, SlotInput input, int repeats)
    {
        // The value comes first: an order called "STOP-1" is an order.
        var reading = SlotReading.Read(slot, input);
        if (reading.Value is { } value && !slot.TakesAnyWords)
        {
            return new SlotReply.Filled(Cut(value));
        }

        if (IsCancel(input.Text))
        {
            return new SlotReply.Cancelled();
        }

        if (slot.Optional && Skips(slot, input.Text))
        {
            return new SlotReply.Skipped();
        }

        if (reading.Value is { } words)
        {
            return new SlotReply.Filled(Cut(words));
        }

        return repeats < MostRepeats ? new SlotReply.NotUnderstood(reading.Refusal) : new SlotReply.GivenUp();
    }

    /// <summary>The value that can be told from other words, where the reply holds one; null otherwise and for slots that take any words.</summary>
    public static string? Find(Slot slot, SlotInput input) =>
        !slot.TakesAnyWords && SlotReading.Read(slot, input).Value is { } value ? Cut(value) : null;

    /// <summary>
    /// A value that a message holds for a slot nobody has asked for yet. Only what cannot mean anything else counts: a number or a day in a
    /// story is about the story.
    /// </summary>
    public static string? FindUnasked(Slot slot, SlotInput input) =>
        slot.Pattern is not null || slot.Type is SlotType.Email or SlotType.Attachment ? Find(slot, input) : null;

    /// <summary>Whether the text as a whole says that the customer no longer wants it.</summary>
    public static bool IsCancel(string text) => CancelWords.Contains(Plain(text));

    private static bool Skips(Slot slot, string text)
    {
        if (SkipWords.Contains(Plain(text)))
        {
            return true;
        }

        // A question for a file is refused in more words than one for a value, and none of them could be the value.
        var words = slot.Type == SlotType.Attachment ? Tokenizer.Words(text) : [];
        return words.Count is > 0 and <= WordsOfRefusal && words.Exists(RefusingWords.Contains);
    }

    private static string Plain(string text) => string.Join(' ', Tokenizer.Words(text));

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue];
}
