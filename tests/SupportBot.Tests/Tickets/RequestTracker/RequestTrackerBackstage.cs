using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>What people do in RT: by its API with their own tokens.</summary>
public sealed class RequestTrackerBackstage : ITicketBackstage, IAsyncLifetime
{
    private readonly HttpClient _agent = new();
    private readonly HttpClient _root = new();
    private RequestTrackerServer? _server;

    public string? Missing => RequestTrackerServer.Missing;

    public IReadOnlyDictionary<Ability, string> Lacks { get; } = new Dictionary<Ability, string>();

    public RequestTrackerServer Server => _server ?? throw new InvalidOperationException(Missing);

    public TicketSystemOptions Options => new()
    {
        Name = "support",
        Type = RequestTrackerSystem.Type,
        Url = Server.Address,
        Token = Server.Token("supportbot"),
        WebhookSecret = "the-secret-of-this-webhook-for-RT",
        Settings = { ["TagsField"] = "Tags" },
    };

    public string Queue => "Returns";

    public string OtherQueue => "Gear";

    public string Field => "OrderNumber";

    public string Assignee => "maeve";

    public string NoTicket => "999999999";

    public async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            _server = await RequestTrackerServer.StartNewAsync();
            Prepare(_agent, _server, "maeve");
            Prepare(_root, _server, "root");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        _root.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time) => new RequestTrackerSystem(options, http, time);

    public async Task<int> CountAsync(string key) => (await KeysAsync(_agent)).Count(k => k == key);

    /// <summary>The keys of the newest tickets, at most 100, merged ones among them.</summary>
    public static async Task<IReadOnlyList<string>> KeysAsync(RequestTrackerServer server)
    {
        using var http = new HttpClient();
        Prepare(http, server, "maeve");
        return await KeysAsync(http);
    }

    public async Task<SeenTicket> SeeAsync(string ticketId)
    {
        var ticket = await AgentAsync(HttpMethod.Get, $"ticket/{ticketId}");
        var queue = await AgentAsync(HttpMethod.Get, $"queue/{Id(ticket, "Queue")}");
        var fields = Fields(ticket);
        var list = await AgentAsync(HttpMethod.Get, $"ticket/{ticketId}/attachments?orderby=id&per_page=100&fields=Filename");
        var body = "";
        var files = new List<SeenFile>();
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var attachment = await AgentAsync(HttpMethod.Get, $"attachment/{Text(item, "id")}");
            var content = Convert.FromBase64String(Text(attachment, "Content").Replace("\n", ""));
            if (Text(item, "Filename").Length > 0)
            {
                files.Add(new SeenFile(Text(item, "Filename"), content));
            }
            else if (body.Length == 0 && Text(attachment, "ContentType") == "text/plain")
            {
                body = Encoding.UTF8.GetString(content);
            }
        }

        return new SeenTicket(
            Text(ticket, "Subject"),
            Text(queue, "Name"),
            Id(ticket, "Owner") is var owner && owner != "Nobody" ? owner : null,
            Text(ticket, "Priority"),
            body,
            fields.First(f => f.Name == "Tags").Values,
            fields.Where(f => f.Values.Count == 1).ToDictionary(f => f.Name, f => f.Values[0]),
            files);
    }

    public Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files) =>
        SayAsync(_agent, ticketId, isPublic ? "correspond" : "comment", text, files);

    /// <summary>By mail, as RT's own mail gate hands it over.</summary>
    public async Task WriteAsCustomerAsync(string ticketId, string text)
    {
        var ticket = await AgentAsync(HttpMethod.Get, $"ticket/{ticketId}");
        var from = Text(ticket.GetProperty("Requestor")[0], "id");
        var mail = $"From: Ann <{from}>\nTo: help@tarn-and-trail.example\nSubject: Re: [tarn-and-trail #{ticketId}] {Text(ticket, "Subject")}\n"
            + $"Message-ID: <{Guid.NewGuid():N}@example.com>\nContent-Type: text/plain; charset=utf-8\n\n{text}\n";
        using var form = new MultipartFormDataContent
        {
            { new StringContent(mail), "message" },
            { new StringContent("General"), "queue" },
            { new StringContent("correspond"), "action" },
            { new StringContent("REST"), "SessionType" },
        };
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var answer = await http.PostAsync("REST/1.0/NoAuth/mail-gateway", form);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("ok");
    }

    public Task SetPhaseAsync(string ticketId, TicketPhase phase) => AgentAsync(HttpMethod.Put, $"ticket/{ticketId}", new
    {
        Status = phase switch
        {
            TicketPhase.Open => "open",
            TicketPhase.Waiting => "stalled",
            TicketPhase.Solved => "resolved",
            _ => "rejected",
        },
    });

    public Task MergeAsync(string ticketId, string intoTicketId) => AgentAsync(HttpMethod.Put, $"ticket/{ticketId}", new { MergeInto = intoTicketId });

    public Task DeleteAsync(string ticketId) => AgentAsync(HttpMethod.Put, $"ticket/{ticketId}", new { Status = "deleted" });

    public WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"ticket\":{ticketId},\"transaction\":{ticketId}07}}");
        var time = at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{time}."), .. body]);
        var headers = new HeaderDictionary { ["X-SupportBot-Timestamp"] = time, ["X-SupportBot-Signature"] = Convert.ToHexStringLower(signature) };
        return new WebhookRequest(headers, body, at);
    }

    /// <summary>A call by the agent.</summary>
    public Task<JsonElement> AgentAsync(HttpMethod method, string path, object? body = null) => CallAsync(_agent, method, path, body);

    /// <summary>A call by somebody who may do everything.</summary>
    public Task<JsonElement> RootAsync(HttpMethod method, string path, object? body = null) => CallAsync(_root, method, path, body);

    private static async Task<IReadOnlyList<string>> KeysAsync(HttpClient http)
    {
        var tickets = await CallAsync(
            http, HttpMethod.Get, $"tickets?per_page=100&fields=CustomFields&query={Uri.EscapeDataString("id > 0 AND EffectiveId > 0")}&orderby=id&order=DESC");
        return [.. tickets.GetProperty("items").EnumerateArray().SelectMany(t => Fields(t).Single(f => f.Name == "SupportBotKey").Values)];
    }

    private static async Task SayAsync(HttpClient http, string ticketId, string kind, string text, TicketFile[] files)
    {
        var attachments = new List<object>();
        foreach (var file in files)
        {
            await using var content = await file.OpenAsync(default);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            attachments.Add(new { FileName = file.Name, FileType = file.ContentType, FileContent = Convert.ToBase64String(copy.ToArray()) });
        }

        await CallAsync(http, HttpMethod.Post, $"ticket/{ticketId}/{kind}", new { Content = text, ContentType = "text/plain", Attachments = attachments });
    }

    private static async Task<JsonElement> CallAsync(HttpClient http, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"REST/2.0/{path}") { Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        using var answer = await http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static void Prepare(HttpClient http, RequestTrackerServer server, string user)
    {
        http.BaseAddress = server.Address;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", server.Token(user));
    }

    private static List<(string Name, List<string> Values)> Fields(JsonElement ticket) =>
    [
        .. ticket.GetProperty("CustomFields").EnumerateArray()
            .Select(f => (Text(f, "name"), f.GetProperty("values").EnumerateArray().Select(v => v.ToString()).ToList())),
    ];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Id(JsonElement element, string name) => Text(element.GetProperty(name), "id");
}
