using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>
/// Freshdesk as its documentation tells it: every field is validated, an unknown one is a 400, files come as forms only, the search lags and the
/// lists do not, and nothing is idempotent.
/// </summary>
public sealed partial class FakeFreshdesk : VendorFake
{
    public const string Secret = "freshdesk-key-1";

    private readonly Dictionary<long, string> _groups = new() { [61] = "Returns", [62] = "Orders" };
    private readonly Dictionary<string, string> _fields = new() { ["cf_supportbot_key"] = "SupportBot key", ["cf_order_number"] = "Order number" };
    private readonly Dictionary<long, (string Name, string Email)> _agents = new()
    {
        [31] = ("SupportBot", "bot@tarn.example"),
        [32] = ("Aoife Agent", "aoife@tarn.example"),
    };

    private readonly SortedDictionary<long, FreshdeskTicket> _tickets = [];
    private readonly Dictionary<long, StoredFile> _files = [];

    protected override IResult? Refuse(HttpRequest request) =>
        request.Path.StartsWithSegments("/signed") || IsBasic(request, Secret, "X")
            ? null
            : Json(new { code = "invalid_credentials", message = "You have to be logged in to perform this action." }, 401);

    protected override IResult TooMany() => Json(new { message = "You have exceeded the limit of requests per hour" }, 429);

