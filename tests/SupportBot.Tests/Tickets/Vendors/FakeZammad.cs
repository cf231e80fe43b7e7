using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>
/// Zammad as its documentation and its sources tell it: unknown attributes are dropped without a word, titles end at 250 characters, nothing is
/// idempotent, a text query is answered by an index that lags and a condition by the database.
/// </summary>
public sealed partial class FakeZammad : VendorFake
{
    public const string Secret = "zammad-token-1";
    private const int LongestTitle = 250;

    private readonly string[] _groups = ["Returns", "Orders", "General"];
    private readonly HashSet<string> _attributes = ["supportbot_key", "order_number"];
    private readonly string[] _states = ["new", "open", "pending reminder", "pending close", "closed", "merged"];
    private readonly string[] _priorities = ["1 low", "2 normal", "3 high"];
    private readonly (string Login, string Name, string Role)[] _agents = [("aoife@tarn.example", "Aoife Agent", "Agent"), ("customer@example.com", "Ann", "Customer")];
    private readonly SortedDictionary<long, ZammadTicket> _tickets = [];

    /// <summary>The next ticket is created and answered with a 500, as happens under load.</summary>
    public bool FailAfterCreating { get; set; }

    protected override IResult? Refuse(HttpRequest request) =>
        request.Headers.Authorization == $"Token token={Secret}" ? null : Json(new { error = "Authentication required" }, 401);

    protected override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/groups", () => Json(_groups.Select((name, i) => new { id = i + 1, name, active = true }).Append(new { id = 99, name = "Closed down", active = false })));
        routes.MapGet("/api/v1/object_manager_attributes", () => Json(_attributes.Select(name => new { name, @object = "Ticket", editable = true, active = true })
            .Append(new { name = "title", @object = "Ticket", editable = false, active = true })));
        routes.MapGet("/api/v1/users/search", (string query) => Json(_agents.Where(a => a.Login.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Select(a => new { login = a.Login, email = a.Login, active = true, roles = new[] { a.Role } })));
        routes.MapGet("/api/v1/tickets/search", Search);
        routes.MapPost("/api/v1/tickets", CreateAsync);
        routes.MapGet("/api/v1/tickets/{id}", (string id) => Find(id) is { } ticket ? Json(Show(ticket)) : NotFound(id));
        routes.MapPut("/api/v1/tickets/{id}", UpdateAsync);
        routes.MapGet("/api/v1/ticket_articles/by_ticket/{id}", (string id) => Find(id) is { } ticket ? Json(ticket.Articles.Select(a => Show(ticket, a))) : NotFound(id));
        routes.MapPost("/api/v1/ticket_articles", AddAsync);
        routes.MapGet("/api/v1/ticket_attachment/{ticket}/{article}/{id}", Attachment);
        routes.MapGet("/api/v1/links", (string link_object_value) => Json(new
        {
            links = Find(link_object_value)?.MergedInto is { } into
                ? new[] { new { link_type = "child", link_object = "Ticket", link_object_value = into } }
                : [],
        }));
    }

    private static IResult NotFound(string id) => Json(new { error = $"Couldn't find Ticket with 'id'={id}", error_human = "Couldn't find Ticket" }, 404);

    private static IResult Unprocessable(string error) => Json(new { error, error_human = error }, 422);

    private IResult Search(HttpRequest request)
    {
        var query = request.Query;
        var page = int.TryParse(query["page"], out var number) ? number : 1;
        var size = Math.Min(200, int.TryParse(query["per_page"], out var given) || int.TryParse(query["limit"], out given) ? given : 50);
        var found = _tickets.Values.AsEnumerable();
        if (query["query"] is [{ Length: > 0 } text])
        {
            found = found.Where(t => t.CreatedAt < Now - IndexLag && t.Attributes.Values.Any(v => text.Contains(v, StringComparison.Ordinal)));
        }

        foreach (var name in query.Keys.Where(k => k.StartsWith("condition[ticket.", StringComparison.Ordinal) && k.EndsWith("[operator]", StringComparison.Ordinal)))
        {
            var attribute = name["condition[ticket.".Length..^"][operator]".Length];
            var value = query[$"condition[ticket.{attribute}][value]"].ToString();
            switch (query[name].ToString())
            {
                case "is" when _attributes.Contains(attribute):
                    found = found.Where(t => t.Attributes.GetValueOrDefault(attribute) == value);
                    break;
                case "after (absolute)" when attribute == "updated_at":
                    var from = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture);
                    found = found.Where(t => t.UpdatedAt >= from);
                    break;
                default:
                    return Unprocessable($"column tickets.{attribute} does not exist");
            }
        }

