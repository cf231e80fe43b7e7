using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>Its calls, and the names that they take.</summary>
public sealed partial class ZendeskSystem
{
    private async Task<JsonElement> PutAsync(string ticketId, JsonElement current, JsonObject change, CancellationToken ct)
    {
        // Whoever changed it since we looked makes this a 409, and the next try looks again.
        (change["safe_update"], change["updated_stamp"]) = (true, current.Text("updated_at"));
        return (await _http.SendAsync(Request(HttpMethod.Put, $"api/v2/tickets/{Segment(ticketId)}", new JsonObject { ["ticket"] = change }), ct)).Json;
    }

    private async Task<List<string>> UploadAsync(IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        var tokens = new List<string>();
        foreach (var file in files)
        {
            var request = Request(HttpMethod.Post, $"api/v2/uploads?filename={Uri.EscapeDataString(file.Name)}");
            request.Content = new StreamContent(await file.OpenAsync(ct));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.ContentType, out var type) ? type : new("application/octet-stream");
            tokens.Add((await _http.SendAsync(request, ct)).Json.At("upload").Text("token") ?? throw new OutboxRefusal($"{Name} took a file and gave no token.", final: false));
        }

        return tokens;
    }

    private async Task<long> GroupAsync(string name, CancellationToken ct)
    {
        var groups = await GroupsAsync(ct);
        return groups.TryGetValue(name, out var id)
            ? id
            : throw new OutboxRefusal($"There is no group '{name}' in {Name}; there are: {string.Join(", ", groups.Keys)}.", final: true);
    }

    private async Task<Dictionary<string, long>> GroupsAsync(CancellationToken ct)
    {
        var groups = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var group in PagesAsync("api/v2/groups?exclude_deleted=true", "groups", ct))
        {
            groups.TryAdd(group.Text("name")!, group.Number("id"));
        }

        return groups;
    }

    private async Task<Dictionary<string, long>> FieldsAsync(CancellationToken ct)
    {
        var fields = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var field in PagesAsync("api/v2/ticket_fields", "ticket_fields", ct))
        {
            if (field.Flag("active") && field.Flag("removable"))
            {
                fields.TryAdd(field.Text("title")!, field.Number("id"));
            }
        }

        return fields;
    }

    private async Task<List<JsonElement>> AgentsAsync(CancellationToken ct)
    {
        var agents = new List<JsonElement>();
        await foreach (var agent in PagesAsync("api/v2/users?role[]=agent&role[]=admin", "users", ct))
        {
            agents.Add(agent);
        }

        return agents;
    }

    /// <summary>An agent by address, or by name.</summary>
    private async Task<long?> AgentAsync(string name, CancellationToken ct)
    {
        var agents = await AgentsAsync(ct);
        var agent = agents.FirstOrDefault(a => string.Equals(a.Text("email"), name, StringComparison.OrdinalIgnoreCase) || a.Text("name") == name);
        return agent.Text("id") is null ? null : agent.Number("id");
    }

    private async Task<List<JsonElement>> AuditsAsync(string ticketId, CancellationToken ct)
    {
        var audits = new List<JsonElement>();
        var messages = 0;
        await foreach (var audit in PagesAsync($"api/v2/tickets/{Segment(ticketId)}/audits?sort=-created_at", "audits", ct))
        {
            audits.Add(audit);
            messages += CommentsOf(audit).Count();
            if (messages > TicketState.MostMessages)
            {
                break;
            }
        }

        return audits;
    }

    private async Task<Dictionary<long, JsonElement>> UsersAsync(List<long> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var answer = await GetAsync($"api/v2/users/show_many?ids={string.Join(',', ids)}&include_deleted=true", ct);
        return answer.Json.Items("users").DistinctBy(u => u.Number("id")).ToDictionary(u => u.Number("id"));
    }

    private async IAsyncEnumerable<JsonElement> PagesAsync(string path, string member, [EnumeratorCancellation] CancellationToken ct)
    {
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var size = $"{(path.Contains('?') ? '&' : '?')}page[size]=100";
            var answer = await GetAsync($"{path}{size}{(after is null ? "" : $"&page[after]={Uri.EscapeDataString(after)}")}", ct);
            foreach (var item in answer.Json.Items(member))
            {
                yield return item;
            }

            after = answer.Json.At("meta").Text("after_cursor");
            if (after is null || !answer.Json.At("meta").Flag("has_more"))
            {
                yield break;
            }
        }
    }

    private Task<VendorAnswer> GetAsync(string path, CancellationToken ct) => _http.SendAsync(Request(HttpMethod.Get, path), ct);

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body = null) => new(method, path)
    {
        Headers = { Authorization = _authorization },
        Content = body is null ? null : JsonContent.Create(body),
    };
}
