using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>Reads <c>collect</c>.</summary>
internal static class SlotReader
{
    private const int MostSlots = 8;
    private const int FewestChoices = 2;
    private const int MostChoices = 10;

    private static readonly Dictionary<string, SlotType> Types = new(StringComparer.Ordinal)
    {
        ["text"] = SlotType.Text,
        ["number"] = SlotType.Number,
        ["email"] = SlotType.Email,
        ["date"] = SlotType.Date,
        ["choice"] = SlotType.Choice,
        ["attachment"] = SlotType.Attachment,
    };

    public static IReadOnlyList<Slot> Read(YamlMap workflow)
    {
        var slots = new List<Slot>();
        foreach (var entry in workflow.Maps("collect", required: false))
        {
            var slot = ReadSlot(entry);
            entry.ReportUnknownKeys();
            if (slot.Name != "" && !WorkflowReader.IsName(slot.Name))
            {
                entry.Problem("name", $"'{slot.Name}' is not a field's name", "use lower case letters, digits and _");
            }

            if (slots.Any(s => s.Name == slot.Name))
            {
                entry.Problem("name", $"the field '{slot.Name}' is listed twice", "remove one of them");
            }

            slots.Add(slot);
        }

        if (slots.Count > MostSlots)
        {
            workflow.Problem("collect", $"{slots.Count} questions are too many", $"ask at most {MostSlots}");
        }

        return slots;
    }

    private static Slot ReadSlot(YamlMap entry)
    {
        var type = entry.Has("type") ? entry.Choice("type", Types, SlotType.Text) : SlotType.Text;
        var choices = entry.Texts("choices", required: false);
        var slot = new Slot(entry.Required("name"), entry.Required("prompt"), ReadPattern(entry), entry.Flag("optional", otherwise: false))
        {
            Type = type,
            Choices = [.. choices.Select(c => c.Text)],
            Past = entry.Flag("past", otherwise: false),
            Invalid = entry.Optional("invalid"),
            Fallback = OutcomeReader.ReadFallback(entry),
        };
        OnlyFor(entry, "pattern", type == SlotType.Text, "text");
        OnlyFor(entry, "past", type == SlotType.Date, "date");
        OnlyFor(entry, "choices", type == SlotType.Choice, "choice");
        if (type == SlotType.Choice && choices.Count is not (>= FewestChoices and <= MostChoices))
        {
            entry.Problem("choices", choices.Count == 0 ? "a choice has no choices" : $"there are {choices.Count} choices", $"list {FewestChoices} to {MostChoices} under 'choices:'");
        }

        foreach (var twice in choices.GroupBy(c => string.Join(' ', Tokenizer.Stems(c.Text))).SelectMany(g => g.Skip(1)))
        {
            entry.Problem("choices", $"'{twice.Text}' is listed twice", "remove one of them");
        }

        return slot;
    }

    private static void OnlyFor(YamlMap entry, string key, bool fits, string type)
    {
        if (!fits && entry.Has(key))
        {
            entry.Problem(key, $"'{key}' belongs to another type", $"write 'type: {type}', or remove the key");
        }
    }

    private static Regex? ReadPattern(YamlMap entry)
    {
        if (entry.Optional("pattern") is not { Length: > 0 } pattern)
        {
            return null;
        }

        try
        {
            // Without backtracking, so that neither a pattern nor a customer's text can make the match slow.
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            entry.Problem("pattern", $"'{pattern}' is not a usable pattern ({error.Message.TrimEnd('.')})",
                "write a .NET regular expression without look-around and back-references");
            return null;
        }
    }
}
