using System.Text.RegularExpressions;
using SupportBot.Company;

namespace SupportBot.Answers.Models;

/// <summary>Finds the words of a sentence that are written as names.</summary>
internal static class Names
{
    private static readonly Regex Word = new(@"[\p{L}\p{M}]+(['’][\p{L}\p{M}]+)*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>What makes the word before it the subject of a sentence.</summary>
    private static readonly HashSet<string> Verbs =
    [
        "is", "are", "was", "were", "has", "have", "can", "cannot", "will", "does", "offers", "lets", "allows", "ships", "delivers", "costs", "takes",
        "accepts", "charges", "covers", "sells", "provides", "requires", "gives", "pays",
    ];

    /// <summary>
    /// Words with a capital letter that the beginning of the sentence does not explain, and a first word that is its subject, since a
    /// name there looks like any other word.
    /// </summary>
    public static IEnumerable<(string Word, string Stem)> In(string sentence)
    {
        var words = Word.Matches(sentence);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].Value;
            var isFirst = i == 0 || sentence[words[i - 1].Index..words[i].Index].AsSpan().ContainsAny(":\"“");
            var isName = char.IsUpper(word[0]) && word != "I" && !word.StartsWith("I'", StringComparison.Ordinal) && !word.StartsWith("I’", StringComparison.Ordinal);
            var isSubject = i == 0 && words.Count > 1 && Verbs.Contains(words[1].Value);
            if (isName && (!isFirst || isSubject || word.Skip(1).Any(char.IsUpper)) && Clause.TellingStems(word) is [var stem])
            {
                yield return (word, stem);
            }
        }
    }
}
