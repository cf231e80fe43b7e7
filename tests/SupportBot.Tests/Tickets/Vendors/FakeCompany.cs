using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>A company's system that speaks the protocol of the signed webhook: it checks signatures and their age, and makes nothing twice.</summary>
public sealed partial class FakeCompany : VendorFake
{
    public const string Secret = "company-secret-1";

    private readonly string[] _queues = ["Returns", "Orders"];
    private readonly string[] _fields = ["order_number"];
    private readonly string[] _assignees = ["Aoife Agent"];
    private readonly SortedDictionary<long, CompanyTicket> _tickets = [];
    private readonly List<long> _changes = [];
    private readonly Dictionary<long, StoredFile> _files = [];

    /// <summary>Whether it tells changes when asked.</summary>
    public bool HasChanges { get; set; } = true;

    protected override IResult? Refuse(HttpRequest request)
    {
        var stamp = request.Headers["X-SupportBot-Timestamp"].ToString();
        using var copy = new MemoryStream();
        request.Body.CopyTo(copy);
        request.Body.Position = 0;
        var covered = request.Method == "GET" ? new Uri(request.GetEncodedUrl()).PathAndQuery : Encoding.UTF8.GetString(copy.ToArray());
        var hash = HMACSHA256.HashData(Utf8(Secret), Utf8($"{stamp}.{covered}"));
        var isNear = long.TryParse(stamp, out var at) && Math.Abs(Now.ToUnixTimeSeconds() - at) <= 300;
        return isNear && request.Headers["X-SupportBot-Signature"] == $"sha256={Convert.ToHexStringLower(hash)}" ? null : Json(new { error = "The signature does not fit." }, 401);
    }

