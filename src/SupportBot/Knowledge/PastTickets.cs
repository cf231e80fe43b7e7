using System.Text.RegularExpressions;

namespace SupportBot.Knowledge;

/// <summary>What is left of past tickets' mails: no greetings, farewells and quoted mails, and one of several that say the same.</summary>
internal static partial class PastTickets
{
    private const double NearlyTheSame = 0.8;

    /// <summary>A mail's own text.</summary>
    public static string Cleaned(string mail)
    {
        var kept = new List<string>();
        foreach (var line in mail.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()))
        {
            if (Farewell().IsMatch(line) || QuoteIntroduction().IsMatch(line))
            {
                // What follows is a signature, or somebody else's mail.
                break;
            }

            if (!line.StartsWith('>') && !Greeting().IsMatch(line))
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept).Trim();
    }

    /// <summary>The first of each group of items whose texts are nearly the same.</summary>
    public static IReadOnlyList<T> WithoutNearDuplicates<T>(IEnumerable<T> items, Func<T, string> text)
    {
        var kept = new List<T>();
        var seen = new NearDuplicates(NearlyTheSame);
        foreach (var item in items)
        {
            if (seen.Add(text(item)) < 0)
            {
                kept.Add(item);
            }
        }

        return kept;
    }

    [GeneratedRegex(@"^(hi|hello|dear|hey|good (morning|afternoon|evening))\b[^.!?]{0,40}[,!.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^((kind|best|warm|many) (regards|wishes|thanks)|regards|sincerely|yours (truly|sincerely|faithfully)|cheers|thanks|thank you)\b[^.?]{0,30}[,.!]?$|^-- ?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Farewell();

    [GeneratedRegex(@"^on .{5,80} wrote:$|^-{2,} ?(original|forwarded) message ?-{2,}$|^from: .+@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 200)]
    private static partial Regex QuoteIntroduction();
}
