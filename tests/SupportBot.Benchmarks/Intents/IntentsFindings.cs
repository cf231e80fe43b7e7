using System.Globalization;
using System.Text;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Intents;

/// <summary>How one program did.</summary>
/// <param name="Rows">Messages tested.</param>
/// <param name="Accuracy">Share of right intents, 0 to 1.</param>
/// <param name="TrainCpuSeconds">Processor time of training.</param>
/// <param name="MicrosecondsPerPrediction">Time of a prediction, one after the other.</param>
public sealed record IntentFigures(int Rows, double Accuracy, double TrainCpuSeconds, double MicrosecondsPerPrediction);

/// <summary>SupportBot and nlp.js on the same messages.</summary>
public sealed record IntentsFindings(IntentFigures SupportBot, IntentFigures NlpJs) : IFindings
{
    public string? Flaw => SupportBot.Rows == NlpJs.Rows ? null : $"SupportBot was tested on {SupportBot.Rows} messages and nlp.js on {NlpJs.Rows}.";

    public string ToTable()
    {
        var table = new StringBuilder();
        void Row(string name, string ours, string theirs) => table.AppendLine(CultureInfo.InvariantCulture, $"{name,-28}{ours,12}{theirs,12}");
        static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
        Row(string.Create(CultureInfo.InvariantCulture, $"{SupportBot.Rows} messages"), "SupportBot", "nlp.js");
        Row("Accuracy", Number(SupportBot.Accuracy, "P1"), Number(NlpJs.Accuracy, "P1"));
        Row("Training, processor time", Number(SupportBot.TrainCpuSeconds, "0.0 s"), Number(NlpJs.TrainCpuSeconds, "0.0 s"));
        Row("A prediction", Number(SupportBot.MicrosecondsPerPrediction, "0 us"), Number(NlpJs.MicrosecondsPerPrediction, "0 us"));
        return table.ToString().TrimEnd();
    }

    public object ToPlain() => new { SupportBot, NlpJs };
}
