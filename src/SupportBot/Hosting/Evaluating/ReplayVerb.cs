using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SupportBot.Answers;
using SupportBot.Knowledge.AzureSearch;
using SupportBot.Learning;
using SupportBot.Storage;
using SupportBot.Turns;

namespace SupportBot.Hosting.Evaluating;

/// <summary><c>evaluate replay</c>: past conversations once more with the files as they are now.</summary>
public static class ReplayVerb
{
    private const int UsualCount = 100;

    /// <param name="app">Makes the application of a command line.</param>
    public static Command Build(Func<ParseResult, WebApplication> app)
    {
        var last = new Option<int>("--last") { Description = "How many conversations, the latest first", DefaultValueFactory = _ => UsualCount };
        last.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var count) && count is < 1 or > Replay.MostConversations)
            {
                result.AddError($"--last is from 1 to {Replay.MostConversations}.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var verb = new Command("replay", "Answer past conversations again with the files as they are now, and list what would change") { last, json };
        verb.SetAction((parsed, ct) => RunAsync(app(parsed), parsed.GetValue(last), parsed.GetValue(json), ct));
        return verb;
    }

    private static async Task<int> RunAsync(WebApplication app, int last, bool json, CancellationToken ct)
    {
        await StorageSetup.MigrateAsync(app.Services, ct);
        await app.Services.GetRequiredService<Versions>().FollowAsync(ct);
        var understanding = app.LoadKnowledge(json ? null : new Server.ConsoleProgress()).Current;
        await CheckAsync(app, understanding, ct);
        var result = await app.Services.GetRequiredService<Replay>().RunAsync(last, ct);
        Console.WriteLine(json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : Table(result));
        return 0;
    }

    /// <summary>A search service that holds these files is asked, too; otherwise the embedded index answers, and that is said.</summary>
    private static async Task CheckAsync(WebApplication app, Understanding understanding, CancellationToken ct)
    {
        if (app.Services.GetService<AzurePassages>() is { } service)
        {
            try
            {
                await service.CheckAsync(understanding.Content, ct);
            }
            catch (SearchProblem)
            {
                // The state says it in the line below.
            }

            await Console.Error.WriteLineAsync(service.State.Sentence);
        }
    }

    private static string Table(ReplayResult result)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{result.Messages} messages in {result.Conversations} conversations: {result.Same} as before, {result.Better} better, {result.Worse} worse, {result.Unclear} other.");
        foreach (var change in result.Changes.OrderByDescending(c => c.Verdict == "worse"))
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"  {change.Verdict,-8} {change.Text.ReplaceLineEndings(" ")}")
                .AppendLine(CultureInfo.InvariantCulture, $"  {"",-8} {Words(change.Before)} -> {Words(change.After)}");
        }

        return table.ToString().TrimEnd();
    }

    private static string Words(ReplayOutcome outcome) => outcome.Article is null ? $"{outcome.Action} ({outcome.Reason})" : $"{outcome.Action} from {outcome.Article}";
}
