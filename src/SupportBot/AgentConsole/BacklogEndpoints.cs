using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Hosting;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets;

namespace SupportBot.AgentConsole;

/// <summary>Something that has to happen elsewhere. Times are UTC.</summary>
/// <param name="Kind"><c>ticket</c>, <c>mail</c> or <c>channel</c>.</param>
/// <param name="Target">The ticketing system, by name.</param>
/// <param name="State"><c>waiting</c> or <c>failed</c>.</param>
/// <param name="Reason">Why the last attempt failed.</param>
/// <param name="NextTryAt">Null when it was given up.</param>
public sealed record BacklogItem(
    long Id, string Kind, string? Target, string ConversationId, string? Subject, string State, int Attempts, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt);

/// <summary>How it stands with a ticketing system.</summary>
/// <param name="Waiting">Rows on their way to it.</param>
/// <param name="Failed">Rows that were given up.</param>
/// <param name="DownSince">Since when it is out of reach; null while it answers.</param>
/// <param name="Reason">What went wrong last, while it is out of reach.</param>
public sealed record TicketSystemView(string Name, int Waiting, int Failed, DateTimeOffset? DownSince, string? Reason);

public sealed record BacklogPage(IReadOnlyList<BacklogItem> Items, long? NextCursor, IReadOnlyList<TicketSystemView> Systems, IReadOnlyList<string> RouteMistakes);

/// <summary><c>/api/console/backlog</c>: what has not arrived in the ticketing systems yet, and what was given up, with "try again".</summary>
public static class BacklogEndpoints
{
    private const int MaxPage = 100;

    public static void MapBacklog(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/console/backlog").RequireAuthorization(Policies.Reports).WithTags("Tickets");
        group.MapGet("/", ListAsync).WithSummary("What waits for a ticketing system, or was given up, oldest first, a page at a time");
        group.MapPost("/{id:long}/retry", RetryAsync).WithSummary("Tries again what was given up");
    }

    private static async Task<Results<Ok<BacklogPage>, JsonHttpResult<ErrorBody>>> ListAsync(
        IDbContextFactory<SupportBotDb> contexts, TicketSystems systems, TicketQueues queues, OutboxTargets targets, CancellationToken ct, string view = "waiting", long after = 0, int limit = 50)
    {
        if (limit is < 1 or > MaxPage)
        {
            return ErrorBody.Result(400, "BadArgument", $"limit is a number from 1 to {MaxPage}.", "limit");
        }

        if (view is not ("waiting" or "failed"))
        {
            return ErrorBody.Result(400, "BadArgument", "view is one of waiting, failed.", "view");
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var waiting = db.Outbox.AsNoTracking().Where(o => o.Open && !FollowUpRow.Kinds.Contains(o.Kind));
        var failed = db.Outbox.AsNoTracking().Where(o => !o.Open && o.DoneAt == null);
        var rows = await (view == "waiting" ? waiting : failed).Where(o => o.Id > after).OrderBy(o => o.Id).Take(limit + 1).ToListAsync(ct);
        var shown = rows.Take(limit).ToList();
        var ids = shown.Select(r => r.ConversationId).Distinct().ToList();
        var subjects = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Subject, ct);
        var waitingPer = await waiting.GroupBy(o => o.Target).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var failedPer = await failed.GroupBy(o => o.Target).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return TypedResults.Ok(new BacklogPage(
            shown.ConvertAll(o => new BacklogItem(
                o.Id, o.Kind, o.Target, o.ConversationId, subjects.GetValueOrDefault(o.ConversationId), view, o.Attempts, o.LastError, o.CreatedAt, o.Open ? o.DueAt : null)),
            rows.Count > limit ? shown[^1].Id : null,
            [
                .. systems.All.Select(s => new TicketSystemView(
                    s.Name, waitingPer.FirstOrDefault(w => w.Key == s.Name)?.Count ?? 0, failedPer.FirstOrDefault(w => w.Key == s.Name)?.Count ?? 0,
                    targets.StateOf(s.Name).DownSince, targets.StateOf(s.Name).Reason)),
            ],
            queues.Mistakes));
    }

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> RetryAsync(
        long id, IDbContextFactory<SupportBotDb> contexts, Commits commits, OutboxBell bell, TimeProvider time, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Outbox.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, ct) is not { DoneAt: null } row)
        {
            return ErrorBody.Result(404, "NotInBacklog", "Nothing of this id waits or was given up.", "id");
        }

        // A row that is under way is leased by its due time, which must not be moved back.
        var now = time.GetUtcNow();
        await commits.RunAsync(row.ConversationId, writing => writing.Outbox
            .Where(o => o.Id == id && !o.Open && o.DoneAt == null)
            .ExecuteUpdateAsync(u => u.SetProperty(o => o.Open, true).SetProperty(o => o.DueAt, now).SetProperty(o => o.Attempts, 0), ct), ct);
        bell.Ring();
        return TypedResults.NoContent();
    }
}
