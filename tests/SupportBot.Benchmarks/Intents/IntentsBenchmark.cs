using System.Diagnostics;
using System.Text.Json;
using SupportBot.Benchmarks.Measuring;
using SupportBot.Benchmarks.Processes;

namespace SupportBot.Benchmarks.Intents;

/// <summary>What is run.</summary>
/// <param name="Train">Labelled messages to learn, <c>{"text", "intent"}</c> a line.</param>
/// <param name="Test">Labelled messages to test.</param>
public sealed record IntentsPlan(FileInfo Train, FileInfo Test);

/// <summary>
/// The verb <c>intents</c>: understanding of the same messages by SupportBot and by npm's node-nlp, one after the other, each in a process of its
/// own. What is out of scope is left out, for node-nlp does not learn it. Processor time of training tells more than the clock where other
/// programs run, and SupportBot trains on several cores.
/// </summary>
public static class IntentsBenchmark
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly string NlpJsFolder = Path.Combine(Path.GetDirectoryName(Programs.BotBuilderEchoBot)!, "nlp-js");

    public static Task<int> RunAsync(IntentsPlan plan, bool json, CancellationToken ct) =>
        Measurement.RunAsync((_, ending) => MeasureAsync(plan, ending), Limit, json, ct);

    private static async Task<IFindings> MeasureAsync(IntentsPlan plan, CancellationToken ct)
    {
        foreach (var file in (FileInfo[])[plan.Train, plan.Test])
        {
            if (!file.Exists)
            {
                throw new BenchmarkFailure($"{file.FullName}: there is no such file.");
            }
        }

        var inScope = Directory.CreateTempSubdirectory("supportbot-intents-").FullName;
        try
        {
            var (train, test) = (await InScopeAsync(plan.Train, inScope, "train.jsonl", ct), await InScopeAsync(plan.Test, inScope, "test.jsonl", ct));
            await Console.Error.WriteLineAsync("SupportBot learns");
            var ours = await AskAsync("dotnet", Path.GetDirectoryName(Programs.SupportBot)!, [Programs.SupportBot, "evaluate", "intents", "--train", train, "--test", test, "--json"], ct);
            if (!File.Exists(Path.Combine(NlpJsFolder, "node_modules", ".package-lock.json")))
            {
                await using var npm = ChildProcess.Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", NlpJsFolder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
                await npm.EndAsync(ct);
            }

            await Console.Error.WriteLineAsync("nlp.js learns; minutes on large sets");
            return new IntentsFindings(ours, await AskAsync("node", NlpJsFolder, ["index.js", train, test], ct));
        }
        finally
        {
            Directory.Delete(inScope, recursive: true);
        }
    }

    private static async Task<string> InScopeAsync(FileInfo file, string folder, string name, CancellationToken ct)
    {
        var path = Path.Combine(folder, name);
        var lines = await File.ReadAllLinesAsync(file.FullName, ct);
        await File.WriteAllLinesAsync(path, lines.Where(line => line.Trim() != "" && !IsOutOfScope(line)), ct);
        return path;
    }

    private static bool IsOutOfScope(string line)
    {
        using var row = JsonDocument.Parse(line);
        return row.RootElement.GetProperty("intent").ValueKind == JsonValueKind.Null;
    }

    /// <summary>Runs a program to its end; the last line of its standard output is its figures.</summary>
    private static async Task<IntentFigures> AskAsync(string program, string folder, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 && JsonSerializer.Deserialize<IntentFigures>((await output).TrimEnd().Split('\n')[^1], JsonSerializerOptions.Web) is { } figures
                ? figures
                : throw new BenchmarkFailure($"{program} ended with code {process.ExitCode}: {(await errors).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
