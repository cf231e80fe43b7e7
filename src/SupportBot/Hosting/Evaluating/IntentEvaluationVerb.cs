using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Answers.Evaluating;

namespace SupportBot.Hosting.Evaluating;

/// <summary><c>evaluate intents</c>: how well messages are understood, on labelled files or with the company's own intents.</summary>
public static class IntentEvaluationVerb
{
    /// <param name="app">Makes the application of a command line.</param>
    public static Command Build(Func<ParseResult, WebApplication> app)
    {
        var train = new Option<string[]>("--train") { Description = "JSONL file of messages to learn; without it the company's own intents are tested", AllowMultipleArgumentsPerToken = true };
        var validate = new Option<string[]>("--validate") { Description = "JSONL file to choose the threshold of rejection on; without it, on what is held out in training", AllowMultipleArgumentsPerToken = true };
        var test = new Option<string[]>("--test") { Description = "JSONL file to measure on", Required = true, AllowMultipleArgumentsPerToken = true };
        var few = new Option<int?>("--few") { Description = "Learn only the first so many examples of an intent" };
        few.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var count) && count < 1)
            {
                result.AddError("--few is at least 1.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var floor = new Option<string[]>("--floor") { Description = "key=value that a figure must reach, or the exit code is 1; may be repeated" };
        var verb = new Command("intents", "Measure how well messages are understood: {\"text\", \"intent\"} a line, intent null for out of scope") { train, validate, test, few, json, floor };
        verb.SetAction((parsed, _) => Task.FromResult(Run(
            () => app(parsed), new Request(parsed.GetValue(train)!, parsed.GetValue(validate)!, parsed.GetValue(test)!, parsed.GetValue(few)), parsed.GetValue(json), Floors.Parse(parsed.GetValue(floor)!))));
        return verb;
    }

    private static int Run(Func<WebApplication> app, Request request, bool json, Floors floors)
    {
        var result = Measure(app, request);
        var figures = (JsonObject)JsonSerializer.SerializeToNode(result, JsonSerializerOptions.Web)!;
        var missed = floors.Missed(figures);
        Console.WriteLine(json ? figures.ToJsonString(JsonSerializerOptions.Web) : Table(result));
        foreach (var line in missed)
        {
            Console.Error.WriteLine(line);
        }

        return missed.Count == 0 ? 0 : 1;
    }

    private static IntentEvaluationResult Measure(Func<WebApplication> app, Request request)
    {
        var test = LabelledTextFile.ReadAll(request.Test);
        if (test.Count == 0)
        {
            throw new StartProblem("--test: there is no message in the files.");
        }

        var validate = LabelledTextFile.ReadAll(request.Validate);
        if (request.Train.Length == 0)
        {
            return request.Few is null
                ? IntentEvaluation.Run(app().LoadKnowledge(null).Current, validate, test, TimeProvider.System)
                : throw new StartProblem("--few says how much of --train is learnt: give --train, too.");
        }

        var train = LabelledTextFile.ReadAll(request.Train);
        if (!train.Any(row => row.Intent is not null))
        {
            throw new StartProblem("--train: there is no message with an intent in the files.");
        }

        return IntentEvaluation.Run(request.Few is { } few ? IntentEvaluation.Few(train, few) : train, validate, test, TimeProvider.System);
    }

    private static string Table(IntentEvaluationResult result) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"{result.Rows} messages, {result.Intents} intents")
        .AppendLine(Row("Accuracy", result.Accuracy, "of those in scope, nothing rejected"))
        .AppendLine(Row("Macro-F1", result.MacroF1, ""))
        .AppendLine(Row("Calibration error", result.Ece, "of the intent's probability"))
        .AppendLine(Row("Out-of-scope AUROC", result.OosAuroc, ""))
        .AppendLine(Row("Out of scope rejected", result.OosRecallAt5Frr, "at the threshold for 5% false rejections"))
        .AppendLine(Row("Accuracy at the threshold", result.AccuracyAt5Frr, "of those in scope"))
        .AppendLine(Row("Falsely rejected", result.FalseRejections, "of those in scope"))
        .AppendLine(CultureInfo.InvariantCulture, $"{"Training",-30}{result.TrainCpuSeconds,8:0.0} s of processor time")
        .AppendLine(CultureInfo.InvariantCulture, $"{"Prediction",-30}{result.MicrosecondsPerPrediction,8:0.0} us")
        .Append(CultureInfo.InvariantCulture, $"{"Model",-30}{result.ModelBytes / 1e6,8:0.0} MB")
        .ToString();

    private static string Row(string name, double? share, string of) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-30}{share,8:P1} {of}").TrimEnd();

    private sealed record Request(string[] Train, string[] Validate, string[] Test, int? Few);
}
