using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>
/// Zendesk as its OpenAPI description and its guides tell it: groups, fields, agents, tickets with audits, uploads, keys that last two hours,
/// updates that collide, a list that is up to date and a search that is not.
/// </summary>
public sealed partial class FakeZendesk : VendorFake
{
    public const string User = "bot@tarn.example";
    public const string Secret = "zendesk-token-1";
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(2);

    private readonly Dictionary<string, long> _groups = new() { ["Returns"] = 71, ["Orders"] = 72, ["General"] = 73 };
    private readonly Dictionary<long, (string Title, string Type)> _fields = new() { [501] = ("Order number", "text"), [502] = ("Confidence", "text") };
    private readonly Dictionary<long, ZendeskUser> _users = new()
    {
        [11] = new(11, "SupportBot", User, "admin"),
        [12] = new(12, "Aoife Agent", "aoife@tarn.example", "agent"),
    };

    private readonly Dictionary<long, ZendeskTicket> _tickets = [];
    private readonly Dictionary<string, StoredFile> _uploads = [];
    private readonly Dictionary<string, (DateTimeOffset At, string Body, long Ticket)> _keys = [];

    /// <summary>Happens once, after a caller has read a ticket and before its update arrives.</summary>
    public Func<Task>? BeforeUpdate { get; set; }

    protected override IResult? Refuse(HttpRequest request) =>
        request.Path.StartsWithSegments("/elsewhere") || IsBasic(request, $"{User}/token", Secret) ? null : Json(new { error = "Couldn't authenticate you" }, 401);

    protected override IResult TooMany() => Json(new { error = "APIRateLimitExceeded", description = "Number of allowed API requests per minute exceeded" }, 429);

