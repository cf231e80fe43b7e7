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
/// Zammad. Queues are groups, agents are named by their login. The key is a text attribute of the ticket that an administrator adds
/// (setting <c>KeyField</c>, else <c>supportbot_key</c>); it is looked up by condition, which Zammad answers from its database and not from its search
/// index. A message's reference is its subject, a field that notes do not need.
/// </summary>
/// <remarks>
/// Read in Zammad's sources: conditions and <c>sort_by</c> of the ticket search, silent dropping of unknown attributes, what a merge leaves
/// behind (state, link, articles that moved), how webhooks are signed and repeated. Nothing there is idempotent. Known from the documentation
/// only: names of states and priorities of a new installation (settings <c>StateOpen</c>, <c>StateWaiting</c>, <c>StateSolved</c>,
/// <c>PriorityLow</c>, <c>PriorityNormal</c>, <c>PriorityHigh</c>, <c>PriorityUrgent</c> change them). The token needs <c>ticket.agent</c>, and
/// <c>admin.object</c> to list attributes. Messages are notes, so Zammad mails none of them.
/// </remarks>
public sealed partial class ZammadSystem : ITicketSystem
{
    public const string Type = "Zammad";

    private const int PageSize = 200;
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>Zammad wants to know when somebody is reminded of what waits.</summary>
    private static readonly TimeSpan Reminder = TimeSpan.FromDays(7);

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly string _keyField;
    private readonly AuthenticationHeaderValue _authorization;

