using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Hosting;
using SupportBot.Learning;
using SupportBot.Turns;

namespace SupportBot.AgentConsole;

/// <summary>Whether a label is learnt from.</summary>
public sealed record LabelUseRequest(bool? Used);

/// <summary>Which version is to be in force.</summary>
public sealed record InForceRequest(int? Number);

/// <summary>What managers see and decide of what the bot learns.</summary>
public static class LearningEndpoints
{
    public static void MapLearning(this IEndpointRouteBuilder routes, string policy)
    {
        var group = routes.MapGroup("/api/console/learning").RequireAuthorization(policy).WithTags("Learning");
        group.MapGet("/", ReadAsync).WithSummary("Labels, training, versions and the confidence curve at a glance");
        group.MapGet("/labels", LabelsAsync).WithSummary("Labels, the latest first, a page at a time");
        group.MapPut("/labels/{id:long}", UseAsync).WithSummary("Leaves a label out, or takes it in again");
        group.MapPost("/training", TrainAsync).WithSummary("Asks for a training");
        group.MapPut("/in-force", PutInForceAsync).WithSummary("Puts an earlier version in force again");
    }

    private static async Task<Ok<LearningView>> ReadAsync(
        LabelBook book, LearningOptions options, UnderstandingSource understanding, TimeProvider time, CancellationToken ct)
    {
        var counts = await book.CountAsync(ct);
        return TypedResults.Ok(new LearningView(
            new LabelCountsView(counts.Agents, counts.Thumbs, counts.Outcomes, counts.New, options.Automatic ? options.NewLabels : null),
            (await book.TrainingAsync(ct)).ToView(time.GetUtcNow()),
            [.. (await book.VersionsAsync(ct)).Select(v => v.ToView())],
            !understanding.IsSettled,
            understanding.Current.ToConfidence()));
    }

    private static async Task<Results<Ok<LabelPage>, JsonHttpResult<ErrorBody>>> LabelsAsync(
        LabelBook book, UnderstandingSource understanding, CancellationToken ct, string? source = null, string? cursor = null, int limit = 50)
    {
        LabelSource? wanted = null;
        if (source is not null)
        {
            if (!Enum.TryParse<LabelSource>(source, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                return ErrorBody.Result(400, "BadArgument", "source is one of agent, thumb, outcome.", "source");
            }

            wanted = parsed;
        }

        if (limit is < 1 or > LabelBook.MaxPage)
        {
            return ErrorBody.Result(400, "BadArgument", $"limit is a number from 1 to {LabelBook.MaxPage}.", "limit");
        }

        long before = 0;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return ErrorBody.Result(400, "BadArgument", "cursor is what the page before gave.", "cursor");
        }

        var (items, more) = await book.ListAsync(wanted, cursor is null ? null : before, limit, ct);
        var current = understanding.Current;
        return TypedResults.Ok(new LabelPage([.. items.Select(l => l.ToView(current))], more ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> UseAsync(LabelBook book, long id, LabelUseRequest request, CancellationToken ct) =>
        request.Used is not { } used ? ErrorBody.Result(400, "BadArgument", "used is true or false.", "used")
        : await book.LeaveOutAsync(id, !used, ct) ? TypedResults.NoContent()
        : ErrorBody.Result(404, "LabelNotFound", "There is no such label any more.", "id");

    private static async Task<Results<Accepted, JsonHttpResult<ErrorBody>>> TrainAsync(Trainer trainer, HttpContext http) =>
        await trainer.RequestAsync(Agents.Of(http.User).Name, http.RequestAborted)
            ? TypedResults.Accepted("/api/console/learning")
            : ErrorBody.Result(409, "AlreadyTraining", "A training is asked for or under way already.");

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> PutInForceAsync(Versions versions, InForceRequest request, CancellationToken ct)
    {
        if (request.Number is not { } number)
        {
            return ErrorBody.Result(400, "BadArgument", "number is that of a version.", "number");
        }

        return await versions.PutInForceAsync(number, ct) switch
        {
            RollBackOutcome.Done => TypedResults.NoContent(),
            RollBackOutcome.NeverTaken => ErrorBody.Result(409, "NeverTaken", "This version was never in force: it was no better than the one that was.", "number"),
            _ => ErrorBody.Result(404, "VersionNotFound", "There is no such version any more.", "number"),
        };
    }
}
