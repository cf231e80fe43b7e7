using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using SupportBot.Answers;
using SupportBot.Knowledge.AzureSearch;
using SupportBot.Knowledge.Checking;

namespace SupportBot.Hosting;

/// <summary><c>index</c>: indexes the articles, learns from the files, and reports what has changed and what a person should look at.</summary>
public static class IndexVerb
{
    private const string IndexedFile = "indexed-articles.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly Dictionary<FindingKind, string> Titles = new()
    {
        [FindingKind.BrokenLink] = "Broken links",
        [FindingKind.Duplicate] = "Duplicates",
        [FindingKind.Contradiction] = "Different numbers for what looks like the same",
        [FindingKind.Stale] = "Stale",
    };

    /// <param name="app">Makes the application of a command line.</param>
    public static Command Build(Func<ParseResult, WebApplication> app)
    {
        var json = new Option<bool>("--json") { Description = "Print the report as one JSON object" };
        var verb = new Command("index", "Check the company's files, index the articles, train the classifier and report what has changed and what looks wrong") { json };
        verb.SetAction((parsed, ct) => RunAsync(app(parsed), parsed.GetValue(json), ct));
        return verb;
    }

    private static async Task<int> RunAsync(WebApplication app, bool json, CancellationToken ct)
    {
        var progress = json ? null : new Server.ConsoleProgress();
        var understanding = app.LoadKnowledge(progress).Current;
        await BringAsync(app, understanding, progress, ct);
        var indexed = Path.Combine(app.Services.GetRequiredService<Folders>().Cache, IndexedFile);
        var now = Instant.FromDateTimeOffset(app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var report = IndexReport.Of(understanding.Articles, IndexedArticles.Read(indexed), now.InZone(understanding.Facts.TimeZone).Date);
        IndexedArticles.Of(understanding.Articles).Write(indexed);
        Console.WriteLine(json ? JsonSerializer.Serialize(report, Json) : Text(report, understanding.Intents.Count));
        return 0;
    }

    /// <summary>Where a search service is configured: its index is made or changed, and gets what differs.</summary>
    private static async Task BringAsync(WebApplication app, Understanding understanding, IProgress<string>? progress, CancellationToken ct)
    {
        if (app.Services.GetService<AzurePassages>() is not { } service)
        {
            return;
        }

        try
        {
            if (await service.BringAsync(understanding.Content, takeOver: true, progress, ct) is { } result)
            {
                progress?.Report($"Azure AI Search: {result.Uploaded} passages uploaded, {result.Deleted} deleted, {result.Unchanged} unchanged.");
            }
        }
        catch (SearchProblem problem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    private static string Text(IndexReport report, int intents)
    {
        var text = new StringBuilder();
        foreach (var kind in report.Findings.GroupBy(f => f.Kind))
        {
            text.Append(Titles[kind.Key]).AppendLine(":");
            foreach (var finding in kind)
            {
                text.Append("  ").Append(finding.Article).Append(finding.Other is null ? "" : $" and {finding.Other}").Append(": ").AppendLine(finding.Message);
            }
        }

        Append(text, "Added", report.Added);
        Append(text, "Changed", report.Changed);
        Append(text, "Removed", report.Removed);
        return text.Append(
            $"{report.Articles} articles in {report.Passages} passages and {intents} intents are ready; {report.Added.Count} added, {report.Changed.Count} changed, {report.Removed.Count} removed; {report.Findings.Count} to look at.").ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<string> articles)
    {
        if (articles.Count > 0)
        {
            text.Append(title).Append(": ").AppendJoin(", ", articles).AppendLine();
        }
    }
}
