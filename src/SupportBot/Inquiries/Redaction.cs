using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Inquiries;

/// <summary>Kinds of personal data that <see cref="Redaction"/> knows.</summary>
[Flags]
public enum PersonalData
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Payment card numbers with a right check digit (Luhn).</summary>
    Card = 1,

    /// <summary>International bank account numbers with their country's length and a right checksum (ISO 13616).</summary>
    Iban = 2,

    /// <summary>E-mail addresses.</summary>
    Email = 4,

    /// <summary>Telephone numbers in international, trunk-prefix or North American form.</summary>
    Phone = 8,

    /// <summary>What must not be kept anywhere: cards and bank accounts.</summary>
    Payment = Card | Iban,

    /// <summary>All of them.</summary>
    All = Card | Iban | Email | Phone,
}

/// <summary>
/// Replaces personal data by <c>[card]</c>, <c>[iban]</c>, <c>[email]</c>, <c>[phone]</c> and the names of a company's own patterns. Digits of
/// all scripts count. No text makes it slow, no text makes it fail, and a text that was redacted stays as it is.
/// </summary>
public static class Redaction
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private const int MostPasses = 4;

    // Stands where something was found, so that nothing else is found there. Part of no word and no number.
    private const char Taken = '\u0001';

    private static readonly Regex Mark = new(@"\[[a-z][a-z0-9_]*\]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex Email = new(@"[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)*\.\p{L}{2,}", Linear);
    private static readonly Regex Phone = new(@"(\+|\b00|\b0|\(0)[0-9]?([ ./()-]{0,2}[0-9]){6,14}\b|(\b[2-9][0-9]{2}|\([2-9][0-9]{2}\))[ .-]?[0-9]{3}[ .-][0-9]{4}\b", Linear);
    private static readonly Regex Digits = new("[0-9]+", Linear);

    /// <summary>The text with personal data of the given kinds replaced, and everything that the company's own patterns find.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="kinds">What to replace.</param>
    /// <param name="patterns">The company's patterns. Where one takes too long, every number of the text is replaced.</param>
    public static string Apply(string text, PersonalData kinds = PersonalData.All, IReadOnlyList<RedactionPattern>? patterns = null)
    {
        var hasDigits = text.AsSpan().ContainsAnyInRange('0', '9') || text.Any(char.IsDigit);
        if (!hasDigits && !text.Contains('@') && patterns is not { Count: > 0 })
        {
            return text;
        }

        // What was found ends what stands beside it: a number that ran into another one is seen the second time.
        var finding = new Finding(text);
        for (var (pass, before) = (0, -1); pass < MostPasses && finding.Count > before; pass++)
        {
            before = finding.Count;
            Search(finding, kinds, hasDigits, patterns ?? []);
        }

        return finding.Redacted();
    }

    private static void Search(Finding finding, PersonalData kinds, bool hasDigits, IReadOnlyList<RedactionPattern> patterns)
    {
        if (kinds.HasFlag(PersonalData.Email) && finding.Plain.Contains('@'))
        {
            finding.Take("email", Email.Matches(finding.Plain).Select(RangeOf));
        }

        if (kinds.HasFlag(PersonalData.Iban) && hasDigits)
        {
            finding.Take("iban", PaymentNumbers.Ibans(finding.Plain));
        }

        if (kinds.HasFlag(PersonalData.Card) && hasDigits)
        {
            finding.Take("card", PaymentNumbers.Cards(finding.Plain));
        }

        foreach (var pattern in patterns)
        {
            finding.Take(pattern.Name, Find(pattern, finding.Plain) ?? Digits.Matches(finding.Plain).Select(RangeOf));
        }

        if (kinds.HasFlag(PersonalData.Phone) && hasDigits)
        {
            finding.Take("phone", Phone.Matches(finding.Plain).Where(m => IsPhone(m.Value)).Select(RangeOf));
        }
    }

    /// <summary>
    /// What a pattern finds in each stretch between what was found before, so that a greedy one can neither swallow that nor lose its own
    /// part to it; null as soon as it takes too long.
    /// </summary>
    private static List<Range>? Find(RedactionPattern pattern, string text)
    {
        var found = new List<Range>();
        foreach (var stretch in text.AsSpan().Split(Taken))
        {
            var (start, length) = stretch.GetOffsetAndLength(text.Length);
            if (length == 0)
            {
                continue;
            }

            if (pattern.Find(text.Substring(start, length)) is not { } here)
            {
                return null;
            }

            found.AddRange(here.Select(range => (start + range.Start.Value)..(start + range.End.Value)));
        }

        return found;
    }

    private static Range RangeOf(Match match) => match.Index..(match.Index + match.Length);

    // E.164 numbers have at most 15 digits; dates such as 01.02.2026 start like a number but are shorter than nine digits.
    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= 9 and <= 15;

    /// <summary>A text, what was found in it so far, and the same text as it is searched, character by character.</summary>
    private sealed class Finding
    {
        private readonly string _text;
        private readonly char[] _plain;
        private readonly List<(Range Where, string Mark)> _found = [];
        private string? _searched;

        public Finding(string text)
        {
            _text = text;
            _plain = [.. text.Select(Searchable)];
            foreach (var mark in Mark.Matches(text).Select(RangeOf))
            {
                _plain.AsSpan(mark).Fill(Taken);
            }
        }

        /// <summary>The text with ASCII digits, plain spaces and hyphens, and without what was found.</summary>
        public string Plain => _searched ??= new string(_plain);

        public int Count => _found.Count;

        public void Take(string mark, IEnumerable<Range> ranges)
        {
            foreach (var where in ranges.ToArray())
            {
                _found.Add((where, mark));
                _plain.AsSpan(where).Fill(Taken);
                _searched = null;
            }
        }

        public string Redacted()
        {
            if (_found.Count == 0)
            {
                return _text;
            }

            var redacted = new StringBuilder(_text.Length);
            var end = 0;
            foreach (var (where, mark) in _found.OrderBy(f => f.Where.Start.Value))
            {
                redacted.Append(_text, end, where.Start.Value - end).Append('[').Append(mark).Append(']');
                end = where.End.Value;
            }

            return redacted.Append(_text, end, _text.Length - end).ToString();
        }

        private static char Searchable(char c) => c switch
        {
            Taken => ' ',
            < '\u0080' => c,
            '\u00a0' or '\u2007' or '\u2009' or '\u202f' => ' ',
            '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' => '-',
            '\uff0b' => '+',
            _ when char.IsDigit(c) => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            _ => c,
        };
    }
}
