using System.Text.RegularExpressions;

namespace SupportBot.Answers;

/// <summary>The decisions on the questions of one message as one: the answers in the order of the questions, each with its own sources. Pure.</summary>
internal static partial class SeveralQuestions
{
    /// <summary>
    /// The answers together; null unless every question has an answer of its own and they are not the same. Half an answer is left to the
    /// decision on the whole message, which asks back or brings in a human with everything that was asked.
    /// </summary>
    public static Decision? Combine(IReadOnlyList<Decision> decisions)
    {
        var answers = decisions.OfType<Decision.Answer>().ToArray();
        if (answers.Length < 2 || answers.Length != decisions.Count || answers.Select(a => a.Citations[0].Slug).Distinct().Count() != answers.Length)
        {
            return null;
        }

        var citations = new List<Citation>();
        var texts = new List<string>();
        foreach (var answer in answers)
        {
            var before = citations.Count;
            texts.Add(Marker().Replace(answer.Text, match => $"[{int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) + before}]"));
            citations.AddRange(answer.Citations.Select(c => c with { Position = c.Position + before }));
        }

        var last = answers[^1];
        return last with { Text = string.Join("\n\n", texts), Citations = citations, Evidence = answers[0].Evidence };
    }

    [GeneratedRegex(@"\[(\d{1,3})\]")]
    private static partial Regex Marker();
}
