using System.Globalization;
using System.Text;
using SupportBot.Answers;

namespace SupportBot.Hosting;

/// <summary>An evaluation for people: the figures, then what went wrong, worst first.</summary>
public static class EvaluationTable
{
    public static string Print(EvaluationResult result)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{result.Questions} questions")
            .AppendLine(Row("Intent recognised", result.IntentAccuracy, "of those that have one"))
            .AppendLine(Row("Answered", result.Answered, "of all"))
            .AppendLine(Row("Answered, of the answerable", result.AnsweredOfAnswerable, ""))
            .AppendLine(Row("Right article", result.AnsweredRight, "of the answered"))
            .AppendLine(Row("Wrongly answered", result.WronglyAnswered, "of all"))
            .AppendLine(Row("Unanswerable, not answered", result.UnanswerableEscalated, "escalated, ticketed or asked back"))
            .AppendLine(Row("Calibration error", result.Ece, "of the answer probability"))
            .AppendLine(CultureInfo.InvariantCulture, $"{"Median turn",-30}{result.MedianTurnMs,8:0.0} ms");

        table.AppendLine().AppendLine(result.Coverage.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"The bot answers from a probability of {result.Threshold:0.00}. There are too few labelled questions to say what another threshold would do.")
            : string.Create(CultureInfo.InvariantCulture, $"The bot answers from a probability of {result.Threshold:0.00}. Of all questions, other thresholds would"));
        foreach (var point in result.Coverage)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"  {point.Threshold,5:0.00}  answer {point.Answered,6:P1}  wrongly {point.Wrong,6:P1}  {new string('#', (int)Math.Round(point.Wrong * 200))}");
        }

        if (result.Misses.Count > 0)
        {
            table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{result.Misses.Count} misses, wrong answers first:");
            foreach (var miss in result.Misses.OrderByDescending(m => m.Problem == "wrong answer"))
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"  {miss.Problem,-14} {miss.Confidence,6:0.00}  {miss.Text}")
                    .AppendLine(CultureInfo.InvariantCulture, $"  {"",-14} {"",6}  expected {miss.Expected}; got {miss.Got}");
            }
        }

        return table.ToString();
    }

    private static string Row(string name, double? share, string of) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-30}{share,8:P1} {of}").TrimEnd();
}
