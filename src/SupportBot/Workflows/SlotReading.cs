using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using SupportBot.Company;

namespace SupportBot.Workflows;

/// <summary>What a customer wrote and sent.</summary>
/// <param name="Text">The words.</param>
/// <param name="Files">Names of the files that came with them.</param>
/// <param name="Today">The day where the company is.</param>
/// <param name="Locale">The customer's language (BCP 47); null when it is not known.</param>
public sealed record SlotInput(string Text, IReadOnlyList<string> Files, LocalDate Today, string? Locale);

/// <summary>A value, or why there is none; both null when nothing in the text looks like one.</summary>
public readonly record struct SlotValue(string? Value, string? Refusal);

/// <summary>Values by the slot's type. They are kept as text: numbers with a point, days as yyyy-MM-dd, files by their names.</summary>
public static partial class SlotReading
{
    private static readonly List<string> NumberWords = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>Reads a value of the slot's type.</summary>
    public static SlotValue Read(Slot slot, SlotInput input) => slot.Type switch
    {
        SlotType.Number => Number(input),
        SlotType.Email => Email(input.Text),
        SlotType.Date => DateReading.Read(input.Text, input.Today, input.Locale, slot.Past),
        SlotType.Choice => Choice(slot, input.Text),
        SlotType.Attachment => input.Files.Count > 0
            ? new SlotValue(string.Join(", ", input.Files), null)
            : new SlotValue(null, "I did not see a file with that. You can attach one with the paper clip."),
        _ => Words(slot, input.Text),
    };

    private static SlotValue Words(Slot slot, string text) => slot.Pattern is { } pattern
        ? new SlotValue(pattern.Match(text) is { Success: true, Length: > 0 } match ? match.Value : null, null)
        : new SlotValue(Tokenizer.Words(text).Count > 0 ? text.Trim() : null, null);

    private static SlotValue Email(string text) => Addresses().Match(text) is { Success: true } match
        ? new SlotValue(match.Value.TrimEnd('.', ','), null)
        : new SlotValue(null, text.Contains('@', StringComparison.Ordinal) ? "That does not look like a whole email address." : null);

    private static SlotValue Number(SlotInput input)
    {
        if (Figures().Match(input.Text) is { Success: true } match)
        {
            var value = Plain(match.Value, input.Locale);
            return decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? new SlotValue(number.ToString(CultureInfo.InvariantCulture), null)
                : new SlotValue(null, "I could not read that number.");
        }

        return Tokenizer.Words(input.Text).Find(NumberWords.Contains) is { } named
            ? new SlotValue(NumberWords.IndexOf(named).ToString(CultureInfo.InvariantCulture), null)
            : new SlotValue(null, "I need a number here.");
    }

    /// <summary>Figures without marks between thousands and with a point before decimals.</summary>
    private static string Plain(string figures, string? locale)
    {
        var mark = figures.LastIndexOfAny(['.', ',']);
        var both = figures.Contains('.', StringComparison.Ordinal) && figures.Contains(',', StringComparison.Ordinal);
        if (mark < 0 || !(both || IsDecimalMark(figures, mark, locale)))
        {
            return WithoutMarks(figures);
        }

        return $"{WithoutMarks(figures[..mark])}.{figures[(mark + 1)..]}";
    }

    /// <summary>"1,200" is twelve hundred in English and a bit over one in German; "1,5" is one and a half everywhere.</summary>
    private static bool IsDecimalMark(string figures, int at, string? locale) =>
        figures.Length - at - 1 != 3
        || (figures.Count(c => c == figures[at]) == 1 && CultureOf(locale).NumberFormat.NumberDecimalSeparator[0] == figures[at]);

    private static string WithoutMarks(string figures) => string.Concat(figures.Where(c => c is not ('.' or ',')));

    private static CultureInfo CultureOf(string? locale)
    {
        try
        {
            return locale is null ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(locale);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    private static SlotValue Choice(Slot slot, string text)
    {
        var words = Tokenizer.Stems(text);
        if (slot.Choices.FirstOrDefault(c => Tokenizer.Stems(c).SequenceEqual(words)) is { } exact)
        {
            return new SlotValue(exact, null);
        }

        var named = slot.Choices.Where(c => Holds(words, Tokenizer.Stems(c))).ToArray();

        // "Dark green" also names "green": the choice that says more is meant.
        var fullest = named.Where(c => !named.Any(other => other != c && Holds(Tokenizer.Stems(other), Tokenizer.Stems(c)))).ToArray();
        if (fullest is [var only])
        {
            return new SlotValue(only, null);
        }

        return new SlotValue(null, $"Please choose one of: {string.Join(", ", slot.Choices)}.");
    }

    private static bool Holds(List<string> words, List<string> phrase)
    {
        for (var start = 0; start + phrase.Count <= words.Count; start++)
        {
            if (words.GetRange(start, phrase.Count).SequenceEqual(phrase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"-?\d[\d.,]{0,20}(?<=\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Figures();
}
