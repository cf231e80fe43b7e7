using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>Its calls, and the names that they take.</summary>
public sealed partial class FreshdeskSystem
{
    /// <summary>JSON, or a form when files go with it: Freshdesk takes them in no other way.</summary>
    private static async Task<HttpContent> ContentAsync(JsonObject body, IReadOnlyList<TicketFile> files, CancellationToken ct)
    {
        if (files.Count == 0)
        {
            return JsonContent.Create<JsonNode>(body);
        }

        var form = new VendorForm();
        foreach (var (name, value) in body)
        {
            switch (value)
            {
                case JsonArray list:
                    list.ToList().ForEach(v => form.Add($"{name}[]", v!.ToString()));
                    break;
                case JsonObject nested:
                    nested.ToList().ForEach(v => form.Add($"{name}[{v.Key}]", v.Value!.ToString()));
                    break;
                default:
                    form.Add(name, value!.ToString());
                    break;
            }
        }

        foreach (var file in files)
        {
            await form.AddAsync("attachments[]", file, ct);
        }

        return form.Content;
    }

    private RemoteTicket ToRemote(JsonElement ticket, IReadOnlyList<string> warnings)
    {
        var id = ticket.Text("id") ?? throw new OutboxRefusal($"{Name} told no id of the ticket.", final: false);
        return new RemoteTicket(id, $"#{id}", ticket.Text("status") ?? "", new Uri(_url, $"a/tickets/{id}").AbsoluteUri, warnings);
    }

    private long GroupOf(Names names, string queue) => names.Groups.FirstOrDefault(g => g.Value == queue).Key is { } id
        ? long.Parse(id, CultureInfo.InvariantCulture)
        : throw new OutboxRefusal($"There is no group '{queue}' in {Name}; there are: {string.Join(", ", names.Groups.Values)}.", final: true);

    private static long? AgentOf(Names names, string name) =>
        names.Agents.FirstOrDefault(a => a.Value.Name == name || string.Equals(a.Value.Email, name, StringComparison.OrdinalIgnoreCase)).Key is { } id
            ? long.Parse(id, CultureInfo.InvariantCulture)
            : null;

    private async Task<string> MeAsync(CancellationToken ct) => _me ??= (await GetAsync("api/v2/agents/me", ct)).Json.Text("id") ?? "";

    private async Task<List<(string Name, string Label)>> FieldsAsync(CancellationToken ct) =>
    [
        .. (await GetAsync("api/v2/ticket_fields", ct)).Json.Items()
            .Where(f => f.Text("name") is { } name && name.StartsWith("cf_", StringComparison.Ordinal) && name != _keyField)
            .Select(f => (f.Text("name")!, f.Text("label") ?? f.Text("name")!)),
    ];

    private async Task<Names> NamesAsync(CancellationToken ct)
    {
        var groups = await AllAsync("api/v2/groups", ct);
        var agents = await AllAsync("api/v2/agents", ct);
        return _names = new Names(
            groups.ToDictionary(g => g.Text("id")!, g => g.Text("name") ?? ""),
            agents.ToDictionary(a => a.Text("id")!, a => (a.At("contact").Text("name") ?? "", a.At("contact").Text("email"))));
    }

    private async Task<List<JsonElement>> AllAsync(string path, CancellationToken ct)
    {
        var all = new List<JsonElement>();
        for (var page = 1; page <= MostPages && all.Count == (page - 1) * PageSize; page++)
        {
            all.AddRange((await GetAsync($"{path}?per_page={PageSize}&page={page}", ct)).Json.Items());
        }

        return all;
    }

    private Task<VendorAnswer> GetAsync(string path, CancellationToken ct) => _http.SendAsync(Request(HttpMethod.Get, path), ct);

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null) =>
        new(method, path) { Headers = { Authorization = _authorization }, Content = content };
}