    protected override void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/catalog", () => Json(new { queues = _queues, fields = _fields, assignees = _assignees }));
        routes.MapGet("/tickets", (string key) => Json(new { ticket = _tickets.Values.FirstOrDefault(t => t.Key == key && !t.Deleted) is { } ticket ? Show(ticket) : null }));
        routes.MapPost("/tickets", CreateAsync);
        routes.MapGet("/tickets/{id}", (string id) => Find(id) is { } ticket ? Json(Show(ticket)) : Results.NotFound());
        routes.MapPatch("/tickets/{id}", UpdateAsync);
        routes.MapPost("/tickets/{id}/messages", SayAsync);
        routes.MapGet("/changes", Changes);
        routes.MapGet("/files/{id}", (long id) => Results.Bytes(_files[id].Content, _files[id].ContentType));
    }

    private IResult Changes(string cursor)
    {
        const int Most = 100;
        if (!HasChanges)
        {
            return Results.NotFound();
        }

        var from = cursor.Length == 0 ? _changes.Count : int.Parse(cursor, CultureInfo.InvariantCulture);
        var changed = _changes.Skip(from).Take(Most).ToList();
        return Json(new { ids = changed.Distinct().Select(c => $"{c}"), cursor = $"{from + changed.Count}", more = _changes.Count > from + changed.Count });
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var asked = await BodyAsync(request);
        var key = (string)asked["key"]!;
        if (request.Headers["Idempotency-Key"].Count == 0 || !_queues.Contains((string?)asked["queue"]))
        {
            return Json(new { error = $"There is no queue '{asked["queue"]}'." }, 422);
        }

        if (_tickets.Values.FirstOrDefault(t => t.Key == key) is { } known)
        {
            return Json(Show(known));
        }

        var ticket = new CompanyTicket { Id = NextId(), Key = key, Subject = (string)asked["subject"]!, Body = (string)asked["body"]!, Queue = (string)asked["queue"]!, Files = Keep(asked) };
        (ticket.Priority, ticket.Tags) = ((string)asked["priority"]!, [.. asked["tags"]!.AsArray().Select(t => (string)t!)]);
        foreach (var (name, value) in asked["fields"]!.AsObject())
        {
            if (_fields.Contains(name))
            {
                ticket.Fields[name] = (string)value!;
            }
            else
            {
                ticket.Warnings.Add($"There is no field '{name}'.");
            }
        }

        if ((string?)asked["assignee"] is { } assignee)
        {
            if (_assignees.Contains(assignee))
            {
                ticket.Assignee = assignee;
            }
            else
            {
                ticket.Warnings.Add($"There is nobody '{assignee}'.");
            }
        }

        _tickets[ticket.Id] = ticket;
        _changes.Add(ticket.Id);
        return Json(Show(ticket), 201);
    }

    private async Task<IResult> UpdateAsync(string id, HttpRequest request)
    {
        var asked = await BodyAsync(request);
        if (Find(id) is not { } ticket)
        {
            return Results.NotFound();
        }

        if ((string?)asked["assignee"] is { } assignee && !_assignees.Contains(assignee))
        {
            return Json(new { error = $"There is nobody '{assignee}'." }, 422);
        }

        (ticket.Phase, ticket.Queue) = ((string?)asked["phase"] ?? ticket.Phase, (string?)asked["queue"] ?? ticket.Queue);
        (ticket.Priority, ticket.Assignee) = ((string?)asked["priority"] ?? ticket.Priority, (string?)asked["assignee"] ?? ticket.Assignee);
        _changes.Add(ticket.Id);
        return Json(Show(ticket));
    }

    private async Task<IResult> SayAsync(string id, HttpRequest request)
    {
        var asked = await BodyAsync(request);
        if (Find(id) is not { } ticket)
        {
            return Results.NotFound();
        }

        var reference = (string)asked["reference"]!;
        var message = ticket.Messages.FirstOrDefault(m => m.Reference == reference)
            ?? Say(ticket, (string)asked["text"]!, (bool)asked["public"]!, fromAgent: false, (string)asked["author"]!["name"]!, reference, Keep(asked));
        return Json(new { id = $"{message.Id}" }, 201);
    }

    private CompanyMessage Say(CompanyTicket ticket, string text, bool isPublic, bool fromAgent, string author, string? reference, List<StoredFile> files)
    {
        ticket.Messages.Add(new CompanyMessage(NextId(), reference, text, isPublic, fromAgent, author, Now, files));
        _changes.Add(ticket.Id);
        return ticket.Messages[^1];
    }

    private List<StoredFile> Keep(JsonObject asked) =>
        [.. asked["files"]!.AsArray().Select(f => Keep(new StoredFile(NextId(), (string)f!["name"]!, (string)f["type"]!, Convert.FromBase64String((string)f["data"]!))))];

    private StoredFile Keep(StoredFile file) => _files[file.Id] = file;

    private CompanyTicket? Find(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && _tickets.GetValueOrDefault(number) is { Deleted: false } ticket ? ticket : null;

    private static object Show(CompanyTicket t) => new
    {
        id = $"{t.Id}",
        number = $"C-{t.Id}",
        url = $"https://desk.example/{t.Id}",
        status = t.Phase,
        phase = t.Phase,
        queue = t.Queue,
        assignee = t.Assignee,
        merged_into = t.MergedInto,
        warnings = t.Warnings,
        messages = t.Messages.Select(m => new
        {
            id = $"{m.Id}",
            reference = m.Reference,
            text = m.Text,
            @public = m.Public,
            from_agent = m.FromAgent,
            author = m.Author,
            at = Iso(m.At),
            files = m.Files.Select(f => new { name = f.Name, type = f.ContentType, size = f.Content.Length, url = $"files/{f.Id}" }),
        }),
    };

    private static string StateOf(CompanyTicket ticket) => JsonSerializer.Serialize(Show(ticket));

    private sealed record CompanyMessage(long Id, string? Reference, string Text, bool Public, bool FromAgent, string Author, DateTimeOffset At, List<StoredFile> Files);

    private sealed class CompanyTicket
    {
        public required long Id { get; init; }

        public required string Key { get; init; }

        public required string Subject { get; init; }

        public required string Body { get; init; }

        public required string Queue { get; set; }

        public required List<StoredFile> Files { get; init; }

        public string Phase { get; set; } = "open";

        public string Priority { get; set; } = "";

        public string? Assignee { get; set; }

        public string? MergedInto { get; set; }

        public bool Deleted { get; set; }

        public List<string> Tags { get; set; } = [];

        public Dictionary<string, string> Fields { get; } = [];

        public List<string> Warnings { get; } = [];

        public List<CompanyMessage> Messages { get; } = [];
    }
}
