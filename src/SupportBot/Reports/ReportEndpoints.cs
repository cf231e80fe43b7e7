using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Hosting;

namespace SupportBot.Reports;

/// <summary>The managers' figures.</summary>
public static class ReportEndpoints
{
    public static RouteGroupBuilder MapReports(this IEndpointRouteBuilder routes, string policy)
    {
        var group = routes.MapGroup("/api/reports/response-times").RequireAuthorization(policy).WithTags("Reports");
        group.MapGet("/", ReadAsync).WithSummary("Response times of today, 7 or 30 days");
        group.MapGet("/{metric}/conversations", ConversationsAsync).WithSummary("The conversations behind a figure, slowest first");
        return group;
    }

    private static async Task<Results<Ok<ResponseTimes>, JsonHttpResult<ErrorBody>>> ReadAsync(ResponseTimeReport report, CancellationToken ct, int days = 7) =>
        days is 1 or 7 or 30 ? TypedResults.Ok(await report.ReadAsync(days, ct)) : BadDays();

    private static async Task<Results<Ok<TimedConversationPage>, JsonHttpResult<ErrorBody>>> ConversationsAsync(
        ResponseTimeReport report, string metric, CancellationToken ct, int days = 7, int page = 1, string? bucket = null)
    {
        if (days is not (1 or 7 or 30))
        {
            return BadDays();
        }

        if (MetricDefinitions.Parse(metric) is not { } parsed)
        {
            return ErrorBody.Result(404, "UnknownMetric", $"There is no metric of the name {metric}.", "metric");
        }

        if (page is < 1 or > 100_000)
        {
            return ErrorBody.Result(400, "BadArgument", "page is a number from 1 to 100000.", "page");
        }

        DateTimeOffset? start = null;
        if (bucket is not null)
        {
            if (!DateTimeOffset.TryParse(bucket, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return ErrorBody.Result(400, "BadArgument", "bucket is the start of a bucket as the report gives it.", "bucket");
            }

            start = at.ToUniversalTime();
        }

        return TypedResults.Ok(await report.ConversationsAsync(parsed, days, start, page, ct));
    }

    private static JsonHttpResult<ErrorBody> BadDays() => ErrorBody.Result(400, "BadArgument", "days is 1, 7 or 30.", "days");
}
