using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Request Tracker 5 by its REST API 2.0. The key stands in a custom field of the ticket, the reference of a message before the ticket's subject
/// in the message's own, where RT keeps both in one commit. RT answers 200 and 201 to what it did not do, so everything is read back.
/// </summary>
/// <remarks>
/// Settings, all optional: <c>KeyField</c> and <c>TagsField</c> name custom fields for tickets; <c>Open</c>, <c>Waiting</c>, <c>Solved</c> and
/// <c>Closed</c> list the statuses of a phase, the one to be set first; <c>Low</c>, <c>Normal</c>, <c>High</c> and <c>Urgent</c> are the
/// priorities as numbers. What our user in RT may do is said in <c>tests/request-tracker</c>.
/// </remarks>
public sealed partial class RequestTrackerSystem : ITicketSystem
{
    public const string Type = "RequestTracker";

    private const string Api = "REST/2.0/";
    private const string Nobody = "Nobody";
    private const string Deleted = "deleted";

    /// <summary>RT gives no more at once.</summary>
    private const int PageSize = 100;

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly string _ownUserId;
    private readonly string _keyField;
    private readonly string? _tagsField;
    private readonly Dictionary<TicketPhase, string[]> _statuses;
    private readonly Dictionary<string, int> _priorities;
    private readonly RequestTrackerMessages _messages;

