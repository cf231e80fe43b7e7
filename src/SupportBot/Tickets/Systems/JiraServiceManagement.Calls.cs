using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>Its calls, and the names that they take.</summary>
public sealed partial class JiraServiceManagementSystem
{
    /// <summary>Writes a comment, with its files in the same call.</summary>
    private async Task<string> SayAsync(string ticketId, string text, bool isPublic, IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        string? id;
        if (files.Count == 0)
        {
            var body = new JsonObject { ["body"] = Escape(text), ["public"] = isPublic };
            id = (await _http.SendAsync(Request(HttpMethod.Post, $"rest/servicedeskapi/request/{Segment(ticketId)}/comment", body), ct)).Json.Text("id");
        }
        else
        {
            var form = new VendorForm();
            foreach (var file in files)
            {
                await form.AddAsync("file", file, ct);
            }

            var upload = Request(HttpMethod.Post, $"rest/servicedeskapi/servicedesk/{await DeskAsync(ct)}/attachTemporaryFile");
            upload.Headers.Add("X-Atlassian-Token", "no-check");
            upload.Content = form.Content;
            var uploaded = (await _http.SendAsync(upload, ct)).Json.Items("temporaryAttachments").Select(a => JsonValue.Create(a.Text("temporaryAttachmentId")));
            var body = new JsonObject
            {
                ["temporaryAttachmentIds"] = new JsonArray([.. uploaded]),
                ["public"] = isPublic,
                ["additionalComment"] = new JsonObject { ["body"] = Escape(text) },
            };
            id = (await _http.SendAsync(Request(HttpMethod.Post, $"rest/servicedeskapi/request/{Segment(ticketId)}/attachment", body), ct)).Json.At("comment").Text("id");
        }

        return id ?? throw new OutboxRefusal($"{Name} took the message and told no id of it.", final: false);
    }

    private async Task MoveAsync(string ticketId, TicketPhase phase, CancellationToken ct)
    {
        var status = (await GetAsync($"rest/api/2/issue/{Segment(ticketId)}?fields=status", ct)).Json.At("fields").At("status");
        if (Phase(status) == phase)
        {
            return;
        }

        var transitions = (await GetAsync($"rest/api/2/issue/{Segment(ticketId)}/transitions", ct)).Json.Items("transitions").ToList();
        var transition = transitions.FirstOrDefault(t => Phase(t.At("to")) == phase).Text("id")
            ?? throw new OutboxRefusal(
                $"From '{status.Text("name")}' {Name}'s workflow leads to no status that means {phase}; it leads to: {string.Join(", ", transitions.Select(t => t.At("to").Text("name")))}.",
                final: true);
        var body = new JsonObject { ["transition"] = new JsonObject { ["id"] = transition } };
        await _http.SendAsync(Request(HttpMethod.Post, $"rest/api/2/issue/{Segment(ticketId)}/transitions", body), ct);

        TicketPhase Phase(JsonElement s) => PhaseOf(s.Text("name") ?? "", s.At("statusCategory").Text("key") == "done");
    }

    private async Task<string> MeAsync(CancellationToken ct) => _me ??= (await GetAsync("rest/api/2/myself", ct)).Json.Text("accountId") ?? "";

    private async Task<string> DeskAsync(CancellationToken ct) =>
        _desk ??= (await GetAsync($"rest/servicedeskapi/servicedesk/{_project}", ct)).Json.Text("id") ?? throw new OutboxRefusal($"{Name} has no service desk {_project}.", final: true);

    private async Task<Dictionary<string, string>> RequestTypesAsync(CancellationToken ct)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in await PagesAsync($"rest/servicedeskapi/servicedesk/{await DeskAsync(ct)}/requesttype", ct))
        {
            types.TryAdd(type.Text("name")!, type.Text("id")!);
        }

        return types;
    }

    private async Task<List<JsonElement>> AgentsAsync(CancellationToken ct) =>
        [.. (await GetAsync($"rest/api/2/user/assignable/search?project={_project}&maxResults=1000", ct)).Json.Items()];

    private async Task<string?> AgentAsync(string name, CancellationToken ct) => (await AgentsAsync(ct))
        .FirstOrDefault(a => a.Text("displayName") == name || string.Equals(a.Text("emailAddress"), name, StringComparison.OrdinalIgnoreCase)).Text("accountId");

    private Task<VendorAnswer> SearchAsync(string jql, int most, string? token, CancellationToken ct) => GetAsync(
        $"rest/api/3/search/jql?fields=updated&maxResults={most}&jql={Uri.EscapeDataString(jql)}{(token is null ? "" : $"&nextPageToken={Uri.EscapeDataString(token)}")}", ct);

    private async Task<List<JsonElement>> PagesAsync(string path, CancellationToken ct)
    {
        var all = new List<JsonElement>();
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}start={all.Count}&limit={PageSize}", ct);
            var values = answer.Json.Items("values").ToList();
            all.AddRange(values);
            if (values.Count == 0 || answer.Json.At("isLastPage").ValueKind != JsonValueKind.False)
            {
                break;
            }
        }

        return all;
    }

    private Task<VendorAnswer> GetAsync(string path, CancellationToken ct) => _http.SendAsync(Request(HttpMethod.Get, path), ct);

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Authorization = _authorization }, Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-ExperimentalApi", "opt-in");
        return request;
    }
}
