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
/// Jira Service Management, cloud. Tickets are requests of one service desk (setting <c>ServiceDesk</c>, its project's key); queues are its request
/// types, agents are named by display name or e-mail address. <c>User</c> is the address that the API token belongs to. The key is a text field
/// that every request type has on its form (setting <c>KeyField</c>, its name, else <c>SupportBot key</c>). A message's reference is the mark in its
/// text, where it counts only under our own name.
/// </summary>
/// <remarks>
/// All of this rests on Atlassian's documentation, nothing was tried with it; least sure are <c>customfield</c> values for request types, JQL with
/// milliseconds, and that <c>bulkfetch</c> sees what was created a moment ago. JQL is answered by an index that lags behind, so it serves for
/// changes alone, with an overlap; how a request is found again, see the other part. Jira knows no merges. Text is escaped for its markup, and what is
/// longer than it takes goes as a file. Changes of more than 100 requests in one millisecond are walked by page tokens.
/// Settings <c>WaitingStatuses</c> (else <c>Waiting for customer, Pending</c>), <c>PriorityLow</c>, <c>PriorityNormal</c>, <c>PriorityHigh</c> and
/// <c>PriorityUrgent</c> (else <c>Low</c>, <c>Medium</c>, <c>High</c>, <c>Highest</c>) say what the project calls them.
/// </remarks>
public sealed partial class JiraServiceManagementSystem : ITicketSystem
{
    public const string Type = "JiraServiceManagement";

    private const int PageSize = 100;
    private const int MostPages = 30;

    /// <summary>Characters that a summary, and a description or comment, may have.</summary>
    private const int LongestSummary = 255;
    private const int LongestText = 32_000;

    /// <summary>The note with the files that a request was created with.</summary>
    private const string Opening = "What came with it:";

    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly TicketSystemOptions _options;
    private readonly VendorHttp _http;
    private readonly TimeProvider _time;
    private readonly Uri _url;
    private readonly string _project;
    private readonly string _keyField;
    private readonly HashSet<string> _waiting;
    private readonly AuthenticationHeaderValue _authorization;
    private volatile string? _me;
    private volatile string? _desk;

    public JiraServiceManagementSystem(TicketSystemOptions options, VendorHttp http, TimeProvider time)
    {
        (_options, _http, _time, _url) = (options, http, time, options.NeedUrl());
        if (options.User is not { Length: > 0 } user)
        {
            throw new TicketSystemProblem(nameof(options.User), "name the e-mail address that the API token belongs to");
        }

        _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.NeedToken()}")));
        _project = options.Need("ServiceDesk", "name the key of the service desk's project, such as HELP");
        if (!_project.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new TicketSystemProblem("Settings:ServiceDesk", "use the key of the service desk's project, such as HELP");
        }

        _keyField = options.Settings.GetValueOrDefault("KeyField", "SupportBot key");
        _waiting = options.Settings.GetValueOrDefault("WaitingStatuses", "Waiting for customer, Pending")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public string Name => _options.Name;

    public async Task<TicketCatalog> DescribeAsync(CancellationToken ct)
    {
        var types = await RequestTypesAsync(ct);
        var fields = (await GetAsync("rest/api/2/field", ct)).Json.Items().Where(f => f.Flag("custom") && f.Text("name") != _keyField).Select(f => f.Text("name")!);
        var agents = await AgentsAsync(ct);
        return new TicketCatalog([.. types.Keys], [.. fields], [.. agents.Select(a => a.Text("displayName")!)]);
    }

