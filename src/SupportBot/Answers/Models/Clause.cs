using System.Text.RegularExpressions;
using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>A part of a sentence that says one thing.</summary>
/// <param name="Stems">Stems of its telling words; figures are not among them.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="IsDenied">Whether it denies something.</param>
/// <param name="Denied">The stems that it denies: those behind "not", or all when the denial closes the clause.</param>
internal sealed record Clause(IReadOnlySet<string> Stems, Figures Figures, bool IsDenied, IReadOnlySet<string> Denied)
{
    /// <summary>
    /// What it is about: stems and codes, with those of the clause before where it has no subject of its own, and those of a condition
    /// that follows.
    /// </summary>
    public IReadOnlySet<string> Topic { get; init; } = Stems.Union(Figures.Codes).ToHashSet(StringComparer.Ordinal);

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    // Keeps StopWords.Without from giving all words back when none of them is telling.
    private const string Telling = "\u0001";
    private const int LongestRangeStart = 24;
    private const int FewestStems = 2;

    private static readonly Regex Borders = new(
        @"[,;:()] |[,;:()]$| [–—-] | (and|or|but|while|unless|although|though|whereas|because|if|when|which|who|so|as long as|provided|once) ", Linear);

    private static readonly Regex SaysFree = new(
        @"\b(free of charge|for free|at no (extra |additional )?(cost|charge)|no (extra |additional )?(cost|charge|fee)s?|without (extra |additional )?(cost|charge|fee)s?|(does not|doesn.t) cost (anything|extra)|costs nothing)\b", Linear);

    private static readonly Regex Harmless = new(
        @"\b(no|not) (more|less|later|earlier|longer|fewer) than\b|\bnot only\b|\bno matter\b|\b(do not|don.t) (hesitate|worry)\b|\bno problem\b|\bfeel free\b|\bwhether or not\b|\b(does not|doesn.t) matter\b", Linear);

    private static readonly HashSet<string> Denials = new(
        """
        no not never none nobody nothing nowhere neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt
        shouldnt wouldnt couldnt mustnt neednt except excludes exclude excluded excluding unable impossible unavailable prohibited forbidden
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>A part with one of these says something by itself.</summary>
    private static readonly HashSet<string> Predicates = new(
        """
        i you we they it he she there must can may might will would should could is are was were be has have had do does did
        costs takes needs gets earns applies
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Irregular =
        """
        kept=keep sent=send paid=pay bought=buy sold=sell brought=bring taken=take took=take given=give gave=give found=find lost=lose written=write
        broken=break broke=break torn=tear began=begin begun=begin chosen=choose chose=choose held=hold left=leave made=make told=tell worn=wear
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).ToDictionary(e => e[0], e => e[1], StringComparer.Ordinal);

    private static readonly HashSet<string> Joining = ["and", "or", "but"];

    /// <summary>A part that begins with one of these goes on about the subject of the part before.</summary>
    private static readonly HashSet<string> Headless =
        ["is", "are", "was", "were", "has", "have", "must", "can", "cannot", "may", "will", "takes", "costs", "needs", "gets", "earns", "free", "within", "from"];

    private static readonly HashSet<string> Conditions = ["if", "when", "unless", "provided", "once", "as"];

    /// <summary>Words that an answer may add without adding a fact; what they may hide is read by <see cref="Figures"/> and <see cref="Emphasis"/>.</summary>
    private static readonly HashSet<string> Neutral = new(
        """
        available per each every least most also please simply just still however example instance yes able via note following case fine okay sure
        may maximum minimum longer later earlier fewer less more total kind way either both already come comes need needs
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>The clauses of a sentence in order; at least one.</summary>
    public static IReadOnlyList<Clause> Split(string sentence)
    {
        var text = WithPlainFree(sentence);
        var parts = new List<string>();
        var start = 0;
        foreach (var border in Borders.Matches(text).Where(border => !JoinsFigures(text, border)))
        {
            Add(parts, text[start..border.Index]);
            start = border.Index;
        }

        Add(parts, text[start..]);
        var clauses = new List<Clause>();
        foreach (var part in parts)
        {
            var clause = Read(part);
            var opening = Tokenizer.Words(part).Find(word => !Joining.Contains(word)) ?? "";
            if (clauses.Count > 0 && Headless.Contains(opening))
            {
                clause = clause with { Topic = clause.Topic.Union(clauses[^1].Topic).ToHashSet(StringComparer.Ordinal) };
            }
            else if (clauses.Count > 0 && Conditions.Contains(opening) && clause.Figures.Values.Count == 0)
            {
                clauses[^1] = clauses[^1] with { Topic = clauses[^1].Topic.Union(clause.Topic).ToHashSet(StringComparer.Ordinal) };
            }

            clauses.Add(clause);
        }

        return clauses;
    }

    /// <summary>The text with every wording of "free of charge" as the one word.</summary>
    public static string WithPlainFree(string text) => SaysFree.Replace(text, " free ");

    /// <summary>The stems of the telling words of a text, without figures and units.</summary>
    public static IReadOnlyList<string> TellingStems(string text) => TellingStems(Tokenizer.Words(text));

    private static IReadOnlyList<string> TellingStems(IEnumerable<string> words) =>
    [
        .. StopWords.Without([.. words, Telling])
            .Where(word => word != Telling && !Denials.Contains(word) && !Neutral.Contains(word) && !IsFigure(word))
            .Select(word => LightStemmer.Stem(Irregular.GetValueOrDefault(word, word))),
    ];

    private static bool IsFigure(string word) =>
        char.IsAsciiDigit(word[0]) || Figures.IsNumber(word) || (FigureUnits.Of(word) is { } unit && !FigureUnits.IsMonth(unit));

    private static void Add(List<string> parts, string text)
    {
        // What says nothing by itself belongs to what stands before it, and a mere list of things to the denial that follows it.
        if (parts.Count > 0 && (!SaysSomething(text) || (Denies(text) && !SaysSomething(parts[^1]))))
        {
            parts[^1] += text;
        }
        else
        {
            parts.Add(text);
        }
    }

    private static bool Denies(string text) => Tokenizer.Words(text).Exists(Denials.Contains);

    private static bool SaysSomething(string text)
    {
        var words = Tokenizer.Words(text);
        return text.AsSpan().ContainsAnyInRange('0', '9') || Denies(text)
            || (words.Exists(Predicates.Contains) && TellingStems(words).Count >= FewestStems);
    }

    // The "and" of "between 3 and 5 days" borders nothing, nor does the "or" of "2 or 3 photos".
    private static bool JoinsFigures(string text, Match border)
    {
        var before = text[Math.Max(0, border.Index - LongestRangeStart)..border.Index];
        var joins = border.Value.Trim().ToLowerInvariant();
        return (joins == "and" && before.Contains("between", StringComparison.OrdinalIgnoreCase))
            || (joins == "or" && Tokenizer.Words(before) is [.., var last] && (char.IsAsciiDigit(last[0]) || Figures.IsNumber(last)));
    }

    private static Clause Read(string text)
    {
        var words = Tokenizer.Words(Harmless.Replace(text, " "));
        var stems = TellingStems(words).ToHashSet(StringComparer.Ordinal);
        var first = words.FindIndex(Denials.Contains);
        var isDenied = words.Count(word => Denials.Contains(word) && word != "nor") % 2 == 1;
        var behind = isDenied ? TellingStems(words.Skip(first + 1)).ToHashSet(StringComparer.Ordinal) : [];
        return new Clause(stems, Figures.Read(text), isDenied, isDenied && behind.Count == 0 ? stems : behind);
    }
}
