using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SupportBot.Hosting;
using SupportBot.Outbox;
using SupportBot.Storage;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.AgentConsole;

/// <summary>A ticket of our own store, in a list. Times are UTC.</summary>
/// <param name="Number">As people say it, such as <c>T-00001</c>.</param>
/// <param name="Phase"><c>open</c>, <c>waiting</c>, <c>solved</c> or <c>closed</c>.</param>
/// <param name="Version">To be sent back with a change: a stale one is refused.</param>
public sealed record StoreTicket(
    string Number, string Subject, string Phase, string Queue, string Priority, string? Assignee, string Requester, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, long Version);

/// <param name="Public">Whether the customer gets it.</param>
public sealed record StoreMessage(long Id, bool Public, bool FromAgent, string Author, string Text, DateTimeOffset At);

/// <summary>A ticket with everything in it.</summary>
public sealed record StoreTicketDetail(
    StoreTicket Ticket, string? RequesterEmail, string Body, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Fields, string ConversationId, IReadOnlyList<StoreMessage> Messages);

public sealed record StoreTicketPage(IReadOnlyList<StoreTicket> Items, string? NextCursor);

/// <param name="Text">1 to 20,000 characters.</param>
/// <param name="Public">A reply to the customer, or a note for agents.</param>
public sealed record NewStoreMessage(string? Text, bool Public);

/// <summary>A change; null leaves what is.</summary>
public sealed record StoreTicketChange(string? Phase, string? Queue, string? Priority, string? Assignee, long? Version);

