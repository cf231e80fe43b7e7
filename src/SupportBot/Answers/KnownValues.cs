using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// Values that need not be asked for: in the message itself, given earlier in the conversation, vouched for by the company's site, or on the page on
/// which the customer writes. A value counts only where it is one that the slot would take as a reply. Pure.
/// </summary>
internal static class KnownValues
{
    private static readonly HashSet<string> NameSlots = new(StringComparer.Ordinal) { "name", "customer_name", "full_name", "your_name" };

    /// <summary>Under which key a value is remembered: another slot of the same name and kind means the same.</summary>
    public static string KeyOf(Slot slot) => $"{slot.Type}:{slot.Name}".ToLowerInvariant();

    /// <summary>What was given for such a slot earlier in the conversation.</summary>
    public static string? Remembered(Slot slot, ConversationMemory memory) => memory.Values.GetValueOrDefault(KeyOf(slot));

    /// <summary>What the message itself says.</summary>
    public static string? InMessage(Slot slot, SlotInput input) => SlotFilling.FindUnasked(slot, input);

    /// <summary>What is known from elsewhere; null when it has to be asked for.</summary>
    public static string? Elsewhere(Slot slot, SlotInput input, Turn turn)
    {
        var (memory, customer) = (turn.State.Memory, turn.Customer);
        if (slot.Type == SlotType.Attachment)
        {
            return memory.Files.Count > 0 ? string.Join(", ", memory.Files) : null;
        }

        // What was said about another case is taken over only where the customer can correct it by saying the right one.
        IEnumerable<string?> candidates =
        [
            slot.Pattern is not null || slot.Type == SlotType.Email || NameSlots.Contains(slot.Name) ? Remembered(slot, memory) : null,
            customer.Facts.GetValueOrDefault(slot.Name),
            slot.Type == SlotType.Email ? customer.Email : null,
            slot.TakesAnyWords && NameSlots.Contains(slot.Name) ? customer.Name : null,
        ];
        return candidates.OfType<string>().Select(c => Taken(slot, input with { Text = c })).FirstOrDefault(v => v is not null)
            ?? new[] { customer.Page?.Url, customer.Page?.Title }.OfType<string>().Select(c => OnPage(slot, input with { Text = c })).FirstOrDefault(v => v is not null);
    }

    private static string? Taken(Slot slot, SlotInput input) =>
        SlotFilling.Read(slot with { Optional = false }, input, 0) is SlotReply.Filled filled ? filled.Value : null;

    /// <summary>A page is about many things: only what has a pattern of its own can be told from the rest.</summary>
    private static string? OnPage(Slot slot, SlotInput input) => slot.Pattern is not null ? SlotFilling.Find(slot, input) : null;
}
