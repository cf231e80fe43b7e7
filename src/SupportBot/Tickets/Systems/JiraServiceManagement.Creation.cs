using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Creating a request takes several calls, and the search would find it some time later only. So an intent is written down first, as a property of
/// our own user that is read back at once: the newest number that the project had, and in the end the request. A second try that finds an
/// intent without an end reads the project's requests after that number, one by one and not by search, and goes on with ours where it stopped.
/// </summary>
public sealed partial class JiraServiceManagementSystem
{
    private const int MostNumbers = 5_000;

    public async Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct) =>
        (await IntentAsync(key, ct)).Text("issue") is { } issue ? await FindAsync(issue, [], ct) : null;

    public async Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        var warnings = new List<string>();
        var desk = await DeskAsync(ct);
        var type = TypeOf(await RequestTypesAsync(ct), draft.Queue);
        var fields = (await GetAsync($"rest/servicedeskapi/servicedesk/{desk}/requesttype/{type}/field", ct)).Json.Items("requestTypeFields")
            .Where(f => f.Text("name") is not null).DistinctBy(f => f.Text("name")).ToDictionary(f => f.Text("name")!);
        if (!fields.TryGetValue(_keyField, out var keyField) || keyField.Text("fieldId") is not { } keyId)
        {
            throw new OutboxRefusal($"The request type '{draft.Queue}' in {Name} has no field '{_keyField}': add a text field of that name to its form.", final: true);
        }

        var intent = await IntentAsync(draft.Key, ct);
        var issue = intent.ValueKind == JsonValueKind.Object ? intent.Text("issue") ?? await ResumableAsync(draft.Key, keyId, intent.Number("after"), ct) : null;
        if (issue is not null && intent.Text("issue") is not null && await FindAsync(issue, [], ct) is { } whole)
        {
            return whole;
        }

        var reference = TicketReference.Of(draft.Key);
        var (text, files) = Fitting(draft.Body, draft.Body, reference, draft.Files);
        var goesOn = issue is not null;
        if (issue is null)
        {
            var after = intent.ValueKind == JsonValueKind.Object ? intent.Number("after") : await NewestNumberAsync(ct);
            await IntendAsync(draft.Key, new JsonObject { ["after"] = after }, ct);
            var values = Values(draft, text, keyId, fields, warnings);
            var body = new JsonObject { ["serviceDeskId"] = desk, ["requestTypeId"] = type, ["requestFieldValues"] = values };
            if (await CustomerAsync(draft.Requester, desk, warnings, ct) is { } customer)
            {
                body["raiseOnBehalfOf"] = customer;
            }

            issue = (await _http.SendAsync(Request(HttpMethod.Post, "rest/servicedeskapi/request", body), ct)).Json.Text("issueId")
                ?? throw new OutboxRefusal($"{Name} told no id of the request.", final: false);
        }

        if (files.Count > 0 && !(goesOn && (await SaidAsync(issue, null, ct)).Any(m => m.Reference == reference)))
        {
            await SayAsync(issue, TicketReference.Mark(Opening, reference), isPublic: false, files, ct);
        }

        await EditAsync(issue, draft, warnings, ct);
        await IntendAsync(draft.Key, new JsonObject { ["issue"] = issue }, ct);
        return await FindAsync(issue, warnings, ct) ?? throw new OutboxRefusal($"{Name} has lost the request that it has just created.", final: false);
    }

    private static JsonObject Values(TicketDraft draft, string text, string keyId, Dictionary<string, JsonElement> fields, List<string> warnings)
    {
        var summary = Cut(draft.Subject, LongestSummary);
        if (summary.Length < draft.Subject.Length)
        {
            warnings.Add($"The subject was cut after {summary.Length} characters.");
        }

        var values = new JsonObject { ["summary"] = summary, ["description"] = Escape(text), [keyId] = draft.Key };
        foreach (var (name, value) in draft.CustomFields)
        {
            if (!fields.TryGetValue(name, out var field) || field.Text("fieldId") is not { } id || values.ContainsKey(id))
            {
                warnings.Add($"The request type has no field '{name}'.");
                continue;
            }

            values[id] = field.At("jiraSchema").Text("type") switch
            {
                "option" => new JsonObject { ["value"] = value },
                "number" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
                _ => value,
            };
        }

        return values;
    }

    /// <summary>Sets what a form cannot; a field that the project does not have on its screens is left out and told.</summary>
    private async Task EditAsync(string issue, TicketDraft draft, List<string> warnings, CancellationToken ct)
    {
        var fields = new JsonObject { ["priority"] = new JsonObject { ["name"] = PriorityOf(draft.Priority) } };
        if (draft.Tags.Count > 0)
        {
            fields["labels"] = new JsonArray([.. draft.Tags.Select(t => JsonValue.Create(t.Replace(' ', '-')))]);
        }

        if (draft.Assignee is { } assignee)
        {
            if (await AgentAsync(assignee, ct) is { } agent)
            {
                fields["assignee"] = new JsonObject { ["accountId"] = agent };
            }
            else
            {
                warnings.Add($"There is no agent '{assignee}'.");
            }
        }

        while (fields.Count > 0)
        {
            var answer = await _http.SendAsync(Request(HttpMethod.Put, $"rest/api/2/issue/{issue}", new JsonObject { ["fields"] = fields.DeepClone() }), ct, HttpStatusCode.BadRequest);
            var refused = answer.Json.At("errors").ValueKind == JsonValueKind.Object ? answer.Json.At("errors").EnumerateObject().Where(e => fields.ContainsKey(e.Name)).ToList() : [];
            if (answer.Status != HttpStatusCode.BadRequest || refused.Count == 0)
            {
                break;
            }

            foreach (var error in refused)
            {
                warnings.Add($"{error.Name}: {error.Value.AsText()}");
                fields.Remove(error.Name);
            }
        }
    }

    /// <summary>The customer's account, made where it is missing; null when the request goes in under our own name.</summary>
    private async Task<string?> CustomerAsync(Requester requester, string desk, List<string> warnings, CancellationToken ct)
    {
        if (requester.Email is not { } email)
        {
            return null;
        }

        var known = await GetAsync($"rest/servicedeskapi/servicedesk/{desk}/customer?query={Uri.EscapeDataString(email)}", ct);
        if (known.Json.Items("values").FirstOrDefault(c => string.Equals(c.Text("emailAddress"), email, StringComparison.OrdinalIgnoreCase)).Text("accountId") is { } id)
        {
            return id;
        }

        var body = new JsonObject { ["email"] = email, ["displayName"] = requester.Name };
        var made = await _http.SendAsync(Request(HttpMethod.Post, "rest/servicedeskapi/customer", body), ct, HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.Conflict);
        if (made.Json.Text("accountId") is not { } account)
        {
            warnings.Add("There is no customer account for this address and none could be made, so the request is in our own name.");
            return null;
        }

        var member = new JsonObject { ["accountIds"] = new JsonArray(account) };
        await _http.SendAsync(Request(HttpMethod.Post, $"rest/servicedeskapi/servicedesk/{desk}/customer", member), ct, HttpStatusCode.Forbidden);
        return account;
    }

    private async Task<RemoteTicket?> FindAsync(string issue, IReadOnlyList<string> warnings, CancellationToken ct)
    {
        var answer = await _http.SendAsync(Request(HttpMethod.Get, $"rest/api/2/issue/{Segment(issue)}?fields=status"), ct, HttpStatusCode.NotFound);
        return answer.Status == HttpStatusCode.NotFound || answer.Json.Text("key") is not { } number
            ? null
            : new RemoteTicket(issue, number, answer.Json.At("fields").At("status").Text("name") ?? "", new Uri(_url, $"browse/{number}").AbsoluteUri, warnings);
    }

    /// <summary>The request with this key among those after a number, or null.</summary>
    private async Task<string?> ResumableAsync(string key, string keyField, long after, CancellationToken ct)
    {
        for (var first = after + 1; first < after + MostNumbers; first += PageSize)
        {
            var numbers = Enumerable.Range(0, PageSize).Select(i => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{_project}-{first + i}")));
            var body = new JsonObject { ["issueIdsOrKeys"] = new JsonArray([.. numbers]), ["fields"] = new JsonArray(keyField) };
            var issues = (await _http.SendAsync(Request(HttpMethod.Post, "rest/api/2/issue/bulkfetch", body), ct)).Json.Items("issues").ToList();
            if (issues.FirstOrDefault(i => i.At("fields").Text(keyField) == key).Text("id") is { } found)
            {
                return found;
            }

            if (issues.Count == 0)
            {
                return null;
            }
        }

        throw new OutboxRefusal($"{Name} has had more than {MostNumbers} requests since this one was tried first: look whether it is there.", final: true);
    }

    private async Task<long> NewestNumberAsync(CancellationToken ct)
    {
        var newest = (await SearchAsync($"project = \"{_project}\" ORDER BY created DESC", 1, null, ct)).Json.Items("issues").FirstOrDefault().Text("key");
        return Number(newest?[(newest.LastIndexOf('-') + 1)..]);
    }

    private async Task<JsonElement> IntentAsync(string key, CancellationToken ct) =>
        (await _http.SendAsync(Request(HttpMethod.Get, await PropertyAsync(key, ct)), ct, HttpStatusCode.NotFound)).Json.At("value");

    private async Task IntendAsync(string key, JsonObject value, CancellationToken ct) =>
        await _http.SendAsync(Request(HttpMethod.Put, await PropertyAsync(key, ct), value), ct);

    private async Task<string> PropertyAsync(string key, CancellationToken ct) =>
        $"rest/api/2/user/properties/supportbot-{LookupKey.Of(key)}?accountId={Uri.EscapeDataString(await MeAsync(ct))}";
}
