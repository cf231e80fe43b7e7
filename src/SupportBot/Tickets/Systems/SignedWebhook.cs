using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// A company's own system behind a small protocol, described in README.md beside this file: JSON over https, every call signed both ways with
/// HMAC-SHA256 over <c>timestamp.body</c> (a GET has no body: its path and query stand for it). <c>Token</c> signs ours, <c>WebhookSecret</c> theirs.
/// </summary>
public sealed class SignedWebhookSystem : ITicketSystem
{
    public const string Type = "SignedWebhook";

    private const string SignatureHeader = "X-SupportBot-Signature";
    private const string TimestampHeader = "X-SupportBot-Timestamp";

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly byte[] _secret;

    public SignedWebhookSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http, _time, _url) = (options, http, time, options.NeedUrl());
        _secret = Encoding.UTF8.GetBytes(options.NeedToken());
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var catalog = (await GetAsync("catalog", ct)).Json;
        var assignees = catalog.At("assignees");
        return new TicketCatalog(Texts(catalog.At("queues")), Texts(catalog.At("fields")), assignees.ValueKind == JsonValueKind.Array ? Texts(assignees) : null);
    }

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        var ticket = (await GetAsync($"tickets?key={Uri.EscapeDataString(key)}", ct)).Json.At("ticket");
        return ticket.ValueKind == JsonValueKind.Object ? ToRemote(ticket) : null;
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        await CheckAsync(draft.Queue, null, ct);
        var fields = new JsonObject();
        foreach (var (name, value) in draft.CustomFields)
        {
            fields[name] = value;
        }

        var body = new JsonObject
        {
            ["key"] = draft.Key,
            ["conversation"] = draft.ConversationId,
            ["subject"] = draft.Subject,
            ["queue"] = draft.Queue,
            ["priority"] = draft.Priority,
            ["tags"] = new JsonArray([.. draft.Tags.Select(t => JsonValue.Create(t))]),
            ["assignee"] = draft.Assignee,
            ["requester"] = Person(draft.Requester),
            ["body"] = draft.Body,
            ["fields"] = fields,
            ["files"] = await FilesAsync(draft.Files, ct),
        };
        return ToRemote((await SendAsync(HttpMethod.Post, "tickets", body, draft.Key, ct)).Json);
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["reference"] = message.Reference,
            ["text"] = message.Text,
            ["public"] = message.Public,
            ["author"] = Person(message.Author),
            ["files"] = await FilesAsync(message.Files, ct),
        };
        return (await SendAsync(HttpMethod.Post, $"tickets/{Segment(ticketId)}/messages", body, message.Key, ct)).Json.Text("id")
            ?? throw new OutboxRefusal($"{Name} took the message and told no id of it.", final: false);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var asked = new (string Name, string? Value)[]
        {
            ("phase", update.Phase is { } phase ? WordOf(phase) : null), ("queue", update.Queue), ("priority", update.Priority), ("assignee", update.Assignee),
        };
        await CheckAsync(update.Queue, update.Assignee, ct);

        var body = new JsonObject();
        foreach (var (name, value) in asked.Where(a => a.Value is not null))
        {
            body[name] = value;
        }

        if (body.Count == 0)
        {
            return;
        }

        var changed = (await SendAsync(HttpMethod.Patch, $"tickets/{Segment(ticketId)}", body, null, ct)).Json;
        if (asked.FirstOrDefault(a => a.Name != "priority" && a.Value is { } value && changed.Text(a.Name) != value) is { Name: { } dropped } wrong)
        {
            throw new OutboxRefusal($"{Name}: {dropped} became '{changed.Text(dropped)}' and not '{wrong.Value}'.", final: true);
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await SendAsync(HttpMethod.Get, $"tickets/{Segment(ticketId)}", null, null, ct, HttpStatusCode.NotFound);
        return answer.Status == HttpStatusCode.NotFound ? TicketState.Gone(ticketId) : ToState(answer.Json) ?? throw new OutboxRefusal($"{Name} told no state.", final: false);
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        // A company that sends webhooks alone has no such address.
        var answer = await SendAsync(HttpMethod.Get, $"changes?cursor={Uri.EscapeDataString(cursor ?? "")}", null, null, ct, HttpStatusCode.NotFound);
        return new ChangedTickets(Texts(answer.Json.At("ids")), answer.Json.Text("cursor") ?? cursor ?? "", answer.Json.Flag("more"));
    }

    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        var stamp = request.Headers[TimestampHeader].ToString();
        var told = request.Headers[SignatureHeader].ToString();
        if (_options.WebhookSecret is not { Length: > 0 } secret || !told.StartsWith("sha256=", StringComparison.Ordinal)
            || !WebhookSignature.IsHex(told[7..], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), WebhookSignature.Covered($"{stamp}.", request.Body.Span))))
        {
            return new WebhookReading.Refused("The signature does not fit.");
        }

        if (!long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || !WebhookSignature.IsNear(DateTimeOffset.FromUnixTimeSeconds(seconds), request.Now))
        {
            return new WebhookReading.Refused("It was signed at another time.");
        }

        var body = VendorJson.Parse(request.Body);
        return body.Text("delivery") is { Length: > 0 } delivery && ToState(body.At("ticket")) is { } state
            ? new WebhookReading.Told(delivery, state, body.Number("order"))
            : new WebhookReading.Refused("It names no delivery or no ticket.");
    }

    private static string WordOf(TicketPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static List<string> Texts(JsonElement list) => [.. list.Items().Select(i => i.AsText()).OfType<string>()];

    private static JsonObject Person(Requester person) => new() { ["name"] = person.Name, ["email"] = person.Email };

    private static async Task<JsonArray> FilesAsync(IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        var list = new JsonArray();
        foreach (var file in files)
        {
            await using var content = await file.OpenAsync(ct);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, ct);
            list.Add(new JsonObject { ["name"] = file.Name, ["type"] = file.ContentType, ["data"] = Convert.ToBase64String(copy.GetBuffer(), 0, (int)copy.Length) });
        }

        return list;
    }

    private RemoteTicket ToRemote(JsonElement ticket)
    {
        var id = ticket.Text("id") ?? throw new OutboxRefusal($"{Name} told no id of the ticket.", final: false);
        return new RemoteTicket(id, ticket.Text("number") ?? id, ticket.Text("status") ?? "", ticket.Text("url"), Texts(ticket.At("warnings")));
    }

    /// <summary>Null for what is no state: its id and its phase have to be there.</summary>
    private TicketState? ToState(JsonElement ticket)
    {
        if (ticket.Text("id") is not { Length: > 0 } id || !Enum.TryParse<TicketPhase>(ticket.Text("phase"), ignoreCase: true, out var phase) || !Enum.IsDefined(phase))
        {
            return null;
        }

        var messages = ticket.Items("messages").Where(m => m.Text("id") is not null).TakeLast(TicketState.MostMessages).Select(ToMessage);
        return ticket.Flag("deleted")
            ? TicketState.Gone(id)
            : new TicketState(
                id, ticket.Text("status") ?? WordOf(phase), phase, ticket.Text("queue") ?? "", ticket.Text("assignee"), ticket.Text("merged_into"), false, [.. messages]);
    }

    private RemoteMessage ToMessage(JsonElement message)
    {
        var reference = message.Text("reference");
        return new RemoteMessage(
            message.Text("id")!, message.Flag("public"), reference is null && message.Flag("from_agent"), message.Text("author") ?? "", message.Text("text") ?? "",
            message.Moment("at") ?? _time.GetUtcNow(), reference, [.. message.Items("files").Where(f => f.Text("url") is not null).Select(ToFile)]);
    }

    private TicketFile ToFile(JsonElement file)
    {
        var url = new Uri(_url, file.Text("url"));
        return new TicketFile(
            file.Text("name") ?? "file", file.Text("type") ?? "application/octet-stream", file.Number("size"),
            ct => _http.OpenAsync(url.GetLeftPart(UriPartial.Authority) == _url.GetLeftPart(UriPartial.Authority) ? Signed(HttpMethod.Get, url, null) : new HttpRequestMessage(HttpMethod.Get, url), ct));
    }

    private async Task CheckAsync(string? queue, string? assignee, CancellationToken ct)
    {
        if (queue is null && assignee is null)
        {
            return;
        }

        var catalog = await DescribeAsync(ct);
        if (queue is not null && !catalog.Queues.Contains(queue, StringComparer.Ordinal))
        {
            throw new OutboxRefusal($"There is no queue '{queue}' in {Name}; there are: {string.Join(", ", catalog.Queues)}.", final: true);
        }

        if (assignee is not null && catalog.Assignees?.Contains(assignee, StringComparer.Ordinal) == false)
        {
            throw new OutboxRefusal($"There is nobody '{assignee}' in {Name}.", final: true);
        }
    }

    private Task<VendorAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, null, ct);

    private Task<VendorAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, string? key, CancellationToken ct, params HttpStatusCode[] expected)
    {
        var request = Signed(method, new Uri(_url, path), body);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", LookupKey.Of(key));
        }

        return _http.SendAsync(request, ct, expected);
    }

    private HttpRequestMessage Signed(HttpMethod method, Uri url, JsonObject? body)
    {
        var stamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body?.ToJsonString() ?? url.PathAndQuery);
        var request = new HttpRequestMessage(method, url);
        request.Headers.Add(TimestampHeader, stamp);
        request.Headers.Add(SignatureHeader, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(_secret, WebhookSignature.Covered($"{stamp}.", bytes)))}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }
}
