using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Answers;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Hosting.Evaluating;

/// <summary><c>evaluate</c>: how the bot would do on the company's own labelled questions.</summary>
public static class CompanyEvaluationVerb
{
    /// <param name="app">Makes the application of a command line.</param>
    public static Command Build(Func<ParseResult, WebApplication> app)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var floor = new Option<string[]>("--floor") { Description = "key=value that a figure must reach, or the exit code is 1; may be repeated" };
        var verb = new Command("evaluate", "Ask the company's own evaluation questions and report how the bot does")
        {
            json, floor, IntentEvaluationVerb.Build(app), RetrievalEvaluationVerb.Build(), ReplayVerb.Build(app),
        };
        verb.SetAction((parsed, _) => Task.FromResult(Run(app(parsed), parsed.GetValue(json), Floors.Parse(parsed.GetValue(floor)!))));
        return verb;
    }

    private static int Run(WebApplication app, bool json, Floors floors)
    {
        var understanding = app.LoadKnowledge(json ? null : new Server.ConsoleProgress()).Current;
        if (!json && app.Services.GetService<AzurePassages>() is not null)
        {
            Console.WriteLine("These figures are the embedded index's alone: how sure it may be is learnt from what it finds. `evaluate replay` asks the search service, too.");
        }

        var time = app.Services.GetRequiredService<TimeProvider>();
        var result = Evaluation.Run(understanding, time.GetUtcNow(), time);
        var figures = (JsonObject)JsonSerializer.SerializeToNode(result with { Misses = [] }, JsonSerializerOptions.Web)!;
        var missed = floors.Missed(figures);
        Console.WriteLine(json ? figures.ToJsonString(JsonSerializerOptions.Web) : EvaluationTable.Print(result));
        foreach (var line in missed)
        {
            Console.Error.WriteLine(line);
        }

        return missed.Count == 0 ? 0 : 1;
    }
}