    protected override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/groups", () => Json(new { groups = _groups.Select(g => new { id = g.Value, name = g.Key, deleted = false }), meta = new { has_more = false } }));
        routes.MapGet("/api/v2/ticket_fields", () => Json(new
        {
            ticket_fields = _fields.Select(f => new { id = f.Key, title = f.Value.Title, type = f.Value.Type, active = true, removable = true })
                .Prepend(new { id = 1L, title = "Subject", type = "subject", active = true, removable = false }),
            meta = new { has_more = false },
        }));
        routes.MapGet("/api/v2/users", () => Json(new { users = _users.Values.Where(u => u.Role != "end-user").Select(Show), meta = new { has_more = false } }));
        routes.MapGet("/api/v2/users/me", () => Json(new { user = Show(_users[11]) }));
        routes.MapGet("/api/v2/users/show_many", (string ids) => Json(new
        {
            users = ids.Split(',').Select(i => long.Parse(i, CultureInfo.InvariantCulture)).Where(_users.ContainsKey).Select(i => Show(_users[i])),
        }));
        routes.MapGet("/api/v2/tickets", List);
        routes.MapGet("/api/v2/search", Search);
        routes.MapGet("/api/v2/deleted_tickets", () => Json(new
        {
            deleted_tickets = _tickets.Values.Where(t => t.DeletedAt is not null).Select(t => new { id = t.Id, subject = t.Subject, deleted_at = Iso(t.DeletedAt!.Value) }),
        }));
        routes.MapPost("/api/v2/tickets", CreateAsync);
        routes.MapGet("/api/v2/tickets/{id}", (string id) => Find(id) is { } ticket
            ? Json(new { ticket = Show(ticket), users = _users.Values.Select(Show), groups = _groups.Select(g => new { id = g.Value, name = g.Key }) })
            : NotFound());
        routes.MapPut("/api/v2/tickets/{id}", UpdateAsync);
        routes.MapGet("/api/v2/tickets/{id}/audits", Audits);
        routes.MapPost("/api/v2/uploads", UploadAsync);
        routes.MapGet("/attachments/token/{token}", (string token) => Results.Redirect($"/elsewhere/{token}"));
        routes.MapGet("/elsewhere/{token}", (string token, HttpRequest request) => request.Headers.Authorization.Count > 0
            ? Results.BadRequest()
            : Results.Bytes(_uploads[token].Content, _uploads[token].ContentType));
    }

    private static IResult NotFound() => Json(new { error = "RecordNotFound", description = "Not found" }, 404);

    private static IResult Invalid(string field, string description) => Json(
        new { error = "RecordInvalid", description = "Record validation errors", details = new Dictionary<string, object> { [field] = new[] { new { description } } } }, 422);

    private IResult List(HttpRequest request)
    {
        var all = _tickets.Values.Where(t => t.DeletedAt is null);
        if (request.Query["external_id"] is [{ } external])
        {
            return Json(new { tickets = all.Where(t => t.ExternalId == external).Select(Show), meta = new { has_more = false } });
        }

        if (request.Query["sort"] != "-updated_at" || !int.TryParse(request.Query["page[size]"], out var size))
        {
            return Json(new { error = "InvalidPaginationParameter" }, 400);
        }

        var after = request.Query["page[after]"].ToString().Split('.', StringSplitOptions.RemoveEmptyEntries).Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToList();
        var sorted = all.Select(t => (Ticket: t, At: t.UpdatedAt.ToUnixTimeSeconds())).OrderByDescending(t => t.At).ThenByDescending(t => t.Ticket.Id)
            .Where(t => after is not [var at, var id] || t.At < at || (t.At == at && t.Ticket.Id < id)).ToList();
        var page = sorted.Take(size).ToList();
        return Json(new
        {
            tickets = page.Select(t => Show(t.Ticket)),
            meta = new { has_more = sorted.Count > size, after_cursor = page is [.., var last] ? $"{last.At}.{last.Ticket.Id}" : null },
        });
    }

    private IResult Search(string query) => Json(new
    {
        results = _tickets.Values.Where(t => t.DeletedAt is null && t.CreatedAt < Now - IndexLag && query.Contains($"external_id:{t.ExternalId}", StringComparison.Ordinal)).Select(Show),
    });

    private async Task<IResult> CreateAsync(HttpRequest request, HttpResponse response)
    {
        var body = await BodyAsync(request);
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 255)
        {
            return Json(new { error = "IdempotentRequestError", description = "The key is too long" }, 400);
        }

        if (key.Length > 0 && _keys.TryGetValue(key, out var known) && known.At > Now - KeyLife)
        {
            response.Headers["x-idempotency-lookup"] = "hit";
            return known.Body == body.ToJsonString()
                ? Json(new { ticket = Show(_tickets[known.Ticket]) }, 201)
                : Json(new { error = "IdempotentRequestError", description = "The parameters differ from those of the first request" }, 400);
        }

        if (body["ticket"] is not JsonObject asked || string.IsNullOrWhiteSpace((string?)asked["comment"]?["body"]))
        {
            return Invalid("base", "Description: cannot be blank");
        }

        var ticket = new ZendeskTicket { Id = NextId(), CreatedAt = Now, ExternalId = (string?)asked["external_id"], RequesterId = RequesterOf(asked["requester"]) };
        if (Apply(ticket, asked, creating: true) is { } refusal)
        {
            return refusal;
        }

        _tickets[ticket.Id] = ticket;
        _keys[key] = (Now, body.ToJsonString(), ticket.Id);
        response.Headers["x-idempotency-lookup"] = "miss";
        return Json(new { ticket = Show(ticket) }, 201);
    }

    private async Task<IResult> UpdateAsync(string id, HttpRequest request)
    {
        var asked = (await BodyAsync(request))["ticket"] as JsonObject ?? [];
        if (BeforeUpdate is { } before)
        {
            BeforeUpdate = null;
            await before();
        }

        if (Find(id) is not { } ticket)
        {
            return NotFound();
        }

        if ((bool?)asked["safe_update"] == true && (string?)asked["updated_stamp"] != Iso(ticket.UpdatedAt))
        {
            return Json(new { error = "UpdateConflict", description = "Safe Update prevented the update due to outdated ticket data." }, 409);
        }

        if (ticket.Status == "closed")
        {
            return Invalid("status", "Status: closed prevents ticket update");
        }

        return Apply(ticket, asked, creating: false) ?? Json(new { ticket = Show(ticket), audit = Show(ticket, ticket.Audits[^1]) });
    }

    private IResult Audits(string id, HttpRequest request)
    {
        if (Find(id) is not { } ticket)
        {
            return NotFound();
        }

        var size = int.Parse(request.Query["page[size]"]!, CultureInfo.InvariantCulture);
        var skip = request.Query["page[after]"] is [{ } after] ? int.Parse(after, CultureInfo.InvariantCulture) : 0;
        var sorted = request.Query["sort"] == "-created_at" ? ticket.Audits.AsEnumerable().Reverse() : ticket.Audits;
        return Json(new
        {
            audits = sorted.Skip(skip).Take(size).Select(a => Show(ticket, a)),
            meta = new { has_more = ticket.Audits.Count > skip + size, after_cursor = $"{skip + size}" },
        });
    }

    private async Task<IResult> UploadAsync(string filename, HttpRequest request)
    {
        if (request.ContentType is null)
        {
            return Json(new { error = "InvalidContentType" }, 400);
        }

        var token = $"upload{NextId()}";
        _uploads[token] = new StoredFile(NextId(), filename, request.ContentType, await BytesAsync(request.Body));
        return Json(new { upload = new { token, attachment = ShowFile(token) } }, 201);
    }

    /// <summary>Makes one audit of a change, or says what is wrong with it.</summary>
    private IResult? Apply(ZendeskTicket ticket, JsonObject asked, bool creating)
    {
        var group = (long?)asked["group_id"] ?? ticket.GroupId;
        var assignee = (long?)asked["assignee_id"] ?? ticket.AssigneeId;
        var status = (string?)asked["status"] ?? ticket.Status;
        var priority = (string?)asked["priority"] ?? ticket.Priority;
        if (group is { } g && !_groups.ContainsValue(g))
        {
            return Invalid("group", "Group: is invalid");
        }

        if (assignee is { } a && _users.GetValueOrDefault(a)?.Role is null or "end-user")
        {
            return Invalid("assignee", "Assignee: is invalid");
        }

        if (priority is not (null or "low" or "normal" or "high" or "urgent"))
        {
            return Invalid("priority", $"Priority: {priority} is not a valid priority");
        }

        if (status is "solved" or "closed" && assignee is null)
        {
            return Invalid("assignee", "Assignee: is required when solving a ticket");
        }

        (ticket.GroupId, ticket.AssigneeId, ticket.Status, ticket.Priority) = (group, assignee, status == "new" && assignee is not null ? "open" : status, priority);
        ticket.Subject = (string?)asked["subject"] ?? ticket.Subject;
        ticket.Tags.UnionWith((asked["tags"] as JsonArray ?? []).Select(t => ((string)t!).ToLowerInvariant()));
        foreach (var field in (asked["custom_fields"] as JsonArray ?? []).Where(f => _fields.ContainsKey((long)f!["id"]!)))
        {
            ticket.Fields[(long)field!["id"]!] = (string)field["value"]!;
        }

        var comment = asked["comment"] is JsonObject said
            ? new ZendeskComment(NextId(), (string)said["body"]!, (bool?)said["public"] ?? true, 11, [.. (said["uploads"] as JsonArray ?? []).Select(u => (string)u!)])
            : null;
        Record(ticket, comment, (string?)asked["metadata"]?["supportbot_reference"], 11, creating);
        return null;
    }

    private void Record(ZendeskTicket ticket, ZendeskComment? comment, string? reference, long author, bool creating = false)
    {
        ticket.UpdatedAt = Now;
        ticket.Audits.Add(new ZendeskAudit(NextId(), Now, author, creating, comment, reference));
    }

    private long RequesterOf(JsonNode? asked)
    {
        var email = (string?)asked?["email"];
        var user = _users.Values.FirstOrDefault(u => email is not null && u.Email == email) ?? new ZendeskUser(NextId(), (string?)asked?["name"] ?? email ?? "", email, "end-user");
        _users[user.Id] = user;
        return user.Id;
    }

    private ZendeskTicket? Find(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && _tickets.GetValueOrDefault(number) is { DeletedAt: null } ticket ? ticket : null;

    private object Show(ZendeskTicket t) => new
    {
        id = t.Id,
        url = $"{Url}api/v2/tickets/{t.Id}.json",
        external_id = t.ExternalId,
        subject = t.Subject,
        status = t.Status,
        priority = t.Priority,
        group_id = t.GroupId,
        assignee_id = t.AssigneeId,
        requester_id = t.RequesterId,
        tags = t.Tags,
        custom_fields = t.Fields.Select(f => new { id = f.Key, value = f.Value }),
        created_at = Iso(t.CreatedAt),
        updated_at = Iso(t.UpdatedAt),
    };

    private object Show(ZendeskTicket ticket, ZendeskAudit audit)
    {
        var events = new List<object>();
        if (audit.Creating)
        {
            events.Add(new { id = audit.Id + 100_000_000, type = "Create", field_name = "subject", value = ticket.Subject });
        }

        if (audit.Comment is { } c)
        {
            var html = $"<div class=\"zd-comment\" dir=\"auto\"><p dir=\"auto\">{WebUtility.HtmlEncode(c.Body).Replace("\n", "<br>", StringComparison.Ordinal)}</p></div>";
            events.Add(new { id = c.Id, type = "Comment", body = c.Body, html_body = html, @public = c.Public, author_id = c.AuthorId, attachments = c.Uploads.Select(ShowFile) });
        }

        return new
        {
            id = audit.Id,
            ticket_id = ticket.Id,
            created_at = Iso(audit.At),
            author_id = audit.AuthorId,
            metadata = new { system = new { }, custom = audit.Reference is null ? new Dictionary<string, string>() : new() { ["supportbot_reference"] = audit.Reference } },
            via = new { channel = "api" },
            events,
        };
    }

    private object ShowFile(string token)
    {
        var file = _uploads[token];
        return new
        {
            id = file.Id,
            file_name = file.Name,
            content_type = file.ContentType,
            size = file.Content.Length,
            content_url = $"{Url}attachments/token/{token}?name={Uri.EscapeDataString(file.Name)}",
        };
    }

    private static object Show(ZendeskUser user) => new { id = user.Id, name = user.Name, email = user.Email, role = user.Role };

    private sealed record ZendeskUser(long Id, string Name, string? Email, string Role);

    private sealed record ZendeskComment(long Id, string Body, bool Public, long AuthorId, List<string> Uploads);

    private sealed record ZendeskAudit(long Id, DateTimeOffset At, long AuthorId, bool Creating, ZendeskComment? Comment, string? Reference);

    private sealed class ZendeskTicket
    {
        public required long Id { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string? ExternalId { get; init; }

        public required long RequesterId { get; init; }

        public DateTimeOffset UpdatedAt { get; set; }

        public DateTimeOffset? DeletedAt { get; set; }

        public string Subject { get; set; } = "";

        public string Status { get; set; } = "new";

        public string? Priority { get; set; }

        public long? GroupId { get; set; }

        public long? AssigneeId { get; set; }

        public HashSet<string> Tags { get; } = [];

        public Dictionary<long, string> Fields { get; } = [];

        public List<ZendeskAudit> Audits { get; } = [];
    }
}
