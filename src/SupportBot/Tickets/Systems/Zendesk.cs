using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Zendesk Support. Queues are groups; the key is the ticket's <c>external_id</c>, which the list of tickets finds at once (the search does
/// not), and a message's reference is custom metadata of its audit. <c>User</c> is the e-mail address that the API token belongs to; without one
/// the token is sent as a bearer's.
/// </summary>
/// <remarks>
/// Fields, statuses and addresses are those of Zendesk's OpenAPI description. Known from its guides only: <c>Idempotency-Key</c> (2 hours; a
/// changed body is a 400), <c>sort=-updated_at</c> on the list of tickets, how a merge shows, and that solving needs an assignee. The customer's
/// case goes in as an internal note, so that no trigger mails it. A webhook's trigger sends <c>{"ticket_id": "{{ticket.id}}"}</c>; the events
/// of Zendesk's own webhooks are read, too.
/// </remarks>
public sealed partial class ZendeskSystem : ITicketSystem
{
    public const string Type = "Zendesk";

    private const string Metadata = "supportbot_reference";
    private const int MostPages = 10;
    private const int MostDeleted = 100;

    /// <summary>A change may be listed this much after the moment that it carries.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly AuthenticationHeaderValue _authorization;

    public ZendeskSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http, _time, _url) = (options, http, time, options.NeedUrl());
        var token = options.NeedToken();
        _authorization = options.User is { Length: > 0 } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}/token:{token}")))
            : new AuthenticationHeaderValue("Bearer", token);
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var groups = await GroupsAsync(ct);
        var fields = await FieldsAsync(ct);
        var agents = await AgentsAsync(ct);
        return new TicketCatalog([.. groups.Keys], [.. fields.Keys], [.. agents.Select(a => a.Text("name")!)]);
    }

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        var answer = await GetAsync($"api/v2/tickets?external_id={Uri.EscapeDataString(key)}", ct);
        var ticket = answer.Json.Items("tickets").FirstOrDefault(t => t.Text("external_id") == key);
        return ticket.Text("id") is null ? null : ToRemote(ticket, []);
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        var warnings = new List<string>();
        var ticket = new JsonObject
        {
            ["external_id"] = draft.Key,
            ["subject"] = draft.Subject,
            ["comment"] = Comment(draft.Body, isPublic: false, await UploadAsync(draft.Files, ct)),
            ["requester"] = draft.Requester.Email is { } email
                ? new JsonObject { ["name"] = draft.Requester.Name, ["email"] = email }
                : new JsonObject { ["name"] = draft.Requester.Name },
            ["group_id"] = await GroupAsync(draft.Queue, ct),
            ["priority"] = draft.Priority,
            ["tags"] = new JsonArray([.. draft.Tags.Select(t => JsonValue.Create(t))]),
        };
        var agent = draft.Assignee is { } assignee ? await AgentAsync(assignee, ct) : null;
        if (draft.Assignee is not null && agent is null)
        {
            warnings.Add($"There is no agent '{draft.Assignee}'.");
        }

        ticket["assignee_id"] = agent;
        var fields = draft.CustomFields.Count > 0 ? await FieldsAsync(ct) : [];
        warnings.AddRange(draft.CustomFields.Keys.Where(f => !fields.ContainsKey(f)).Select(f => $"There is no ticket field '{f}'."));
        ticket["custom_fields"] = new JsonArray([.. draft.CustomFields.Where(f => fields.ContainsKey(f.Key))
            .Select(f => new JsonObject { ["id"] = fields[f.Key], ["value"] = f.Value })]);

        var request = Request(HttpMethod.Post, "api/v2/tickets", new JsonObject { ["ticket"] = ticket });
        request.Headers.Add("Idempotency-Key", LookupKey.Of(draft.Key));
        var answer = await _http.SendAsync(request, ct, HttpStatusCode.BadRequest);
        if (answer.Status == HttpStatusCode.BadRequest)
        {
            // The key was used less than two hours ago with another body, such as other upload tokens: that ticket is the one.
            return await FindByKeyAsync(draft.Key, ct)
                ?? throw new OutboxRefusal($"{Name} refused the ticket.", final: true, detail: answer.Json.Text("description") ?? answer.Json.Text("error"));
        }

        return ToRemote(answer.Json.At("ticket"), [.. warnings, .. Dropped(ticket, answer.Json.At("ticket"))]);
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var current = await GetAsync($"api/v2/tickets/{Segment(ticketId)}", ct);
        var answer = await PutAsync(ticketId, current.Json.At("ticket"), new JsonObject
        {
            ["comment"] = Comment(message.Text, message.Public, await UploadAsync(message.Files, ct)),
            ["metadata"] = new JsonObject { [Metadata] = message.Reference },
        }, ct);
        return CommentsOf(answer.At("audit")).FirstOrDefault().Text("id")
            ?? throw new OutboxRefusal($"{Name} took the message and told no id of it.", final: false);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var current = (await GetAsync($"api/v2/tickets/{Segment(ticketId)}", ct)).Json.At("ticket");
        var change = new JsonObject();
        if (update.Queue is { } queue)
        {
            change["group_id"] = await GroupAsync(queue, ct);
        }

        if (update.Assignee is { } assignee)
        {
            change["assignee_id"] = await AgentAsync(assignee, ct) ?? throw new OutboxRefusal($"There is no agent '{assignee}' in {Name}.", final: true);
        }

        if (update.Priority is { } priority)
        {
            change["priority"] = priority;
        }

        if (update.Phase is { } phase && PhaseOf(current.Text("status") ?? "") != phase)
        {
            change["status"] = phase switch { TicketPhase.Open => "open", TicketPhase.Waiting => "pending", TicketPhase.Solved => "solved", _ => "closed" };
            if (phase is TicketPhase.Solved or TicketPhase.Closed && current.Text("assignee_id") is null && !change.ContainsKey("assignee_id"))
            {
                change["assignee_id"] = (await GetAsync("api/v2/users/me", ct)).Json.At("user").Number("id");
            }
        }

        if (change.Count == 0)
        {
            return;
        }

        var answer = await PutAsync(ticketId, current, change, ct);
        if (Dropped(change, answer.At("ticket")) is [var first, ..])
        {
            throw new OutboxRefusal($"{Name}: {first}", final: true);
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"api/v2/tickets/{Segment(ticketId)}?include=users,groups"), ct, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return TicketState.Gone(ticketId);
        }

        var ticket = answer.Json.At("ticket");
        var audits = await AuditsAsync(ticketId, ct);
        var said = audits.Where(a => !a.Items("events").Any(e => e.Text("type") == "Create"))
            .SelectMany(a => CommentsOf(a).Select(c => (Audit: a, Comment: c)))
            .OrderBy(m => m.Audit.Moment("created_at")).ThenBy(m => m.Comment.Number("id"))
            .TakeLast(TicketState.MostMessages).ToList();
        var authors = await UsersAsync([.. said.Select(m => AuthorOf(m.Audit, m.Comment)).Where(a => a > 0).Distinct()], ct);
        var status = ticket.Text("status") ?? "";
        return new TicketState(
            ticket.Text("id") ?? ticketId, status, PhaseOf(status),
            NameOf(answer.Json.Items("groups"), ticket.Text("group_id")) ?? "", NameOf(answer.Json.Items("users"), ticket.Text("assignee_id")),
            MergedInto(ticket, audits), false,
            said.ConvertAll(m => ToMessage(m.Audit, m.Comment, authors.GetValueOrDefault(AuthorOf(m.Audit, m.Comment)))));
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        // Newest first, back to where the last look began: what moves while we walk moves to the top, and is newer than this look's beginning.
        if (cursor?.Split('|') is not [var from, var next, var page] || !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            var now = (await GetAsync("api/v2/tickets?sort=-updated_at&page[size]=1", ct)).Headers.Date ?? _time.GetUtcNow();
            return new ChangedTickets([], $"{Seconds(now)}||", false);
        }

        var since = DateTimeOffset.FromUnixTimeSeconds(seconds) - Overlap;
        var answer = await GetAsync($"api/v2/tickets?sort=-updated_at&page[size]=100{(page.Length > 0 ? $"&page[after]={Uri.EscapeDataString(page)}" : "")}", ct);
        next = next.Length > 0 ? next : Seconds(answer.Headers.Date ?? _time.GetUtcNow());
        var tickets = answer.Json.Items("tickets").ToList();
        var changed = tickets.Where(t => t.Moment("updated_at") >= since).Select(t => t.Text("id")!).ToList();
        if (changed.Count == tickets.Count && answer.Json.At("meta").Flag("has_more") && answer.Json.At("meta").Text("after_cursor") is { } after)
        {
            return new ChangedTickets(changed, $"{from}|{next}|{after}", true);
        }

        var deleted = await _http.SendAsync(
            Request(HttpMethod.Get, $"api/v2/deleted_tickets?sort_by=deleted_at&sort_order=desc&per_page={MostDeleted}"), ct, HttpStatusCode.Forbidden);
        changed.AddRange(deleted.Json.Items("deleted_tickets").Where(t => t.Moment("deleted_at") >= since).Select(t => t.Text("id")!));
        return new ChangedTickets(changed, $"{next}||", false);
    }

    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        var stamp = request.Headers["X-Zendesk-Webhook-Signature-Timestamp"].ToString();
        if (_options.WebhookSecret is not { Length: > 0 } secret
            || !WebhookSignature.IsBase64(
                request.Headers["X-Zendesk-Webhook-Signature"], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), WebhookSignature.Covered(stamp, request.Body.Span))))
        {
            return new WebhookReading.Refused("The signature does not fit.");
        }

        if (!WebhookSignature.IsNear(stamp, request.Now))
        {
            return new WebhookReading.Refused("It was signed at another time.");
        }

        var body = VendorJson.Parse(request.Body);
        var ticket = body.Text("ticket_id") ?? body.At("detail").Text("id") ?? body.At("ticket").Text("id");
        var delivery = request.Headers["X-Zendesk-Webhook-Invocation-Id"].ToString();
        return ticket is { Length: > 0 } ? new WebhookReading.Hint(delivery.Length > 0 ? delivery : null, ticket) : new WebhookReading.Refused("It names no ticket.");
    }

    private static TicketPhase PhaseOf(string status) => status switch
    {
        "pending" => TicketPhase.Waiting,
        "solved" => TicketPhase.Solved,
        "closed" => TicketPhase.Closed,
        _ => TicketPhase.Open,
    };

    private static IEnumerable<JsonElement> CommentsOf(JsonElement audit) => audit.Items("events").Where(e => e.Text("type") == "Comment");

    private static long AuthorOf(JsonElement audit, JsonElement comment) => comment.Number("author_id") is > 0 and var author ? author : audit.Number("author_id");

    private static string? NameOf(IEnumerable<JsonElement> all, string? id) => id is null ? null : all.FirstOrDefault(a => a.Text("id") == id).Text("name");

    /// <summary>A merge closes the ticket, tags it, and says in its last comment where the rest is.</summary>
    private static string? MergedInto(JsonElement ticket, List<JsonElement> audits) =>
        !ticket.Items("tags").Any(t => t.AsText() == "closed_by_merge")
            ? null
            : audits.OrderByDescending(a => a.Number("id")).SelectMany(CommentsOf)
                .Select(c => MergeNote().Match(c.Text("body") ?? ""))
                .FirstOrDefault(m => m.Success)?.Groups[1].Value;

    private static JsonObject Comment(string text, bool isPublic, List<string> uploads)
    {
        var comment = new JsonObject { ["body"] = text, ["public"] = isPublic };
        if (uploads.Count > 0)
        {
            comment["uploads"] = new JsonArray([.. uploads.Select(u => JsonValue.Create(u))]);
        }

        return comment;
    }

    /// <summary>What was asked for and is not there.</summary>
    private static List<string> Dropped(JsonObject asked, JsonElement got)
    {
        var dropped = new[] { "subject", "group_id", "assignee_id", "priority", "status" }
            .Where(name => asked[name] is { } value && value.ToString().Trim() != got.Text(name)?.Trim())
            .Select(name => $"{name} became '{got.Text(name)}' and not '{asked[name]}'.").ToList();
        dropped.AddRange((asked["tags"]?.AsArray() ?? []).Select(t => t!.ToString())
            .Where(t => got.Items("tags").All(g => !string.Equals(g.AsText(), t, StringComparison.OrdinalIgnoreCase))).Select(t => $"The tag '{t}' was dropped."));
        dropped.AddRange((asked["custom_fields"]?.AsArray() ?? [])
            .Where(f => got.Items("custom_fields").All(g => g.Number("id") != (long)f!["id"]! || g.Text("value") != (string?)f["value"]))
            .Select(f => $"The field {f!["id"]} did not take '{f["value"]}'."));
        return dropped;
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private RemoteMessage ToMessage(JsonElement audit, JsonElement comment, JsonElement author)
    {
        var reference = audit.At("metadata").At("custom").Text(Metadata);
        var byAgent = author.Text("role") is "agent" or "admin" && audit.At("via").Text("channel") is not ("rule" or "system");
        return new RemoteMessage(
            comment.Text("id")!, comment.Flag("public"), reference is null && byAgent, author.Text("name") ?? "",
            reference is null && comment.Text("html_body") is { } html ? VendorMarkup.ToText(html) : comment.Text("body") ?? "",
            audit.Moment("created_at") ?? _time.GetUtcNow(), reference,
            [.. comment.Items("attachments").Where(a => !a.Flag("deleted")).Select(ToFile)]);
    }

    private TicketFile ToFile(JsonElement file)
    {
        var url = file.Text("content_url") ?? "";
        return new TicketFile(file.Text("file_name") ?? "file", file.Text("content_type") ?? "application/octet-stream", file.Number("size"), ct =>
        {
            // Files may lie with somebody else, who is to see no token of ours.
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, url));
            request.Headers.Authorization = request.RequestUri!.GetLeftPart(UriPartial.Authority) == _url.GetLeftPart(UriPartial.Authority) ? _authorization : null;
            return _http.OpenAsync(request, ct);
        });
    }

    private RemoteTicket ToRemote(JsonElement ticket, IReadOnlyList<string> warnings)
    {
        var id = ticket.Text("id") ?? throw new OutboxRefusal($"{Name} told no id of the ticket.", final: false);
        return new RemoteTicket(id, $"#{id}", ticket.Text("status") ?? "", new Uri(_url, $"agent/tickets/{id}").AbsoluteUri, warnings);
    }

    [GeneratedRegex(@"merged into (?:request|ticket) #(\d{1,18})")]
    private static partial Regex MergeNote();
}