/// <summary><c>/api/tickets</c>: our own ticket store, for those who have no other.</summary>
public static class StoreEndpoints
{
    private const int MaxPage = 100;
    private const int LongestText = 20_000;
    private const int LongestName = 100;
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];

    public static void MapTicketStore(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/tickets").RequireAuthorization(Policies.Console).WithTags("Tickets");
        group.MapGet("/", ListAsync).WithSummary("Tickets of our own store, those changed last first, a page at a time");
        group.MapGet("/{number}", FindAsync).WithSummary("One ticket with its messages");
        group.MapPost("/{number}/messages", AddAsync).WithSummary("A reply to the customer or a note for agents");
        group.MapPatch("/{number}", ChangeAsync).WithSummary("Changes phase, queue, priority or assignee");
    }

    private static async Task<Results<Ok<StoreTicketPage>, JsonHttpResult<ErrorBody>>> ListAsync(
        IDbContextFactory<SupportBotDb> contexts, CancellationToken ct, string? phase = null, string? queue = null, string? cursor = null, int limit = 50)
    {
        if (limit is < 1 or > MaxPage)
        {
            return ErrorBody.Result(400, "BadArgument", $"limit is a number from 1 to {MaxPage}.", "limit");
        }

        TicketPhase? wanted = null;
        if (phase is not null)
        {
            if (PhaseOf(phase) is not { } parsed)
            {
                return PhaseUnknown();
            }

            wanted = parsed;
        }

        (DateTimeOffset At, long Number)? after = null;
        if (cursor is not null)
        {
            if (cursor.Split('_') is not [var t, var n] || !long.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks
                || !long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return ErrorBody.Result(400, "BadArgument", "cursor is what an earlier page gave as nextCursor.", "cursor");
            }

            after = (new DateTimeOffset(ticks, TimeSpan.Zero), number);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var tickets = db.EmbeddedTickets.AsNoTracking();
        if (wanted is { } w)
        {
            tickets = tickets.Where(x => x.Phase == w);
        }

        if (queue is not null)
        {
            tickets = tickets.Where(x => x.Queue == queue);
        }

        if (after is var (at, last))
        {
            tickets = tickets.Where(x => x.ChangedAt < at || (x.ChangedAt == at && x.Number < last));
        }

        var page = await tickets.OrderByDescending(x => x.ChangedAt).ThenByDescending(x => x.Number).Take(limit + 1).ToListAsync(ct);
        var more = page.Count > limit;
        var items = page.Take(limit).ToList();
        return TypedResults.Ok(new StoreTicketPage(
            items.ConvertAll(ToView), more ? string.Create(CultureInfo.InvariantCulture, $"{items[^1].ChangedAt.UtcTicks}_{items[^1].Number}") : null));
    }

    private static async Task<Results<Ok<StoreTicketDetail>, JsonHttpResult<ErrorBody>>> FindAsync(IDbContextFactory<SupportBotDb> contexts, string number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (NumberOf(number) is not { } n || await db.EmbeddedTickets.AsNoTracking().FirstOrDefaultAsync(t => t.Number == n, ct) is not { } ticket)
        {
            return NotFound();
        }

        var messages = await db.EmbeddedTicketMessages.AsNoTracking()
            .Where(m => m.TicketNumber == n)
            .OrderByDescending(m => m.Id)
            .Take(TicketState.MostMessages)
            .ToListAsync(ct);
        messages.Reverse();
        return TypedResults.Ok(new StoreTicketDetail(
            ToView(ticket),
            ticket.RequesterEmail,
            ticket.Body,
            JsonSerializer.Deserialize<string[]>(ticket.Tags) ?? [],
            JsonSerializer.Deserialize<Dictionary<string, string>>(ticket.Fields) ?? [],
            ticket.ConversationId,
            messages.ConvertAll(m => new StoreMessage(m.Id, m.Public, m.FromAgent, m.AuthorName, m.Text, m.At))));
    }

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> AddAsync(
        EmbeddedSystem store, IDbContextFactory<SupportBotDb> contexts, TicketHints hints, ClaimsPrincipal user, string number, NewStoreMessage message, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(message.Text) || message.Text.Length > LongestText)
        {
            return ErrorBody.Result(400, "BadArgument", $"text has 1 to {LongestText} characters.", "text");
        }

        if (await IdAsync(contexts, number, ct) is not { } id)
        {
            return NotFound();
        }

        await store.AgentWritesAsync(id, message.Text.Trim(), message.Public, NameOf(user), ct);
        hints.Add(EmbeddedSystem.SystemName, id);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, JsonHttpResult<ErrorBody>>> ChangeAsync(
        EmbeddedSystem store, IDbContextFactory<SupportBotDb> contexts, TicketHints hints, string number, StoreTicketChange change, CancellationToken ct)
    {
        TicketPhase? phase = null;
        if (change.Phase is { } word)
        {
            if (PhaseOf(word) is not { } parsed)
            {
                return PhaseUnknown();
            }

            phase = parsed;
        }

        if (change.Priority is { } priority && !Priorities.Contains(priority))
        {
            return ErrorBody.Result(400, "BadArgument", $"priority is one of {string.Join(", ", Priorities)}.", "priority");
        }

        if (change.Assignee is { Length: > LongestName })
        {
            return ErrorBody.Result(400, "BadArgument", $"assignee has at most {LongestName} characters.", "assignee");
        }

        if (await IdAsync(contexts, number, ct) is not { } id)
        {
            return NotFound();
        }

        try
        {
            if (!await store.TryUpdateAsync(id, new TicketUpdate(phase, change.Queue, change.Priority, change.Assignee), change.Version, ct))
            {
                return ErrorBody.Result(409, "TicketChanged", "Somebody changed this ticket in between; read it again.", "version");
            }
        }
        catch (OutboxRefusal refusal)
        {
            return ErrorBody.Result(400, "BadArgument", refusal.Message, "queue");
        }

        hints.Add(EmbeddedSystem.SystemName, id);
        return TypedResults.NoContent();
    }

    private static async Task<string?> IdAsync(IDbContextFactory<SupportBotDb> contexts, string number, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return NumberOf(number) is { } n && await db.EmbeddedTickets.AnyAsync(t => t.Number == n, ct) ? IdOf(n) : null;
    }

    private static StoreTicket ToView(EmbeddedTicket t) => new(
        EmbeddedSystem.NumberOf(t.Number), t.Subject, EmbeddedSystem.WordOf(t.Phase), t.Queue, t.Priority, t.Assignee, t.Requester, t.CreatedAt, t.ChangedAt, t.Version);

    private static long? NumberOf(string number) =>
        long.TryParse(number.StartsWith("T-", StringComparison.OrdinalIgnoreCase) ? number[2..] : number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static string IdOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static TicketPhase? PhaseOf(string word) => Enum.TryParse<TicketPhase>(word, ignoreCase: true, out var phase) && Enum.IsDefined(phase) ? phase : null;

    private static string NameOf(ClaimsPrincipal user) => Agents.Of(user).Name;

    private static JsonHttpResult<ErrorBody> PhaseUnknown() => ErrorBody.Result(400, "BadArgument", "phase is one of open, waiting, solved, closed.", "phase");

    private static JsonHttpResult<ErrorBody> NotFound() => ErrorBody.Result(404, "TicketNotFound", "There is no ticket of this number in our store.");
}
