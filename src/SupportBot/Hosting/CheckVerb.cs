using System.CommandLine;
using System.Text.Json;
using SupportBot.Answers;
using SupportBot.Company;
using SupportBot.Lookups;

namespace SupportBot.Hosting;

/// <summary><c>check</c>: says every mistake in the company's files, and what their look-ups need that the configuration does not give. Learns nothing.</summary>
public static class CheckVerb
{
    /// <param name="app">Makes the application of a command line.</param>
    public static Command Build(Func<ParseResult, WebApplication> app)
    {
        var json = new Option<bool>("--json") { Description = "Print the mistakes as one JSON array" };
        var verb = new Command("check", "Check the company's files and say every mistake with file, line and fix") { json };
        verb.SetAction((parsed, _) => Task.FromResult(Run(app(parsed), parsed.GetValue(json))));
        return verb;
    }

    private static int Run(WebApplication app, bool json)
    {
        var (text, sound) = Check(app.Services.GetRequiredService<Folders>().Knowledge, app.Services.GetRequiredService<LookupSettings>(), json);
        Console.WriteLine(text);
        return sound ? 0 : 1;
    }

    internal static (string Text, bool Sound) Check(string folder, LookupSettings settings, bool json)
    {
        var problems = new FileProblems();
        var reading = CompanyReading.Read(folder, problems, missing: settings.Missing);
        var text = json
            ? JsonSerializer.Serialize(problems.Found, JsonSerializerOptions.Web)
            : string.Join(Environment.NewLine, problems.Found.Select(p => p.ToString()).DefaultIfEmpty(Sound(reading)));
        return (text, problems.None);
    }

    private static string Sound(CompanyReading? reading) => reading is null
        ? "Nothing could be read."
        : $"{reading.Articles.Count} articles, {reading.Intents.Count} intents with their workflows and {reading.Evaluation.Count} labelled questions: no mistakes.";
}