    /// <exception cref="TicketSystemProblem">A setting cannot be used.</exception>
    public RequestTrackerSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http) = (options, http);
        options.NeedUrl();
        _authorization = new AuthenticationHeaderValue("token", options.NeedToken());
        _ownUserId = Token().Match(options.NeedToken()) is { Success: true } token
            ? token.Groups[1].Value
            : throw new TicketSystemProblem(nameof(options.Token), "use an authentication token of RT, which looks like 1-28-0123456789abcdef");
        _keyField = FieldName("KeyField", "SupportBotKey");
        _tagsField = options.Settings.ContainsKey("TagsField") ? FieldName("TagsField", "") : null;
        _statuses = new()
        {
            [TicketPhase.Open] = Words("Open", "open,new"),
            [TicketPhase.Waiting] = Words("Waiting", "stalled"),
            [TicketPhase.Solved] = Words("Solved", "resolved"),
            [TicketPhase.Closed] = Words("Closed", "rejected"),
        };
        _priorities = new(StringComparer.Ordinal)
        {
            ["low"] = Number("Low", 0),
            ["normal"] = Number("Normal", 50),
            ["high"] = Number("High", 100),
            ["urgent"] = Number("Urgent", 100),
        };
        _messages = new RequestTrackerMessages(CallAsync, _ownUserId, time);
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var queues = await QueuesAsync(ct);
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var id in queues.Values)
        {
            fields.UnionWith(await FieldsAsync(id, ct));
        }

        // RT tells an ordinary user of its own neither who may own tickets nor, in lists, who is an agent.
        return new TicketCatalog([.. queues.Keys], [.. fields.Where(f => f != _keyField && f != _tagsField)]);
    }

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct)
    {
        var found = await SearchAsync(key, ct);
        return found.Count == 0 ? null : ToRemote(found[0], []);
    }

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        var queues = await QueuesAsync(ct);
        var queue = queues.GetValueOrDefault(draft.Queue) ?? throw NoQueue(draft.Queue, queues.Keys);
        if (!(await FieldsAsync(queue, ct)).Contains(_keyField))
        {
            throw new OutboxRefusal($"{Name}: tickets of the queue {draft.Queue} have no custom field {_keyField} that our user may see.", final: true);
        }

        var fields = draft.CustomFields.ToDictionary(f => f.Key, f => (object)f.Value);
        fields[_keyField] = draft.Key;
        if (_tagsField is not null && draft.Tags.Count > 0)
        {
            fields[_tagsField] = draft.Tags;
        }

        var created = await CallAsync(HttpMethod.Post, "ticket", new Dictionary<string, object?>
        {
            ["Queue"] = draft.Queue,
            ["Subject"] = OneLine(draft.Subject),
            ["Requestor"] = draft.Requester.Email is { } email ? $"\"{Unquoted(draft.Requester.Name)}\" <{email}>" : null,
            ["Content"] = draft.Body,
            ["ContentType"] = "text/plain",
            ["Priority"] = PriorityOf(draft.Priority),
            ["Owner"] = draft.Assignee,
            ["CustomFields"] = fields,
            ["Attachments"] = await FilesAsync(draft.Files, ct),
        }, ct);

        var found = await SearchAsync(draft.Key, ct);
        if (found.Count == 0)
        {
            throw new OutboxRefusal($"{Name}: ticket {Text(created, "id")} was created without its key in {_keyField}.", final: true);
        }

        // A create whose answer was late may have come to pass after the look-up before this one.
        foreach (var twin in found.Skip(1).Where(t => Id(t, "EffectiveId") == Text(t, "id")))
        {
            await CallAsync(HttpMethod.Put, $"ticket/{Text(twin, "id")}", new { MergeInto = Text(found[0], "id") }, ct);
        }

        return ToRemote(found[0], Warnings(draft, found[0]));
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var ticket = await TicketAsync(ticketId, ct);
        var request = Request(HttpMethod.Post, $"ticket/{ticketId}/{(message.Public ? "correspond" : "comment")}", new
        {
            Subject = $"[{message.Reference}] {OneLine(Text(ticket, "Subject"))}",

            // Perl takes a lone 0 for no text.
            Content = message.Text == "0" ? "0\n" : message.Text,
            ContentType = "text/plain",
            Attachments = await FilesAsync(message.Files, ct),
        });
        var answer = await _http.SendAsync(request, ct);
        return answer.Headers.Location?.OriginalString.Split('/')[^1]
            ?? throw new OutboxRefusal($"{Name} did not say which message it made.", final: false);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var ticket = await TicketAsync(ticketId, ct);
        var queues = await QueuesAsync(ct);
        if (update.Queue is { } queue && !queues.ContainsKey(queue))
        {
            throw NoQueue(queue, queues.Keys);
        }

        var wanted = Missing(ticket);
        if (wanted.Count == 0)
        {
            return;
        }

        var answer = await CallAsync(HttpMethod.Put, $"ticket/{ticketId}", wanted, ct);
        var missing = Missing(await TicketAsync(ticketId, ct));
        if (missing.Count > 0)
        {
            throw new OutboxRefusal($"{Name} did not take {string.Join(", ", missing.Select(m => $"{m.Key} {m.Value}"))}: {answer}", final: true);
        }

        Dictionary<string, object> Missing(JsonElement now)
        {
            var changes = new Dictionary<string, object>();
            if (update.Phase is { } phase && PhaseOf(Text(now, "Status")) != phase && Text(now, "Status") != StatusFor(phase))
            {
                changes["Status"] = StatusFor(phase);
            }

            if (update.Queue is { } to && queues[to] != Id(now, "Queue"))
            {
                changes["Queue"] = to;
            }

            if (update.Assignee is { } assignee && Id(now, "Owner") != assignee)
            {
                changes["Owner"] = assignee;
            }

            if (update.Priority is { } priority && PriorityOf(priority).ToString(CultureInfo.InvariantCulture) != Text(now, "Priority"))
            {
                changes["Priority"] = PriorityOf(priority);
            }

            return changes;
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"ticket/{ticketId}"), ct, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound || Text(answer.Json, "Status") == Deleted)
        {
            return TicketState.Gone(ticketId);
        }

        var ticket = answer.Json;
        var status = Text(ticket, "Status");
        var queueId = Id(ticket, "Queue");
        var queue = (await QueuesAsync(ct)).FirstOrDefault(q => q.Value == queueId).Key ?? queueId;
        var owner = Id(ticket, "Owner") is var name && name != Nobody ? name : null;

        // Asked for a merged ticket, RT shows the one that it was merged into.
        return Text(ticket, "id") is var id && id != ticketId
            ? new TicketState(ticketId, status, PhaseOf(status), queue, owner, id, Deleted: false, [])
            : new TicketState(ticketId, status, PhaseOf(status), queue, owner, null, Deleted: false, await _messages.ReadAsync(ticketId, ct));
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        // The kinds left out need further rights, and what our user may not see leaves holes in RT's pages.
        const string Transactions = "ObjectType = 'RT::Ticket' AND Type != 'EmailRecord' AND Type != 'CommentEmailRecord' AND Type != 'CustomField'";
        var position = cursor is null ? null : RequestTrackerCursor.Parse(cursor);
        var query = position is null ? Transactions : $"{Transactions} AND id > {position.AskAfter}";
        var order = position is null ? "DESC" : "ASC";
        var answer = await CallAsync(
            HttpMethod.Get, $"transactions?fields=ObjectId&orderby=id&order={order}&per_page={PageSize}&query={Uri.EscapeDataString(query)}", null, ct);
        var transactions = Items(answer).Select(t => (Id: long.Parse(Text(t, "id"), CultureInfo.InvariantCulture), Ticket: Text(t, "ObjectId"))).ToList();
        if (position is null)
        {
            return new ChangedTickets([], RequestTrackerCursor.At(transactions.Select(t => t.Id)).ToString(), More: false);
        }

        var fresh = transactions.Where(t => !position.Has(t.Id)).ToList();
        return new ChangedTickets(
            [.. fresh.Select(t => t.Ticket).Distinct()], position.After(fresh.Select(t => t.Id)).ToString(), More: fresh.Count > 0);
    }

    /// <remarks>The scrip in <c>tests/request-tracker/initialdata</c> makes these calls.</remarks>
    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        if (_options.WebhookSecret is not { Length: > 0 } secret)
        {
            return new WebhookReading.Refused("there is no WebhookSecret to check it by");
        }

        var time = request.Headers["X-SupportBot-Timestamp"].ToString();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), WebhookSignature.Covered($"{time}.", request.Body.Span));
        if (!WebhookSignature.IsHex(request.Headers["X-SupportBot-Signature"], hash))
        {
            return new WebhookReading.Refused("its signature is missing or not ours");
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LastSecond
            || !WebhookSignature.IsNear(DateTimeOffset.FromUnixTimeSeconds(seconds), request.Now))
        {
            return new WebhookReading.Refused("it is not from now");
        }

        var body = VendorJson.Parse(request.Body);
        return body.Number("ticket") > 0 && body.Number("transaction") > 0
            ? new WebhookReading.Hint(Text(body, "transaction"), Text(body, "ticket"))
            : new WebhookReading.Refused("its body names no ticket");
    }
}
