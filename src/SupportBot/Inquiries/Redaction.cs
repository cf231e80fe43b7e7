using System.Text.RegularExpressions;

namespace SupportBot.Inquiries;

/// <summary>Kinds of personal data that <see cref="Redaction"/> knows.</summary>
[Flags]
public enum PersonalData
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Payment card numbers with a right check digit (Luhn).</summary>
    Card = 1,

    /// <summary>International bank account numbers with a right checksum (ISO 13616).</summary>
    Iban = 2,

    /// <summary>E-mail addresses.</summary>
    Email = 4,

    /// <summary>Telephone numbers in international or trunk-prefix form.</summary>
    Phone = 8,

    /// <summary>What must not be kept anywhere: cards and bank accounts.</summary>
    Payment = Card | Iban,

    /// <summary>All of them.</summary>
    All = Card | Iban | Email | Phone,
}

/// <summary>
/// Replaces personal data by <c>[card]</c>, <c>[iban]</c>, <c>[email]</c> and <c>[phone]</c>. Checksums tell a card from an order or tracking
/// number. The patterns run without backtracking, so no text can make them slow.
/// </summary>
public static class Redaction
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int ShortestIban = 15;
    private const int LongestIban = 34;

    private static readonly Regex Email = new(@"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}", Linear);
    private static readonly Regex Iban = new(@"\b[A-Z]{2}[0-9]{2}([ -]?[A-Z0-9]){11,40}\b", Linear);
    private static readonly Regex Card = new(@"\b[0-9]([ -]?[0-9]){12,18}\b", Linear);
    private static readonly Regex Phone = new(@"(\+|\b00|\b0|\(0)[0-9]?([ ./()-]{0,2}[0-9]){6,14}\b", Linear);

    /// <summary>The text with personal data of the given kinds replaced.</summary>
    public static string Apply(string text, PersonalData kinds = PersonalData.All)
    {
        if (kinds.HasFlag(PersonalData.Email) && text.Contains('@'))
        {
            text = Email.Replace(text, "[email]");
        }

        if (text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            text = kinds.HasFlag(PersonalData.Iban) ? Iban.Replace(text, ReplaceIban) : text;
            text = kinds.HasFlag(PersonalData.Card) ? Card.Replace(text, match => PassesLuhn(match.Value) ? "[card]" : match.Value) : text;
            text = kinds.HasFlag(PersonalData.Phone) ? Phone.Replace(text, match => IsPhone(match.Value) ? "[phone]" : match.Value) : text;
        }

        return text;
    }

    // The match may run on into the words that follow, so the longest beginning with a right checksum is taken.
    private static string ReplaceIban(Match match)
    {
        var text = match.Value;
        for (var end = text.Length; end > 0; end--)
        {
            var followed = end < text.Length && char.IsAsciiLetterOrDigit(text[end]) && char.IsAsciiLetterOrDigit(text[end - 1]);
            if (!followed && char.IsAsciiLetterOrDigit(text[end - 1]) && PassesIbanChecksum(text.AsSpan(0, end)))
            {
                return string.Concat("[iban]", text.AsSpan(end));
            }
        }

        return text;
    }

    private static bool PassesIbanChecksum(ReadOnlySpan<char> text)
    {
        Span<char> compact = stackalloc char[LongestIban];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (length == LongestIban)
                {
                    return false;
                }

                compact[length++] = char.ToUpperInvariant(c);
            }
        }

        if (length < ShortestIban)
        {
            return false;
        }

        var remainder = 0;
        for (var i = 0; i < length; i++)
        {
            var c = compact[(i + 4) % length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    private static bool PassesLuhn(string text)
    {
        var (sum, position) = (0, 0);
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var digit = text[i] - '0';
            if (position++ % 2 == 1)
            {
                digit = digit * 2 > 9 ? (digit * 2) - 9 : digit * 2;
            }

            sum += digit;
        }

        return sum % 10 == 0;
    }

    // E.164 numbers have at most 15 digits; dates such as 01.02.2026 start like a number but are shorter than nine digits.
    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= 9 and <= 15;
}
