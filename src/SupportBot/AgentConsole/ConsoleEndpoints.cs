using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Hosting;

namespace SupportBot.AgentConsole;

/// <summary>What the console reads over HTTP; whatever is live goes over the hub.</summary>
public static class ConsoleEndpoints
{
    public static RouteGroupBuilder MapConsoleApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/console/conversations").RequireAuthorization(Policies.Console).WithTags("Console");
        group.MapGet("/", ListAsync).WithSummary("Conversations, a page at a time");
        group.MapGet("/{id}", FindAsync).WithSummary("One conversation with its evidence and tickets");
        group.MapGet("/{id}/activities", ReadAsync).WithSummary("The transcript after a sequence number");
        routes.MapHub<AgentHub>("/hubs/agent").RequireAuthorization(Policies.Console);
        return group;
    }

    private static async Task<Results<Ok<ConversationPage>, JsonHttpResult<ErrorBody>>> ListAsync(
        Inbox inbox, HttpContext http, string view = "waiting", string? cursor = null, int limit = 50)
    {
        if (!Enum.TryParse<InboxView>(view, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
        {
            return ErrorBody.Result(400, "BadArgument", "view is one of waiting, mine, all.", "view");
        }

        return limit is < 1 or > Inbox.MaxPage
            ? ErrorBody.Result(400, "BadArgument", $"limit is a number from 1 to {Inbox.MaxPage}.", "limit")
            : TypedResults.Ok(await inbox.ListAsync(parsed, Agents.Of(http.User).Id, cursor, limit, http.RequestAborted));
    }

    private static async Task<Results<Ok<ConversationDetail>, JsonHttpResult<ErrorBody>>> FindAsync(Inbox inbox, string id, CancellationToken ct) =>
        await inbox.FindAsync(id, ct) is { } detail ? TypedResults.Ok(detail) : NotFound();

    private static async Task<Results<Ok<TranscriptPage>, JsonHttpResult<ErrorBody>>> ReadAsync(
        Inbox inbox, string id, CancellationToken ct, long after = 0, int limit = Inbox.MaxPage)
    {
        if (limit is < 1 or > Inbox.MaxPage)
        {
            return ErrorBody.Result(400, "BadArgument", $"limit is a number from 1 to {Inbox.MaxPage}.", "limit");
        }

        return await inbox.ReadAsync(id, after, limit, ct) is { } page ? TypedResults.Ok(page) : NotFound();
    }

    private static JsonHttpResult<ErrorBody> NotFound() => ErrorBody.Result(404, "ConversationNotFound", "There is no conversation with this id.");
}
