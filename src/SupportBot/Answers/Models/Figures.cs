using System.Globalization;
using System.Text.RegularExpressions;

namespace SupportBot.Answers.Models;

/// <summary>What a text states to the digit.</summary>
/// <param name="Values">Its figures in order.</param>
/// <param name="Codes">What must be repeated to the letter: codes, e-mail and web addresses in lower case, telephone numbers as digits.</param>
internal sealed record Figures(IReadOnlyList<Figure> Values, IReadOnlyList<string> Codes)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int FewestPhoneDigits = 9;

    private static readonly Dictionary<string, decimal> NumberWords =
        """
        two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 fourteen=14 fifteen=15
        twenty=20 thirty=30 forty=40 fifty=50 sixty=60 ninety=90 hundred=100
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('='))
            .ToDictionary(entry => entry[0], entry => decimal.Parse(entry[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static readonly Regex IsoDate = new(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", Linear);
    private static readonly Regex Address = new(
        @"https?://[^\s)>]+|www\.[^\s)>]+|[\w.+-]+@[\w-]+(\.[\w-]+)+|\b[\w-]+(\.[\w-]+)*\.[a-z]{2,}\b(/[^\s)>]*)?", Linear);

    private static readonly Regex Telephone = new(@"\+?[0-9][0-9 ()/.-]{7,}[0-9]", Linear);
    private static readonly Regex GluedUnit = new(
        @"(?<number>[0-9])-?(?<unit>cm|mm|km|m|kg|g|ml|l|h|hrs?|am|pm|st|nd|rd|th|days?|weeks?|months?|years?|hours?|minutes?|kilos?|euros?|eur)\b", Linear);

    private static readonly Regex Token = new(
        @"[0-9]{1,2}:[0-9]{2}|[0-9]+([.,][0-9]+)*|°c|[€£$%°–-]|[\p{L}\p{M}]+(['’][\p{L}\p{M}]+)*", Linear);

    private static readonly Regex Code = new(@"[\p{L}0-9]*([\p{L}][0-9]|[0-9][\p{L}]|[\p{L}]-[0-9]|[0-9]-[\p{L}])[\p{L}0-9-]*", Linear);

    /// <summary>Whether a lower-case word is a number.</summary>
    public static bool IsNumber(string word) => NumberWords.ContainsKey(word);

    /// <summary>Reads a text: a number takes its unit from what stands beside it, and a range is one figure.</summary>
    public static Figures Read(string text)
    {
        var codes = new List<string>();
        string Keep(string code)
        {
            codes.Add(code);
            return " ";
        }

        var plain = IsoDate.Replace(text, match => Spelled(match.Value));
        plain = Address.Replace(plain, match => Keep(match.Value.TrimEnd('.', ',', '/', '"').ToLowerInvariant()));
        plain = Telephone.Replace(plain, match =>
            string.Concat(match.Value.Where(char.IsAsciiDigit)) is { Length: >= FewestPhoneDigits } digits ? Keep(digits) : match.Value);
        plain = GluedUnit.Replace(plain, "${number} ${unit}");
        plain = Code.Replace(plain, match => Keep(match.Value.ToLowerInvariant()));
        var tokens = Token.Matches(plain.Replace("per cent", "percent", StringComparison.OrdinalIgnoreCase)).Select(m => m.Value.ToLowerInvariant()).ToArray();
        var values = new List<Figure>();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (Range(tokens, i) is { } found)
            {
                var bound = found.Figure.Low == found.Figure.High ? FigureBounds.At(tokens, i, found.End, found.Figure.Unit) : Bound.Exactly;
                values.Add(found.Figure with { Bound = bound });
                i = found.End - 1;
            }
        }

        return new Figures(values, codes);
    }

    private static (Figure Figure, int End)? Range(string[] tokens, int at)
    {
        if (Single(tokens, at) is not { } first || first.End >= tokens.Length)
        {
            return Single(tokens, at);
        }

        var connects = tokens[first.End] is "to" or "-" or "–" or "or" || (tokens[first.End] == "and" && at > 0 && tokens[at - 1] == "between");
        return connects && Single(tokens, first.End + 1) is { } last && !FigureUnits.IsMonth(last.Figure.Unit)
            && (first.Figure.Unit == "" || first.Figure.Unit == last.Figure.Unit) && last.Figure.Low > first.Figure.Low
            ? (last.Figure with { Low = first.Figure.Low }, last.End)
            : first;
    }

    private static (Figure Figure, int End)? Single(string[] tokens, int at)
    {
        string TokenAt(int i) => i < tokens.Length ? tokens[i] : "";

        var leading = FigureUnits.Of(TokenAt(at));
        if (FigureUnits.IsMoney(leading) || FigureUnits.IsMonth(leading))
        {
            return Value(TokenAt(at + 1)) is { } behind && (behind <= 31 || FigureUnits.IsMoney(leading))
                ? (Of(behind, leading!), TokenAt(at + 2) is "st" or "nd" or "rd" or "th" ? at + 3 : at + 2)
                : null;
        }

        if (TokenAt(at) == FigureUnits.Free)
        {
            return (Of(0, FigureUnits.Free), at + 1);
        }

        if (TokenAt(at) is "one" or "a" or "an")
        {
            return FigureUnits.At(tokens, at + 1) is { } one && (FigureUnits.IsDuration(one.Unit) || one.Unit == FigureUnits.Workday) ? (Of(1, one.Unit), one.End) : null;
        }

        if (TokenAt(at).Contains(':'))
        {
            var (hours, minutes) = (Number(TokenAt(at).Split(':')[0]), Number(TokenAt(at).Split(':')[1]));
            return ClockTime((hours * 60) + minutes, TokenAt(at + 1), at + 1);
        }

        if (Value(TokenAt(at)) is not { } value)
        {
            return null;
        }

        if (TokenAt(at + 1) is "am" or "pm")
        {
            return ClockTime((Math.Truncate(value) * 60) + (value % 1 * 100), TokenAt(at + 1), at + 1);
        }

        var after = TokenAt(at + 1) is "st" or "nd" or "rd" or "th" ? at + 2 : at + 1;
        after = TokenAt(after) == "of" && FigureUnits.IsMonth(FigureUnits.Of(TokenAt(after + 1))) ? after + 1 : after;
        return FigureUnits.At(tokens, after) is { } unit ? (Of(value, unit.Unit), unit.End) : (Of(value, ""), after);
    }

    private static (Figure Figure, int End) ClockTime(decimal minutes, string half, int end) => half switch
    {
        "am" => (Of(minutes % 720, FigureUnits.ClockTime), end + 1),
        "pm" => (Of((minutes % 720) + 720, FigureUnits.ClockTime), end + 1),
        _ => (Of(minutes, FigureUnits.ClockTime), end),
    };

    private static Figure Of(decimal value, string unit) => new(value, value, unit, Bound.Exactly);

    private static decimal? Value(string token) =>
        token.Length > 0 && char.IsAsciiDigit(token[0]) ? Number(token) : NumberWords.TryGetValue(token, out var value) ? value : null;

    /// <summary>A number with its separators: the last one is the decimal point unless three digits follow it or it occurs twice.</summary>
    private static decimal Number(string digits)
    {
        var last = digits.LastIndexOfAny(['.', ',']);
        var groups = last >= 0 && (digits.IndexOf(digits[last]) != last || (digits.Length - last == 4 && digits.IndexOfAny(['.', ',']) == last && digits[0] != '0'));
        var plain = last < 0 || groups
            ? digits.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)
            : $"{digits[..last].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}.{digits[(last + 1)..]}";

        // Longer ones than a decimal holds are no quantity; they only need to differ from every real one.
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : decimal.MinValue;
    }

    private static string Spelled(string isoDate) =>
        FigureUnits.Month(int.Parse(isoDate.AsSpan(5, 2), CultureInfo.InvariantCulture)) is { } month ? $"{isoDate[8..]} {month} {isoDate[..4]}" : isoDate;
}
