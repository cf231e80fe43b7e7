using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Freshdesk. Queues are groups, agents are named by name or e-mail address. The key is a custom field of the ticket that an administrator adds
/// (setting <c>KeyField</c>, else <c>cf_supportbot_key</c>). The search by it lags some minutes behind, so the newest tickets are listed, and the
/// search is asked for older ones only. A message's reference is the mark in its text, where it counts only under our own name.
/// </summary>
/// <remarks>
/// All of this rests on Freshdesk's documentation, nothing was tried with it. Messages are public or private notes and not replies: a reply would
/// mail the customer what has just been said here. There is no call that tells of a merge: it is read from the note that Freshdesk leaves in the
/// closed ticket, in English. Webhooks come from an automation rule and are not signed: let the rule send the header
/// <c>X-SupportBot-Secret</c> with <c>WebhookSecret</c>, and the body <c>{"ticket_id": "{{ticket.id}}"}</c>.
/// </remarks>
public sealed partial class FreshdeskSystem : ITicketSystem
{
    public const string Type = "Freshdesk";

    private const int PageSize = 100;
    private const int MostPages = 30;
    private const int SourceChat = 7;

    /// <summary>How far the search may lag behind.</summary>
    private static readonly TimeSpan IndexLag = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly string[] Priorities = ["low", "normal", "high", "urgent"];

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly string _keyField;
    private readonly AuthenticationHeaderValue _authorization;
    private volatile Names? _names;
    private volatile string? _me;

