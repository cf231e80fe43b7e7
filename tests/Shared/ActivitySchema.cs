using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.Tests.Peers;

/// <summary>
/// The activity schema of the Microsoft 365 Agents SDK (npm <c>@microsoft/agents-activity</c>), by which every activity is
/// judged that a server of these tests has stored or sent. One program answers for the whole run.
/// </summary>
public static class ActivitySchema
{
    /// <summary>Ends a run in which the program has failed; it answers within milliseconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const int BatchSize = 500;

    private static readonly Lazy<Task<NodeProgram>> Program = new(() => NodeProgram.StartAsync("activity-schema"));

    /// <summary>Says which activities are not as the schema wants them.</summary>
    /// <param name="activities">Their wire form.</param>
    /// <exception cref="InvalidActivityException">At least one is not.</exception>
    public static async Task CheckAsync(IEnumerable<string> activities)
    {
        var faults = new List<(string Issues, string Activity)>();
        foreach (var batch in activities.Chunk(BatchSize))
        {
            var program = await Program.Value;
            var question = new JsonObject { ["activities"] = new JsonArray([.. batch.Select(Parse)]) };
            var answer = await program.AskAsync(question, Limit);
            faults.AddRange(answer.EnumerateArray().Select(issues => string.Join("; ", issues.EnumerateArray())).Zip(batch).Where(fault => fault.First != ""));
        }

        if (faults.Count > 0)
        {
            throw new InvalidActivityException(faults);
        }
    }

    private static JsonNode? Parse(string json) => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 });
}

/// <summary>A server has stored or sent what are no valid activities: what is wrong with them, with an example of each.</summary>
public sealed class InvalidActivityException(IEnumerable<(string Issues, string Activity)> faults)
    : Exception(string.Join('\n', faults.GroupBy(f => f.Issues).Select(g => $"{g.Key} ({g.Count()} times), as in {g.First().Activity}")));
