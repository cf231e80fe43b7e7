using SupportBot.Company;

namespace SupportBot.Answers.Models;

/// <summary>
/// Small words that carry a promise. A group must be in the source when a sentence uses it ("all", "only", "free"); of a pair of
/// opposites a sentence must not use the one when its source uses only the other ("before", "after"). English.
/// </summary>
internal static class Emphasis
{
    // One group a line; words of a group mean the same here.
    private const string Groups =
        """
        only solely exclusively
        all every each everything everyone always anything anytime entire whole
        never
        free complimentary gratis
        must need needs required require requires mandatory obligatory compulsory
        guarantee guaranteed guarantees promise
        immediately instantly immediate instant
        automatically automatic
        half
        twice double
        once
        dozen
        minute minutes
        hour hours hourly
        day days daily
        week weeks weekly
        month months monthly
        year years yearly annual
        unlimited
        lifetime
        best
        euro euros eur
        pound pounds gbp
        dollar dollars usd
        kroner krone nok sek dkk
        franc francs chf
        """;

    // Two opposites a line, each with its synonyms.
    private const string Opposites =
        """
        free complimentary | cost costs charge charged pay paid fee fees surcharge
        before | after when once
        earlier | later
        more | less fewer
        above over exceeding | below under
        minimum least | maximum most
        open opens opened | closed close closes
        include includes included including | exclude excludes excluded excluding
        accept accepts accepted | refuse refuses refused decline declined reject rejected
        same | different another
        possible | impossible
        allowed permitted | forbidden prohibited
        used worn | unused unworn new
        online | offline
        inside indoors indoor | outside outdoors outdoor
        longer | shorter
        higher | lower
        larger bigger | smaller
        heavier | lighter
        warm hot | cold cool
        wet damp | dry
        safe | unsafe dangerous
        morning | evening
        first | last
        start starts begin begins | end ends
        first | second
        """;

    private static readonly HashSet<string> Universal = Words("all every each any everywhere anywhere always");

    private static readonly HashSet<string> Restricting = Words("only solely exclusively");

    private static readonly HashSet<string>[] Stronger = [.. Lines(Groups).Select(Words)];

    private static readonly (HashSet<string> Left, HashSet<string> Right)[] Pairs =
        [.. Lines(Opposites).Select(line => (Words(line.Split('|')[0]), Words(line.Split('|')[1])))];

    /// <summary>A word of the sentence that its source does not bear out; null when there is none.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="source">What it rests on.</param>
    public static string? Unfounded(string sentence, string source)
    {
        var said = Plain(sentence);
        var written = Plain(source);
        if (said.FirstOrDefault(Universal.Contains) is { } universal && written.Overlaps(Restricting) && !said.Overlaps(Restricting))
        {
            return universal;
        }

        foreach (var group in Stronger)
        {
            if (said.FirstOrDefault(group.Contains) is { } word && !group.Overlaps(written))
            {
                return word;
            }
        }

        foreach (var (left, right) in Pairs)
        {
            if ((Contradicts(left, right) ?? Contradicts(right, left)) is { } word)
            {
                return word;
            }
        }

        return null;

        string? Contradicts(HashSet<string> one, HashSet<string> other) =>
            said.FirstOrDefault(one.Contains) is { } word && !other.Overlaps(said) && other.Overlaps(written) && !one.Overlaps(written) ? word : null;
    }

    private static HashSet<string> Plain(string text) =>
        Tokenizer.Words(Clause.WithPlainFree(text).Replace("€", " eur ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

    private static string[] Lines(string table) => table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static HashSet<string> Words(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