    public FreshdeskSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http, _time, _url) = (options, http, time, options.NeedUrl());
        _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.NeedToken()}:X")));
        _keyField = options.Settings.GetValueOrDefault("KeyField", "cf_supportbot_key");
        if (!_keyField.StartsWith("cf_", StringComparison.Ordinal) || !_keyField.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new TicketSystemProblem("Settings:KeyField", "use the name of a custom ticket field, such as cf_supportbot_key");
        }
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var names = await NamesAsync(ct);
        var fields = await FieldsAsync(ct);
        return new TicketCatalog([.. names.Groups.Values], [.. fields.Select(f => f.Label)], [.. names.Agents.Values.Select(a => a.Name)]);
    }

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        var wanted = LookupKey.Of(key);
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await GetAsync($"api/v2/tickets?order_by=created_at&order_type=desc&per_page={PageSize}&page={page}", ct);
            var tickets = answer.Json.Items().ToList();
            if (tickets.FirstOrDefault(t => t.At("custom_fields").Text(_keyField) == wanted) is { ValueKind: JsonValueKind.Object } newest)
            {
                return ToRemote(newest, []);
            }

            if (tickets.Count < PageSize || tickets[^1].Moment("created_at") < (answer.Headers.Date ?? _time.GetUtcNow()) - IndexLag)
            {
                var query = Uri.EscapeDataString($"\"{_keyField}:'{wanted}'\"");
                var found = (await GetAsync($"api/v2/search/tickets?query={query}", ct)).Json.Items("results").OrderBy(t => t.Number("id"))
                    .FirstOrDefault(t => t.At("custom_fields").Text(_keyField) == wanted);
                return found.Text("id") is null ? null : ToRemote(found, []);
            }
        }

        throw new OutboxRefusal($"{Name} has had more than {MostPages * PageSize} tickets in {IndexLag.TotalMinutes} minutes: too many to look through.", final: false);
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        var names = await NamesAsync(ct);
        var warnings = new List<string>();
        var custom = new JsonObject { [_keyField] = LookupKey.Of(draft.Key) };
        var fields = draft.CustomFields.Count > 0 ? await FieldsAsync(ct) : [];
        foreach (var (name, value) in draft.CustomFields)
        {
            if (fields.FirstOrDefault(f => f.Label == name || f.Name == name) is { Name: { } field })
            {
                custom[field] = value;
            }
            else
            {
                warnings.Add($"There is no ticket field '{name}'.");
            }
        }

        var ticket = new JsonObject
        {
            ["name"] = draft.Requester.Name,
            [draft.Requester.Email is null ? "unique_external_id" : "email"] = draft.Requester.Email ?? $"supportbot-{LookupKey.Of(draft.ConversationId)}",
            ["subject"] = draft.Subject,
            ["description"] = VendorMarkup.FromText(draft.Body),
            ["status"] = StatusOf(TicketPhase.Open),
            ["priority"] = PriorityOf(draft.Priority),
            ["source"] = SourceChat,
            ["group_id"] = GroupOf(names, draft.Queue),
            ["tags"] = new JsonArray([.. draft.Tags.Select(t => JsonValue.Create(t))]),
            ["custom_fields"] = custom,
        };
        if (draft.Assignee is { } assignee)
        {
            if (AgentOf(names, assignee) is { } agent)
            {
                ticket["responder_id"] = agent;
            }
            else
            {
                warnings.Add($"There is no agent '{assignee}'.");
            }
        }

        var created = (await _http.SendAsync(Request(HttpMethod.Post, "api/v2/tickets", await ContentAsync(ticket, draft.Files, ct)), ct)).Json;
        return ToRemote(created, [.. warnings, .. Dropped(ticket, created)]);
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var note = new JsonObject { ["body"] = VendorMarkup.FromText(TicketReference.Mark(message.Text, message.Reference)), ["private"] = !message.Public };
        var request = Request(HttpMethod.Post, $"api/v2/tickets/{Segment(ticketId)}/notes", await ContentAsync(note, message.Files, ct));
        return (await _http.SendAsync(request, ct)).Json.Text("id") ?? throw new OutboxRefusal($"{Name} took the message and told no id of it.", final: false);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var names = update.Queue is null && update.Assignee is null ? null : await NamesAsync(ct);
        var change = new JsonObject();
        if (update.Queue is { } queue)
        {
            change["group_id"] = GroupOf(names!, queue);
        }

        if (update.Assignee is { } assignee)
        {
            change["responder_id"] = AgentOf(names!, assignee) ?? throw new OutboxRefusal($"There is no agent '{assignee}' in {Name}.", final: true);
        }

        if (update.Priority is { } priority)
        {
            change["priority"] = PriorityOf(priority);
        }

        if (update.Phase is { } phase)
        {
            change["status"] = StatusOf(phase);
        }

        if (change.Count > 0)
        {
            var changed = (await _http.SendAsync(Request(HttpMethod.Put, $"api/v2/tickets/{Segment(ticketId)}", JsonContent.Create<JsonNode>(change)), ct)).Json;
            if (Dropped(change, changed) is [var first, ..])
            {
                throw new OutboxRefusal($"{Name}: {first}", final: true);
            }
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"api/v2/tickets/{Segment(ticketId)}?include=requester"), ct, HttpStatusCode.NotFound);
        var ticket = answer.Json;
        if (answer.Status == HttpStatusCode.NotFound || ticket.Flag("deleted"))
        {
            return TicketState.Gone(ticketId);
        }

        // They come oldest first and cannot be turned round.
        var conversations = new List<JsonElement>();
        for (var page = 1; page <= MostPages && conversations.Count == (page - 1) * PageSize; page++)
        {
            conversations.AddRange((await GetAsync($"api/v2/tickets/{Segment(ticketId)}/conversations?per_page={PageSize}&page={page}", ct)).Json.Items());
        }

        var newest = conversations.OrderBy(c => c.Number("id")).TakeLast(TicketState.MostMessages).ToList();
        var me = newest.Count > 0 ? await MeAsync(ct) : "";
        var people = newest.Where(c => !c.Flag("incoming")).Select(c => c.Text("user_id")).Append(ticket.Text("responder_id")).OfType<string>();
        var names = _names is { } known && known.Groups.ContainsKey(ticket.Text("group_id") ?? "") && people.All(known.Agents.ContainsKey) ? known : await NamesAsync(ct);
        var customer = ticket.At("requester").Text("name") ?? "";
        var status = ticket.Number("status");
        return new TicketState(
            ticket.Text("id") ?? ticketId, status.ToString(CultureInfo.InvariantCulture), PhaseOf(status), names.Groups.GetValueOrDefault(ticket.Text("group_id") ?? "", ""),
            ticket.Text("responder_id") is { } agent ? names.Agents.GetValueOrDefault(agent).Name ?? agent : null,
            PhaseOf(status) == TicketPhase.Closed ? MergedInto(newest) : null, false, newest.ConvertAll(c => ToMessage(c, me, names, customer)));
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        if (TimeCursor.Parse(cursor) is not { } from)
        {
            var now = (await GetAsync("api/v2/agents/me", ct)).Headers.Date ?? _time.GetUtcNow();
            return new ChangedTickets([], TimeCursor.At(now, Overlap).ToString(), false);
        }

        var since = from.From.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var answer = await GetAsync($"api/v2/tickets?updated_since={Uri.EscapeDataString(since)}&order_by=updated_at&order_type=asc&per_page={PageSize}&page={from.Page}", ct);
        var tickets = answer.Json.Items().ToList();
        var (next, more) = from.After(tickets.Count == PageSize ? tickets[^1].Moment("updated_at") : null, answer.Headers.Date ?? _time.GetUtcNow(), Step, Overlap);
        var ids = tickets.Select(t => t.Text("id")!).ToList();
        if (!more)
        {
            var deleted = await GetAsync($"api/v2/tickets?filter=deleted&order_by=updated_at&order_type=desc&per_page={PageSize}", ct);
            ids.AddRange(deleted.Json.Items().Where(t => t.Moment("updated_at") >= from.From).Select(t => t.Text("id")!));
        }

        return new ChangedTickets(ids, next.ToString(), more);
    }

    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        if (_options.WebhookSecret is not { Length: > 0 } secret
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers["X-SupportBot-Secret"].ToString()), Encoding.UTF8.GetBytes(secret)))
        {
            return new WebhookReading.Refused("The secret does not fit.");
        }

        var body = VendorJson.Parse(request.Body);
        return (body.Text("ticket_id") ?? body.At("freshdesk_webhook").Text("ticket_id")) is { Length: > 0 } ticket
            ? new WebhookReading.Hint(null, ticket)
            : new WebhookReading.Refused("It names no ticket.");
    }

    private static TicketPhase PhaseOf(long status) => status switch
    {
        3 or 6 => TicketPhase.Waiting,
        4 => TicketPhase.Solved,
        5 => TicketPhase.Closed,
        _ => TicketPhase.Open,
    };

    private static int StatusOf(TicketPhase phase) => phase switch { TicketPhase.Waiting => 3, TicketPhase.Solved => 4, TicketPhase.Closed => 5, _ => 2 };

    private static int PriorityOf(string priority) => Math.Max(Array.IndexOf(Priorities, priority), 0) + 1;

    /// <summary>What was asked for and is not there.</summary>
    private static List<string> Dropped(JsonObject asked, JsonElement got) =>
    [
        .. new[] { "subject", "status", "priority", "group_id", "responder_id" }
            .Where(name => asked[name] is { } value && value.ToString().Trim() != got.Text(name)?.Trim())
            .Select(name => $"{name} became '{got.Text(name)}' and not '{asked[name]}'."),
    ];

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static string? MergedInto(List<JsonElement> conversations) => conversations.AsEnumerable().Reverse().Where(c => c.Flag("private"))
        .Select(c => MergeNote().Match(VendorMarkup.ToText(c.Text("body") ?? ""))).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    private RemoteMessage ToMessage(JsonElement conversation, string me, Names names, string customer)
    {
        var text = VendorMarkup.ToText(conversation.Text("body") ?? "");
        var author = conversation.Text("user_id") ?? "";
        var (words, reference) = author == me ? TicketReference.Read(text) : (text, null);
        var incoming = conversation.Flag("incoming");
        return new RemoteMessage(
            conversation.Text("id")!, !conversation.Flag("private"), reference is null && !incoming && names.Agents.ContainsKey(author),
            incoming ? customer : names.Agents.GetValueOrDefault(author).Name ?? "", words, conversation.Moment("created_at") ?? _time.GetUtcNow(), reference,
            [.. conversation.Items("attachments").Select(ToFile)]);
    }

    private TicketFile ToFile(JsonElement file)
    {
        // The address is signed, and the file lies with somebody else, who is to see no token of ours.
        var url = new Uri(_url, file.Text("attachment_url") ?? "");
        return new TicketFile(
            file.Text("name") ?? "file", file.Text("content_type") ?? "application/octet-stream", file.Number("size"),
            ct => _http.OpenAsync(new HttpRequestMessage(HttpMethod.Get, url), ct));
    }

    [GeneratedRegex(@"merged into ticket\s+#?(\d{1,18})", RegexOptions.IgnoreCase)]
    private static partial Regex MergeNote();

    private sealed record Names(Dictionary<string, string> Groups, Dictionary<string, (string Name, string? Email)> Agents);
}