        found = query["sort_by"] == "updated_at" ? found.OrderBy(t => t.UpdatedAt).ThenBy(t => t.Id) : found.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id);
        return Json(found.Skip((page - 1) * size).Take(size).Select(Show));
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        if (string.IsNullOrEmpty((string?)asked["title"]) || asked["customer"] is not JsonObject customer)
        {
            return Unprocessable("Attribute 'title' or 'customer' required!");
        }

        var id = NextId();
        var ticket = new ZammadTicket { Id = id, CreatedAt = Now, Customer = (string?)customer["firstname"] ?? "" };
        if (Apply(ticket, asked) is { } refusal || (refusal = AddArticle(ticket, asked["article"] as JsonObject, out _)) is not null)
        {
            return refusal;
        }

        ticket.Tags.AddRange(((string?)asked["tags"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries));
        _tickets[id] = ticket;
        if (FailAfterCreating)
        {
            FailAfterCreating = false;
            return Json(new { error = "Error ID 1x2y3z: Please contact your administrator." }, 500);
        }

        return Json(Show(ticket), 201);
    }

    private async Task<IResult> UpdateAsync(string id, HttpRequest request) =>
        Find(id) is { } ticket ? Apply(ticket, await BodyAsync(request)) ?? Json(Show(ticket)) : NotFound(id);

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        return Find((string?)asked["ticket_id"] ?? "") is { } ticket
            ? AddArticle(ticket, asked, out var article) ?? Json(Show(ticket, article!), 201)
            : NotFound((string?)asked["ticket_id"] ?? "");
    }

    private IResult? AddArticle(ZammadTicket ticket, JsonObject? asked, out ZammadArticle? article)
    {
        article = null;
        if (string.IsNullOrEmpty((string?)asked?["body"]))
        {
            return Unprocessable("Need at least article: { body: \"some text\" }");
        }

        var files = (asked["attachments"] as JsonArray ?? [])
            .Select(f => new StoredFile(NextId(), (string)f!["filename"]!, (string)f["mime-type"]!, Convert.FromBase64String((string)f["data"]!))).ToList();
        article = new ZammadArticle(
            NextId(), (string?)asked["subject"], (string)asked["body"]!, (string?)asked["content_type"] ?? "text/plain", (bool?)asked["internal"] ?? false,
            (string?)asked["sender"] ?? "Agent", (string?)asked["from"] ?? "SupportBot", Now, files);
        ticket.Articles.Add(article);
        ticket.UpdatedAt = Now;
        return null;
    }

    private IResult Attachment(string ticket, string article, string id)
    {
        var file = Find(ticket)?.Articles.FirstOrDefault(a => $"{a.Id}" == article)?.Files.FirstOrDefault(f => $"{f.Id}" == id);
        return file is null ? Json(new { error = "The file does not belong to the specified article." }, 403) : Results.Bytes(file.Content, file.ContentType);
    }

    private IResult? Apply(ZammadTicket ticket, JsonObject asked)
    {
        foreach (var (name, known) in new[]
        {
            ("group", _groups), ("state", _states), ("priority", _priorities), ("owner", [.. _agents.Select(a => a.Login)]),
        })
        {
            if ((string?)asked[name] is { } value && !known.Contains(value))
            {
                return Unprocessable($"No lookup value found for '{name}': \"{value}\"");
            }
        }

        if (((string?)asked["state"])?.StartsWith("pending", StringComparison.Ordinal) == true && asked["pending_time"] is null)
        {
            return Unprocessable("Missing required value for field 'pending_time'!");
        }

        var title = (string?)asked["title"] ?? ticket.Title;
        ticket.Title = title.Length <= LongestTitle ? title : title[..(char.IsHighSurrogate(title[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)];
        (ticket.Group, ticket.State) = ((string?)asked["group"] ?? ticket.Group, (string?)asked["state"] ?? ticket.State);
        (ticket.Priority, ticket.Owner) = ((string?)asked["priority"] ?? ticket.Priority, (string?)asked["owner"] ?? ticket.Owner);
        foreach (var name in _attributes.Where(asked.ContainsKey))
        {
            ticket.Attributes[name] = (string)asked[name]!;
        }

        ticket.UpdatedAt = Now;
        return null;
    }

    private ZammadTicket? Find(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? _tickets.GetValueOrDefault(number) : null;

    private static JsonObject Show(ZammadTicket t)
    {
        var shown = new JsonObject
        {
            ["id"] = t.Id,
            ["number"] = $"7{t.Id}",
            ["title"] = t.Title,
            ["group"] = t.Group,
            ["state"] = t.State,
            ["priority"] = t.Priority,
            ["owner"] = t.Owner,
            ["customer"] = t.Customer,
            ["created_at"] = Milliseconds(t.CreatedAt),
            ["updated_at"] = Milliseconds(t.UpdatedAt),
        };
        foreach (var (name, value) in t.Attributes)
        {
            shown[name] = value;
        }

        return shown;
    }

    private static object Show(ZammadTicket ticket, ZammadArticle a) => new
    {
        id = a.Id,
        ticket_id = ticket.Id,
        subject = a.Subject,
        body = a.Body,
        content_type = a.ContentType,
        @internal = a.Internal,
        sender = a.Sender,
        from = a.From,
        created_by = "bot@tarn.example",
        created_at = Milliseconds(a.At),
        attachments = a.Files.Select(f => new
        {
            id = f.Id,
            filename = f.Name,
            size = f.Content.Length.ToString(CultureInfo.InvariantCulture),
            preferences = new Dictionary<string, string> { ["Mime-Type"] = f.ContentType },
        }),
    };

    private static string Milliseconds(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private sealed record ZammadArticle(
        long Id, string? Subject, string Body, string ContentType, bool Internal, string Sender, string From, DateTimeOffset At, List<StoredFile> Files);

    private sealed class ZammadTicket
    {
        public required long Id { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required string Customer { get; init; }

        public DateTimeOffset UpdatedAt { get; set; }

        public string Title { get; set; } = "";

        public string Group { get; set; } = "";

        public string State { get; set; } = "new";

        public string Priority { get; set; } = "2 normal";

        public string Owner { get; set; } = "-";

        public long? MergedInto { get; set; }

        public List<string> Tags { get; } = [];

        public Dictionary<string, string> Attributes { get; } = [];

        public List<ZammadArticle> Articles { get; } = [];
    }
}