    public async Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct)
    {
        var (text, files) = Fitting(TicketReference.Mark(message.Text, message.Reference), message.Text, message.Reference, message.Files);
        return await SayAsync(ticketId, text, message.Public, files, ct);
    }

    public async Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct)
    {
        var fields = new JsonObject();
        if (update.Queue is { } queue)
        {
            var types = await RequestTypesAsync(ct);
            var field = (await GetAsync("rest/api/2/field", ct)).Json.Items()
                .FirstOrDefault(f => f.At("schema").Text("custom") == "com.atlassian.servicedesk:vp-origin").Text("id");
            fields[field ?? throw new OutboxRefusal($"{Name} has no field for request types.", final: true)] = TypeOf(types, queue);
        }

        if (update.Assignee is { } assignee)
        {
            var id = await AgentAsync(assignee, ct) ?? throw new OutboxRefusal($"There is no agent '{assignee}' in {Name}.", final: true);
            fields["assignee"] = new JsonObject { ["accountId"] = id };
        }

        if (update.Priority is { } priority)
        {
            fields["priority"] = new JsonObject { ["name"] = PriorityOf(priority) };
        }

        if (fields.Count > 0)
        {
            await _http.SendAsync(Request(HttpMethod.Put, $"rest/api/2/issue/{Segment(ticketId)}", new JsonObject { ["fields"] = fields }), ct);
        }

        if (update.Phase is { } phase)
        {
            await MoveAsync(ticketId, phase, ct);
        }
    }

    public async Task<TicketState> ReadAsync(string ticketId, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"rest/servicedeskapi/request/{Segment(ticketId)}?expand=requestType"), ct, HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return TicketState.Gone(ticketId);
        }

        var (request, status) = (answer.Json, answer.Json.At("currentStatus"));
        var issue = (await GetAsync($"rest/api/2/issue/{Segment(ticketId)}?fields=assignee", ct)).Json;
        var customer = request.At("reporter").Text("accountId");
        var messages = new List<RemoteMessage>();
        foreach (var message in (await SaidAsync(ticketId, customer, ct)).Where(m => m.Reference is null || m.Text != Opening).TakeLast(TicketState.MostMessages))
        {
            messages.Add(await WholeAsync(message, ct));
        }

        var word = status.Text("status") ?? "";
        return new TicketState(
            request.Text("issueId") ?? ticketId, word, PhaseOf(word, status.Text("statusCategory") == "DONE"), request.At("requestType").Text("name") ?? "",
            issue.At("fields").At("assignee").Text("displayName"), null, false, messages);
    }

    public async Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct)
    {
        if (TimeCursor.Parse(cursor) is not { } from)
        {
            var now = (await GetAsync("rest/api/2/myself", ct)).Headers.Date ?? _time.GetUtcNow();
            return new ChangedTickets([], TimeCursor.At(now, Overlap).ToString(), false);
        }

        var jql = string.Create(CultureInfo.InvariantCulture, $"project = \"{_project}\" AND updated >= {from.From.ToUnixTimeMilliseconds()} ORDER BY updated ASC");
        var (answer, token) = (default(VendorAnswer), default(string));
        for (var page = 1; page <= from.Page && (page == 1 || token is not null); page++)
        {
            answer = await SearchAsync(jql, PageSize, token, ct);
            token = answer.Json.Text("nextPageToken");
        }

        var issues = answer.Json.Items("issues").ToList();
        var newest = token is not null && issues.Count > 0 ? issues[^1].At("fields").Moment("updated") : null;
        var (next, more) = from.After(newest, answer.Headers.Date ?? _time.GetUtcNow(), Step, Overlap);
        return new ChangedTickets([.. issues.Select(i => i.Text("id")!)], next.ToString(), more);
    }

    public WebhookReading ReadWebhook(WebhookRequest request)
    {
        var told = request.Headers["X-Hub-Signature"].ToString();
        if (_options.WebhookSecret is not { Length: > 0 } secret || !told.StartsWith("sha256=", StringComparison.Ordinal)
            || !WebhookSignature.IsHex(told[7..], HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span)))
        {
            return new WebhookReading.Refused("The signature does not fit.");
        }

        var delivery = request.Headers["X-Atlassian-Webhook-Identifier"].ToString();
        return VendorJson.Parse(request.Body).At("issue").Text("id") is { Length: > 0 } issue
            ? new WebhookReading.Hint(delivery.Length > 0 ? delivery : null, issue)
            : new WebhookReading.Refused("It names no request.");
    }

    private TicketPhase PhaseOf(string status, bool isDone) => (isDone, status.ToLowerInvariant()) switch
    {
        (true, "closed" or "canceled" or "cancelled") => TicketPhase.Closed,
        (true, _) => TicketPhase.Solved,
        _ => _waiting.Contains(status) ? TicketPhase.Waiting : TicketPhase.Open,
    };

    private string PriorityOf(string priority) => priority switch
    {
        "low" => _options.Settings.GetValueOrDefault("PriorityLow", "Low"),
        "high" => _options.Settings.GetValueOrDefault("PriorityHigh", "High"),
        "urgent" => _options.Settings.GetValueOrDefault("PriorityUrgent", "Highest"),
        _ => _options.Settings.GetValueOrDefault("PriorityNormal", "Medium"),
    };

    private string TypeOf(Dictionary<string, string> types, string queue) => types.TryGetValue(queue, out var id)
        ? id
        : throw new OutboxRefusal($"There is no request type '{queue}' in {Name}; there are: {string.Join(", ", types.Keys)}.", final: true);

    private static long Number(string? id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Segment(string id) => Uri.EscapeDataString(id);

    /// <summary>What would start markup, such as an image from elsewhere, stays the letter that it is.</summary>
    private static string Escape(string text) => MarkupStart().Replace(text, @"\$0");

    private static string Unescape(string text) => Escaped().Replace(text, "$1");

    /// <summary>The text, or its beginning and the whole as a file.</summary>
    private static (string Text, IReadOnlyList<TicketFile> Files) Fitting(string text, string whole, string reference, IReadOnlyList<TicketFile> files)
    {
        if (Escape(text).Length <= LongestText)
        {
            return (text, files);
        }

        var bytes = Encoding.UTF8.GetBytes(whole);
        var file = new TicketFile($"{reference}.txt", "text/plain", bytes.Length, _ => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)));
        return (TicketReference.Mark($"{Cut(whole, LongestText / 4)}\n\n(The whole text is attached.)", reference), [.. files, file]);
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private RemoteMessage ToMessage(JsonElement comment, string me, string? customer)
    {
        var author = comment.At("author").Text("accountId") ?? "";
        var files = comment.At("attachments").Items("values").Select(ToFile).ToList();
        var text = (comment.Text("body") ?? "").ReplaceLineEndings("\n");
        foreach (var file in files)
        {
            text = text.Replace($"!{file.Name}|thumbnail!", "", StringComparison.Ordinal).Replace($"[^{file.Name}]", "", StringComparison.Ordinal);
        }

        text = Unescape(text).TrimEnd();
        var (words, reference) = author == me ? TicketReference.Read(text) : (text, null);
        return new RemoteMessage(
            comment.Text("id")!, comment.Flag("public"), author != me && author != customer && !author.StartsWith("qm:", StringComparison.Ordinal),
            comment.At("author").Text("displayName") ?? "", words, comment.At("created").Moment("iso8601") ?? _time.GetUtcNow(), reference, files);
    }

    /// <summary>All comments, oldest first.</summary>
    private async Task<List<RemoteMessage>> SaidAsync(string ticketId, string? customer, CancellationToken ct)
    {
        var me = await MeAsync(ct);
        var comments = await PagesAsync($"rest/servicedeskapi/request/{Segment(ticketId)}/comment?public=true&internal=true&expand=attachment", ct);
        return [.. comments.OrderBy(c => Number(c.Text("id"))).Select(c => ToMessage(c, me, customer))];
    }

    /// <summary>A message of ours that was too long for a comment, out of its file.</summary>
    private static async Task<RemoteMessage> WholeAsync(RemoteMessage message, CancellationToken ct)
    {
        if (message.Reference is not { } reference || message.Files.FirstOrDefault(f => f.Name == $"{reference}.txt") is not { } file)
        {
            return message;
        }

        using var reader = new StreamReader(await file.OpenAsync(ct));
        return message with { Text = await reader.ReadToEndAsync(ct), Files = [.. message.Files.Where(f => f != file)] };
    }

    private TicketFile ToFile(JsonElement file)
    {
        var url = new Uri(_url, file.At("_links").Text("content") ?? "");
        return new TicketFile(file.Text("filename") ?? "file", file.Text("mimeType") ?? "application/octet-stream", file.Number("size"), ct =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = url.GetLeftPart(UriPartial.Authority) == _url.GetLeftPart(UriPartial.Authority) ? _authorization : null;
            return _http.OpenAsync(request, ct);
        });
    }

    [GeneratedRegex(@"[\\{\[!]")]
    private static partial Regex MarkupStart();

    [GeneratedRegex(@"\\([\\{}\[\]!*_?+~^|#-])")]
    private static partial Regex Escaped();
}