    protected override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v2/groups", () => Json(_groups.Select(g => new { id = g.Key, name = g.Value })));
        routes.MapGet("/api/v2/agents", () => Json(_agents.Select(a => new { id = a.Key, contact = new { name = a.Value.Name, email = a.Value.Email } })));
        routes.MapGet("/api/v2/agents/me", () => Json(new { id = 31, contact = new { name = "SupportBot" } }));
        routes.MapGet("/api/v2/ticket_fields", () => Json(_fields.Select(f => new { name = f.Key, label = f.Value, type = "custom_text", @default = false })
            .Prepend(new { name = "subject", label = "Subject", type = "default_subject", @default = true })));
        routes.MapGet("/api/v2/tickets", List);
        routes.MapGet("/api/v2/search/tickets", Search);
        routes.MapPost("/api/v2/tickets", CreateAsync);
        routes.MapGet("/api/v2/tickets/{id}", (string id) => Find(id) is { } ticket ? Json(Show(ticket)) : Results.NotFound());
        routes.MapPut("/api/v2/tickets/{id}", UpdateAsync);
        routes.MapPost("/api/v2/tickets/{id}/notes", NoteAsync);
        routes.MapGet("/api/v2/tickets/{id}/conversations", (string id, int page, int per_page) =>
            Find(id) is { } ticket ? Json(ticket.Notes.Skip((page - 1) * per_page).Take(per_page).Select(n => Show(ticket, n))) : Results.NotFound());
        routes.MapGet("/signed/{id}", (long id, HttpRequest request) =>
            request.Headers.Authorization.Count > 0 ? Results.BadRequest() : Results.Bytes(_files[id].Content, _files[id].ContentType));
    }

    private static IResult Invalid(string field, string message, string code) =>
        Json(new { description = "Validation failed", errors = new[] { new { field, message, code } } }, 400);

    private IResult List(HttpRequest request)
    {
        var query = request.Query;
        var deleted = query["filter"] == "deleted";
        var found = _tickets.Values.Where(t => t.Deleted == deleted);
        if (query["updated_since"] is [{ } since])
        {
            var from = DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
            found = found.Where(t => Seconds(t.UpdatedAt) >= from);
        }

        Func<FreshdeskTicket, DateTimeOffset> by = query["order_by"] == "updated_at" ? t => Seconds(t.UpdatedAt) : t => Seconds(t.CreatedAt);
        found = query["order_type"] == "asc" ? found.OrderBy(by).ThenBy(t => t.Id) : found.OrderByDescending(by).ThenByDescending(t => t.Id);
        var size = int.Parse(query["per_page"]!, CultureInfo.InvariantCulture);
        var page = int.TryParse(query["page"], out var number) ? number : 1;
        return size > 100 ? Invalid("per_page", "It should be a Positive Integer less than or equal to 100", "invalid_value") : Json(found.Skip((page - 1) * size).Take(size).Select(Show));
    }

    private IResult Search(string query)
    {
        var match = Query().Match(query);
        if (!match.Success || !_fields.ContainsKey(match.Groups[1].Value))
        {
            return Invalid("query", "Unexpected/invalid field in request", "invalid_value");
        }

        var found = _tickets.Values.Where(t => !t.Deleted && t.CreatedAt < Now - IndexLag && t.Fields.GetValueOrDefault(match.Groups[1].Value) == match.Groups[2].Value).ToList();
        return Json(new { total = found.Count, results = found.Select(Show) });
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var (asked, files) = await ReadAsync(request);
        if (asked["email"] is null && asked["unique_external_id"] is null)
        {
            return Invalid("requester_id", "One of the following fields is mandatory: requester_id, phone, email, twitter_id, unique_external_id", "missing_field");
        }

        if (asked["subject"] is null || asked["description"] is null)
        {
            return Invalid("description", "It should be a/an String", "missing_field");
        }

        var ticket = new FreshdeskTicket { Id = NextId(), CreatedAt = Now, Customer = Text(asked["name"]) ?? "", Description = Text(asked["description"])!, Files = files };
        if (Apply(ticket, asked) is { } refusal)
        {
            return refusal;
        }

        _tickets[ticket.Id] = ticket;
        return Json(Show(ticket), 201);
    }

    private async Task<IResult> UpdateAsync(string id, HttpRequest request) =>
        Find(id) is { Deleted: false } ticket ? Apply(ticket, (await ReadAsync(request)).Body) ?? Json(Show(ticket)) : Results.NotFound();

    private async Task<IResult> NoteAsync(string id, HttpRequest request)
    {
        var (asked, files) = await ReadAsync(request);
        if (Find(id) is not { Deleted: false } ticket)
        {
            return Results.NotFound();
        }

        if (Text(asked["body"]) is not { Length: > 0 } body)
        {
            return Invalid("body", "It should be a/an String", "missing_field");
        }

        return Json(Show(ticket, Write(ticket, body, Text(asked["private"]) != "false", incoming: false, 31, files)), 201);
    }

    private FreshdeskNote Write(FreshdeskTicket ticket, string body, bool isPrivate, bool incoming, long user, List<StoredFile> files)
    {
        ticket.Notes.Add(new FreshdeskNote(NextId(), body, isPrivate, incoming, user, Now, files));
        ticket.UpdatedAt = Now;
        return ticket.Notes[^1];
    }

    private IResult? Apply(FreshdeskTicket ticket, JsonObject asked)
    {
        foreach (var (name, value) in asked["custom_fields"] as JsonObject ?? [])
        {
            if (!_fields.ContainsKey(name))
            {
                return Invalid($"custom_fields.{name}", "Unexpected/invalid field in request", "invalid_field");
            }

            ticket.Fields[name] = Text(value)!;
        }

        var (group, agent) = (Number(asked["group_id"]) ?? ticket.GroupId, Number(asked["responder_id"]) ?? ticket.ResponderId);
        var (status, priority) = (Number(asked["status"]) ?? ticket.Status, Number(asked["priority"]) ?? ticket.Priority);
        if (group is { } g && !_groups.ContainsKey(g))
        {
            return Invalid("group_id", "There is no group matching the given group_id", "invalid_value");
        }

        if (agent is { } a && !_agents.ContainsKey(a))
        {
            return Invalid("responder_id", "There is no agent matching the given responder_id", "invalid_value");
        }

        if (status is < 2 or > 7 || priority is < 1 or > 4)
        {
            return Invalid("status", "It should be one of these values: '2,3,4,5,6,7'", "invalid_value");
        }

        (ticket.GroupId, ticket.ResponderId, ticket.Status, ticket.Priority, ticket.UpdatedAt) = (group, agent, status, priority, Now);
        ticket.Subject = Text(asked["subject"]) ?? ticket.Subject;
        ticket.Tags.AddRange((asked["tags"] as JsonArray ?? []).Select(t => Text(t)!));
        return null;
    }

    /// <summary>JSON or a form with files; both come out as the same object.</summary>
    private async Task<(JsonObject Body, List<StoredFile> Files)> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return (await BodyAsync(request), []);
        }

        var form = await request.ReadFormAsync();
        var body = new JsonObject();
        foreach (var (name, values) in form)
        {
            var part = FormName().Match(name);
            var (outer, inner) = (part.Groups[1].Value, part.Groups[2]);
            if (!inner.Success)
            {
                body[outer] = values.ToString();
            }
            else if (inner.Length == 0)
            {
                body[outer] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
            }
            else
            {
                (body[outer] ??= new JsonObject()).AsObject()[inner.Value] = values.ToString();
            }
        }

        var files = new List<StoredFile>();
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            files.Add(Keep(new StoredFile(NextId(), file.FileName, file.ContentType, await BytesAsync(content))));
        }

        return (body, files);
    }

    private StoredFile Keep(StoredFile file) => _files[file.Id] = file;

    private FreshdeskTicket? Find(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _tickets.GetValueOrDefault(number) : null;

    private static string? Text(JsonNode? node) => node?.ToString();

    private static long? Number(JsonNode? node) => node is null ? null : long.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static DateTimeOffset Seconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private object Show(FreshdeskTicket t) => new
    {
        id = t.Id,
        subject = t.Subject,
        description = t.Description,
        status = t.Status,
        priority = t.Priority,
        group_id = t.GroupId,
        responder_id = t.ResponderId,
        deleted = t.Deleted ? true : (bool?)null,
        tags = t.Tags,
        custom_fields = t.Fields,
        requester = new { name = t.Customer },
        created_at = Iso(t.CreatedAt),
        updated_at = Iso(t.UpdatedAt),
    };

    private object Show(FreshdeskTicket ticket, FreshdeskNote n) => new
    {
        id = n.Id,
        ticket_id = ticket.Id,
        body = $"<div>{n.Body}</div>",
        body_text = n.Body,
        incoming = n.Incoming,
        @private = n.Private,
        user_id = n.UserId,
        created_at = Iso(n.At),
        attachments = n.Files.Select(f => new { id = f.Id, name = f.Name, content_type = f.ContentType, size = f.Content.Length, attachment_url = $"{Url}signed/{f.Id}?Signature=x" }),
    };

    [GeneratedRegex("""^"(\w+):'([^']*)'"$""")]
    private static partial Regex Query();

    [GeneratedRegex(@"^(\w+)(?:\[(\w*)\])?$")]
    private static partial Regex FormName();

    private sealed record FreshdeskNote(long Id, string Body, bool Private, bool Incoming, long UserId, DateTimeOffset At, List<StoredFile> Files);

    private sealed class FreshdeskTicket
    {
        public required long Id { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string Customer { get; init; }

        public required string Description { get; init; }

        public required List<StoredFile> Files { get; init; }

        public DateTimeOffset UpdatedAt { get; set; }

        public bool Deleted { get; set; }

        public string Subject { get; set; } = "";

        public long Status { get; set; } = 2;

        public long Priority { get; set; } = 1;

        public long? GroupId { get; set; }

        public long? ResponderId { get; set; }

        public List<string> Tags { get; } = [];

        public Dictionary<string, string> Fields { get; } = [];

        public List<FreshdeskNote> Notes { get; } = [];
    }
}
