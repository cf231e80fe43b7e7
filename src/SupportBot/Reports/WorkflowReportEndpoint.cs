using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Hosting;

namespace SupportBot.Reports;

/// <summary>The managers' map of each process.</summary>
public static class WorkflowReportEndpoint
{
    public static void MapWorkflowReport(this IEndpointRouteBuilder routes, string policy) =>
        routes.MapGet("/api/reports/workflows", ReadAsync)
            .RequireAuthorization(policy)
            .WithTags("Reports")
            .WithSummary("Each intent's process as a map: how many came to each step, how long it took, and where they fell out");

    private static async Task<Results<Ok<WorkflowFiguresPage>, JsonHttpResult<ErrorBody>>> ReadAsync(WorkflowReport report, CancellationToken ct, int days = 7) =>
        days is 1 or 7 or 30
            ? TypedResults.Ok(await report.ReadAsync(days, ct))
            : ErrorBody.Result(400, "BadArgument", "days is 1, 7 or 30.", "days");
}
