namespace SupportBot.Inquiries;

/// <summary>
/// Finds payment card numbers (Luhn's check digit, ISO/IEC 7812) and bank account numbers (ISO 13616) written with or without separators.
/// Checks and lengths tell them from order and tracking numbers. One pass with a bounded look ahead: linear in the text.
/// </summary>
internal static class PaymentNumbers
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;

    // Length by country, from the IBAN registry of SWIFT.
    private const string IbanLengths =
        """
        AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18
        FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27
        MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27
        SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
        """;

    private static readonly Dictionary<string, int> LengthByCountry = IbanLengths
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);

    /// <summary>Where card numbers stand, in order, apart from each other.</summary>
    /// <param name="text">A text whose digits are ASCII.</param>
    public static IEnumerable<Range> Cards(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (char.IsAsciiDigit(text[start]) && !(start > 0 && char.IsAsciiDigit(text[start - 1])) && EndOfCard(text, start) is { } end)
            {
                yield return start..end;
                start = end - 1;
            }
        }
    }

    /// <summary>Where bank account numbers stand, in order, apart from each other.</summary>
    /// <param name="text">A text whose digits are ASCII.</param>
    public static IEnumerable<Range> Ibans(string text)
    {
        for (var start = 0; start + 4 <= text.Length; start++)
        {
            if (char.IsAsciiLetter(text[start]) && !(start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) && EndOfIban(text, start) is { } end)
            {
                yield return start..end;
                start = end - 1;
            }
        }
    }

    /// <summary>The end of the longest card number that begins here and ends with a group of digits.</summary>
    private static int? EndOfCard(string text, int start)
    {
        // Networks' numbers do not begin with these; tracking and telephone numbers often do.
        if (text[start] is '0' or '1' or '7')
        {
            return null;
        }

        Span<char> digits = stackalloc char[LongestCard];
        var count = 0;
        int? end = null;
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                if (count == LongestCard)
                {
                    break;
                }

                digits[count++] = text[i];
                var groupEnds = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
                if (groupEnds && count >= ShortestCard && PassesLuhn(digits[..count]))
                {
                    end = i + 1;
                }
            }
            else if (!IsSeparator(text, i))
            {
                break;
            }
        }

        return end;
    }

    private static int? EndOfIban(string text, int start)
    {
        if (!char.IsAsciiDigit(text[start + 2]) || !char.IsAsciiDigit(text[start + 3]) || !LengthByCountry.TryGetValue(text.Substring(start, 2), out var length))
        {
            return null;
        }

        Span<char> compact = stackalloc char[length];
        var count = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                compact[count++] = char.ToUpperInvariant(text[i]);
                if (count == length)
                {
                    var followed = i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]);
                    return !followed && PassesIbanChecksum(compact) ? i + 1 : null;
                }
            }
            else if (!IsSeparator(text, i))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>One space, hyphen or dot between two letters or digits.</summary>
    private static bool IsSeparator(string text, int at) =>
        text[at] is ' ' or '-' or '.' && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1]);

    private static bool PassesIbanChecksum(ReadOnlySpan<char> compact)
    {
        var remainder = 0;
        for (var i = 0; i < compact.Length; i++)
        {
            var c = compact[(i + 4) % compact.Length];
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (digit * 2) - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }
}
