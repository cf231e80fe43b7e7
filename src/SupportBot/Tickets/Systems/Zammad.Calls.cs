using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>Its calls, and the names that they take.</summary>
public sealed partial class ZammadSystem
{
    /// <summary>A merge leaves a link between the two; the ticket that it closed has few others.</summary>
    private async Task<string?> MergedIntoAsync(string ticketId, CancellationToken ct)
    {
        var answer = await GetAsync($"api/v1/links?link_object=Ticket&link_object_value={Segment(ticketId)}", ct);
        return answer.Json.Items("links").LastOrDefault(l => l.Text("link_object") == "Ticket" && l.Text("link_type") is "parent" or "child").Text("link_object_value");
    }

    private async Task<List<string>> GroupsAsync(CancellationToken ct) =>
        [.. (await GetAsync("api/v1/groups", ct)).Json.Items().Where(g => g.Flag("active")).Select(g => g.Text("name")!)];

    private async Task CheckGroupAsync(string name, CancellationToken ct)
    {
        var groups = await GroupsAsync(ct);
        if (!groups.Contains(name, StringComparer.Ordinal))
        {
            throw new OutboxRefusal($"There is no group '{name}' in {Name}; there are: {string.Join(", ", groups)}.", final: true);
        }
    }

    /// <summary>The login of an agent who is named by login or address; null when there is none.</summary>
    private async Task<string?> LoginAsync(string name, CancellationToken ct)
    {
        var answer = await GetAsync($"api/v1/users/search?expand=true&limit=50&query={Uri.EscapeDataString(name)}", ct);
        return answer.Json.Items().FirstOrDefault(u => u.Flag("active") && u.Items("roles").Any(r => r.AsText() is "Agent" or "Admin")
            && new[] { u.Text("login"), u.Text("email") }.Contains(name, StringComparer.OrdinalIgnoreCase)).Text("login");
    }

    private RemoteTicket ToRemote(JsonElement ticket, IReadOnlyList<string> warnings)
    {
        var id = ticket.Text("id") ?? throw new OutboxRefusal($"{Name} told no id of the ticket.", final: false);
        return new RemoteTicket(id, ticket.Text("number") ?? id, ticket.Text("state") ?? "", new Uri(_url, $"#ticket/zoom/{id}").AbsoluteUri, warnings);
    }

    private Task<VendorAnswer> GetAsync(string path, CancellationToken ct) => _http.SendAsync(Request(HttpMethod.Get, path), ct);

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body = null) => new(method, path)
    {
        Headers = { Authorization = _authorization },
        Content = body is null ? null : JsonContent.Create(body),
    };
}