    public ZammadSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http, _time, _url) = (options, http, time, options.NeedUrl());
        _authorization = new AuthenticationHeaderValue("Token", $"token={options.NeedToken()}");
        _keyField = options.Settings.GetValueOrDefault("KeyField", "supportbot_key");
        if (!_keyField.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new TicketSystemProblem("Settings:KeyField", "use the name of a ticket attribute: lower case letters, digits and _");
        }
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var attributes = await _http.SendAsync(Request(HttpMethod.Get, "api/v1/object_manager_attributes"), ct, HttpStatusCode.Forbidden);
        var own = attributes.Json.Items().Where(a => a.Text("object") == "Ticket" && a.Flag("editable") && a.Flag("active")).Select(a => a.Text("name")!);
        return new TicketCatalog(await GroupsAsync(ct), [.. own.Where(n => n != _keyField)]);
    }

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        var field = Uri.EscapeDataString($"condition[ticket.{_keyField}]");
        var answer = await _http.SendAsync(
            Request(HttpMethod.Get, $"api/v1/tickets/search?expand=true&limit=10&sort_by=created_at&order_by=asc&{field}[operator]=is&{field}[value]={Uri.EscapeDataString(key)}"),
            ct, HttpStatusCode.UnprocessableEntity);
        if (answer.Status == HttpStatusCode.UnprocessableEntity)
        {
            throw new OutboxRefusal($"{Name} cannot look up tickets by '{_keyField}': add a text attribute of that name to its tickets.", final: true);
        }

        var ticket = answer.Json.Items().FirstOrDefault(t => t.Text(_keyField) == key);
        return ticket.Text("id") is null ? null : ToRemote(ticket, []);
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        await CheckGroupAsync(draft.Queue, ct);
        var warnings = new List<string>();
        var article = await ArticleAsync(draft.Body, isPublic: false, TicketReference.Of(draft.Key), draft.Requester, draft.Files, ct);
        var ticket = new JsonObject
        {
            ["title"] = draft.Subject,
            ["group"] = draft.Queue,
            ["priority"] = PriorityOf(draft.Priority),
            ["customer"] = new JsonObject { ["firstname"] = draft.Requester.Name, ["lastname"] = "", ["email"] = draft.Requester.Email ?? "" },
            ["tags"] = string.Join(',', draft.Tags.Select(t => t.Replace(',', ' '))),
            ["article"] = article,
        };
        if (draft.Assignee is { } assignee)
        {
            if (await LoginAsync(assignee, ct) is { } login)
            {
                ticket["owner"] = login;
            }
            else
            {
                warnings.Add($"There is no agent '{assignee}'.");
            }
        }

        var fields = draft.CustomFields.Where(f => !ticket.ContainsKey(f.Key) && f.Key != _keyField).ToList();
        foreach (var (name, value) in fields)
        {
            ticket[name] = value;
        }

        ticket[_keyField] = draft.Key;
        var created = (await _http.SendAsync(Request(HttpMethod.Post, "api/v1/tickets?expand=true", ticket), ct)).Json;
        warnings.AddRange(draft.CustomFields.Keys.Except(fields.Where(f => created.Text(f.Key) == f.Value).Select(f => f.Key))
            .Select(name => $"The ticket has no attribute '{name}', or not with that value."));
        warnings.AddRange(Dropped(ticket, created));
        return ToRemote(created, warnings);
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var article = await ArticleAsync(message.Text, message.Public, message.Reference, message.Author, message.Files, ct);
        article["ticket_id"] = ticketId;
        var answer = await _http.SendAsync(Request(HttpMethod.Post, "api/v1/ticket_articles", article), ct);
        return answer.Json.Text("id") ?? throw new OutboxRefusal($"{Name} took the message and told no id of it.", final: false);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var current = (await GetAsync($"api/v1/tickets/{Segment(ticketId)}?expand=true", ct)).Json;
        var change = new JsonObject();
        if (update.Queue is { } queue)
        {
            await CheckGroupAsync(queue, ct);
            change["group"] = queue;
        }

        if (update.Assignee is { } assignee)
        {
            change["owner"] = await LoginAsync(assignee, ct) ?? throw new OutboxRefusal($"There is no agent '{assignee}' in {Name}.", final: true);
        }

        if (update.Priority is { } priority)
        {
            change["priority"] = PriorityOf(priority);
        }

        if (update.Phase is { } phase && PhaseOf(current.Text("state") ?? "") != phase)
        {
            change["state"] = StateOf(phase);
            if (phase == TicketPhase.Waiting)
            {
                change["pending_time"] = Iso(_time.GetUtcNow() + Reminder);
            }
        }

        if (change.Count == 0)
        {
            return;
        }

        var changed = (await _http.SendAsync(Request(HttpMethod.Put, $"api/v1/tickets/{Segment(ticketId)}?expand=true", change), ct)).Json;
        if (Dropped(change, changed) is [var first, ..])
        {
            throw new OutboxRefusal($"{Name}: {first}", final: true);
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"api/v1/tickets/{Segment(ticketId)}?expand=true"), ct, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return TicketState.Gone(ticketId);
        }

        var ticket = answer.Json;
        var articles = await GetAsync($"api/v1/ticket_articles/by_ticket/{Segment(ticketId)}?expand=true", ct);
        var opening = ticket.Text(_keyField) is { } key ? TicketReference.Of(key) : null;
        var said = articles.Json.Items().Where(a => opening is null || a.Text("subject") != opening).OrderBy(a => a.Number("id")).TakeLast(TicketState.MostMessages);
        var state = ticket.Text("state") ?? "";
        return new TicketState(
            ticket.Text("id") ?? ticketId, state, PhaseOf(state), ticket.Text("group") ?? "", ticket.Text("owner") is { } owner and not "-" ? owner : null,
            state == "merged" ? await MergedIntoAsync(ticketId, ct) : null, false, [.. said.Select(a => ToMessage(ticketId, a))]);
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        if (TimeCursor.Parse(cursor) is not { } from)
        {
            var now = (await GetAsync("api/v1/groups", ct)).Headers.Date ?? _time.GetUtcNow();
            return new ChangedTickets([], TimeCursor.At(now, Overlap).ToString(), false);
        }

        var field = Uri.EscapeDataString("condition[ticket.updated_at]");
        var answer = await GetAsync(
            $"api/v1/tickets/search?expand=true&sort_by=updated_at&order_by=asc&per_page={PageSize}&page={from.Page}"
            + $"&{field}[operator]={Uri.EscapeDataString("after (absolute)")}&{field}[value]={Uri.EscapeDataString(Iso(from.From))}", ct);
        var tickets = answer.Json.Items().ToList();
        var (next, more) = from.After(tickets.Count == PageSize ? tickets[^1].Moment("updated_at") : null, answer.Headers.Date ?? _time.GetUtcNow(), Step, Overlap);
        return new ChangedTickets([.. tickets.Select(t => t.Text("id")!)], next.ToString(), more);
    }

    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        var told = request.Headers["X-Hub-Signature"].ToString();
        if (_options.WebhookSecret is not { Length: > 0 } secret || !told.StartsWith("sha1=", StringComparison.Ordinal)
            || !WebhookSignature.IsHex(told[5..], HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span)))
        {
            return new WebhookReading.Refused("The signature does not fit.");
        }

        var delivery = request.Headers["X-Zammad-Delivery"].ToString();
        return VendorJson.Parse(request.Body).At("ticket").Text("id") is { Length: > 0 } ticket
            ? new WebhookReading.Hint(delivery.Length > 0 ? delivery : null, ticket)
            : new WebhookReading.Refused("It names no ticket.");
    }

    private static TicketPhase PhaseOf(string state) => state switch
    {
        "closed" => TicketPhase.Solved,
        "merged" or "removed" => TicketPhase.Closed,
        _ => state.StartsWith("pending", StringComparison.Ordinal) ? TicketPhase.Waiting : TicketPhase.Open,
    };

    private string StateOf(TicketPhase phase) => phase switch
    {
        TicketPhase.Open => _options.Settings.GetValueOrDefault("StateOpen", "open"),
        TicketPhase.Waiting => _options.Settings.GetValueOrDefault("StateWaiting", "pending reminder"),
        _ => _options.Settings.GetValueOrDefault("StateSolved", "closed"),
    };

    private string PriorityOf(string priority) => priority switch
    {
        "low" => _options.Settings.GetValueOrDefault("PriorityLow", "1 low"),
        "high" => _options.Settings.GetValueOrDefault("PriorityHigh", "3 high"),
        "urgent" => _options.Settings.GetValueOrDefault("PriorityUrgent", "3 high"),
        _ => _options.Settings.GetValueOrDefault("PriorityNormal", "2 normal"),
    };

    /// <summary>What was asked for and is not there.</summary>
    private static List<string> Dropped(JsonObject asked, JsonElement got) =>
    [
        .. new[] { "title", "group", "owner", "priority", "state" }
            .Where(name => asked[name] is { } value && value.ToString().Trim() != got.Text(name)?.Trim())
            .Select(name => $"{name} became '{got.Text(name)}' and not '{asked[name]}'."),
    ];

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static async Task<JsonObject> ArticleAsync(string text, bool isPublic, string reference, Requester author, IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        var attachments = new JsonArray();
        foreach (var file in files)
        {
            await using var content = await file.OpenAsync(ct);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, ct);
            attachments.Add(new JsonObject { ["filename"] = file.Name, ["mime-type"] = file.ContentType, ["data"] = Convert.ToBase64String(copy.GetBuffer(), 0, (int)copy.Length) });
        }

        return new JsonObject
        {
            ["subject"] = reference,
            ["body"] = text,
            ["content_type"] = "text/plain",
            ["type"] = "note",
            ["sender"] = isPublic ? "Customer" : "Agent",
            ["from"] = author.Name,
            ["internal"] = !isPublic,
            ["attachments"] = attachments,
        };
    }

    private RemoteMessage ToMessage(string ticketId, JsonElement article)
    {
        var subject = article.Text("subject");
        var reference = TicketReference.Read($"[{subject}]").Reference is { } mark && mark == subject ? mark : null;
        var body = article.Text("body") ?? "";
        return new RemoteMessage(
            article.Text("id")!, !article.Flag("internal"), reference is null && article.Text("sender") == "Agent", AuthorOf(article),
            article.Text("content_type")?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true ? VendorMarkup.ToText(body) : body,
            article.Moment("created_at") ?? _time.GetUtcNow(), reference,
            [.. article.Items("attachments").Where(a => !a.At("preferences").Flag("original-format")).Select(a => ToFile(article.Text("ticket_id") ?? ticketId, article.Text("id")!, a))]);
    }

    private static string AuthorOf(JsonElement article)
    {
        var from = article.Text("from") ?? article.Text("created_by") ?? "";
        var address = from.IndexOf('<');
        return (address > 0 ? from[..address] : from).Trim(' ', '"');
    }

    private TicketFile ToFile(string ticketId, string articleId, JsonElement file)
    {
        var preferences = file.At("preferences");
        var type = preferences.ValueKind == JsonValueKind.Object
            ? preferences.EnumerateObject().FirstOrDefault(p => p.Name.ToLowerInvariant() is "content-type" or "mime-type").Value.AsText()
            : null;
        var size = long.TryParse(file.Text("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
        return new TicketFile(file.Text("filename") ?? "file", type ?? "application/octet-stream", size, ct =>
            _http.OpenAsync(Request(HttpMethod.Get, $"api/v1/ticket_attachment/{Segment(ticketId)}/{Segment(articleId)}/{Segment(file.Text("id")!)}"), ct));
    }
}
