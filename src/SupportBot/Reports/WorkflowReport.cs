using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Storage;
using SupportBot.Turns;
using SupportBot.Workflows;

namespace SupportBot.Reports;

/// <summary>How customers fell out of a process at a step.</summary>
/// <param name="GivenUp">It was asked for often enough, or they asked for a human.</param>
/// <param name="Cancelled">They no longer wanted it.</param>
/// <param name="SubjectChanged">They went on to something else.</param>
/// <param name="Failed">A system did not answer.</param>
/// <param name="Silent">They said nothing for a day.</param>
public sealed record FallenOut(int GivenUp, int Cancelled, int SubjectChanged, int Failed, int Silent);

/// <summary>A step of a process with its figures.</summary>
/// <param name="Id">Its id in <see cref="WorkflowEdge"/>.</param>
/// <param name="Kind"><c>start</c>, <c>collect</c>, <c>lookup</c>, <c>say</c>, <c>answer</c>, <c>ticket</c>, <c>human</c>, <c>solved</c>, or <c>gone</c> for one that the workflow no longer has.</param>
/// <param name="Count">How often it was entered.</param>
/// <param name="Done">How often it was done.</param>
/// <param name="AskedAgain">How often it was asked again.</param>
/// <param name="Open">How many customers are at it now.</param>
/// <param name="MedianSeconds">Half of those who did it took at most so long; null where nobody did.</param>
public sealed record WorkflowNode(string Id, string Kind, string Title, int Count, int Done, int AskedAgain, int Open, double? MedianSeconds, FallenOut FallenOut);

/// <summary>How often customers went from one step to another.</summary>
public sealed record WorkflowEdge(string From, string To, int Count);

/// <summary>A process with its figures.</summary>
/// <param name="Answer"><c>automatic</c>, <c>draft</c> or <c>never</c>.</param>
/// <param name="Runs">How many customers began it.</param>
public sealed record WorkflowFigures(string Intent, string Title, string Answer, int Runs, IReadOnlyList<WorkflowNode> Nodes, IReadOnlyList<WorkflowEdge> Edges);

public sealed record WorkflowFiguresPage(int Days, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<WorkflowFigures> Workflows);

/// <summary>Each intent's process as a map with figures. A period ends now and begins with a day in the company's time zone; a run counts where it began.</summary>
public sealed class WorkflowReport(IDbContextFactory<SupportBotDb> contexts, UnderstandingSource understanding, CurrentCompany company, TimeProvider time)
{
    /// <summary>After so long somebody who has not answered is taken to have gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    public async Task<WorkflowFiguresPage> ReadAsync(int days, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var zone = company.Facts.TimeZone;
        var from = zone.AtStartOfDay(Instant.FromDateTimeOffset(now).InZone(zone).Date.PlusDays(1 - days)).ToInstant().ToDateTimeOffset();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var steps = await db.WorkflowSteps.AsNoTracking()
            .Where(s => s.EnteredAt >= from)
            .OrderBy(s => s.Id)
            .Select(s => new Step(s.ConversationId, s.Run, s.Intent, s.Step, s.EnteredAt, s.LeftAt, s.Outcome))
            .ToListAsync(ct);
        var byIntent = steps.ToLookup(s => s.Intent, StringComparer.Ordinal);
        var current = understanding.Current;
        return new WorkflowFiguresPage(days, from, now, [.. current.Intents
            .Where(i => current.Workflows.ContainsKey(i.Name))
            .Select(i => Of(i.Name, i.Title, current.Workflows[i.Name], i.Articles.Count > 0, [.. byIntent[i.Name]], now))
            .OrderByDescending(w => w.Runs).ThenBy(w => w.Title, StringComparer.Ordinal)]);
    }

    private static WorkflowFigures Of(string intent, string title, Workflow workflow, bool answers, List<Step> taken, DateTimeOffset now)
    {
        var map = WorkflowMap.Of(workflow, answers);
        var runs = taken.GroupBy(s => (s.ConversationId, s.Run)).Select(g => g.ToList()).ToList();
        var gone = taken.Select(s => s.Name).Distinct().Except(map.Steps.Select(s => s.Id)).Select(id => new MapStep(id, KindOf(id)));
        var bySteps = taken.ToLookup(s => s.Name, StringComparer.Ordinal);
        var nodes = map.Steps.Concat(gone).Select(s => s.Kind == StepKind.Start
            ? new WorkflowNode(s.Id, "start", "Start", runs.Count, runs.Count, 0, 0, null, new FallenOut(0, 0, 0, 0, 0))
            : Node(s, [.. bySteps[s.Id]], now));
        var walked = runs.SelectMany(Ways).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());
        var edges = map.Ways.Concat(walked.Keys).Distinct().Select(w => new WorkflowEdge(w.From, w.To, walked.GetValueOrDefault(w)));
        return new WorkflowFigures(intent, title, workflow.Answer.ToString().ToLowerInvariant(), runs.Count, [.. nodes], [.. edges]);
    }

    private static WorkflowNode Node(MapStep step, List<Step> taken, DateTimeOffset now)
    {
        var done = taken.Where(s => s.Outcome == "Done").Select(s => (s.Left!.Value - s.Entered).TotalSeconds).ToList();
        done.Sort();
        int Count(string outcome) => taken.Count(s => s.Outcome == outcome);
        var silent = taken.Count(s => s.Left is null && now - s.Entered >= Silence);
        return new WorkflowNode(
            step.Id,
            step.Kind.ToString().ToLowerInvariant(),
            TitleOf(step.Id),
            taken.Count,
            done.Count,
            Count("AskedAgain"),
            taken.Count(s => s.Left is null) - silent,
            ResponseTimeReport.Percentile(done, 0.5),
            new FallenOut(Count("GivenUp"), Count("Cancelled"), Count("SubjectChanged"), Count("Failed"), silent));
    }

    private static IEnumerable<(string From, string To)> Ways(List<Step> run)
    {
        var from = WorkflowMap.Start;
        foreach (var step in run)
        {
            yield return (from, step.Name);
            from = step.Name;
        }
    }

    private static StepKind KindOf(string id) => Enum.TryParse<StepKind>(id, ignoreCase: true, out var end) && end is StepKind.Answer or StepKind.Say or StepKind.Ticket ? end : StepKind.Gone;

    private static string TitleOf(string id) => string.Concat(id[..1].ToUpperInvariant(), id[1..].Replace('_', ' '));

    private sealed record Step(string ConversationId, int Run, string Intent, string Name, DateTimeOffset Entered, DateTimeOffset? Left, string? Outcome);
}
