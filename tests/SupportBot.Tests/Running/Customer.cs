using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SupportBot.Tests.Running;

/// <summary>A customer who speaks Direct Line and reads by polling.</summary>
public sealed class Customer(HttpClient http, string conversationId, string token)
{
    public string ConversationId => conversationId;

    public string Token => token;

    public static async Task<Customer> StartAsync(HttpClient http)
    {
        var generated = await SendAsync(http, HttpMethod.Post, "/v3/directline/tokens/generate", "demo-secret", new { });
        var (id, token) = ((string)generated["conversationId"]!, (string)generated["token"]!);
        await SendAsync(http, HttpMethod.Post, "/v3/directline/conversations", token, new { });
        return new Customer(http, id, token);
    }

    /// <summary>Posts a message.</summary>
    /// <returns>Its activity id.</returns>
    public async Task<string> SayAsync(string text, string? clientId = null) =>
        (string)(await PostAsync(Message(text, clientId)))["id"]!;

    public Task<JsonObject> PostAsync(object activity) =>
        SendAsync(http, HttpMethod.Post, $"/v3/directline/conversations/{conversationId}/activities", token, activity);

    /// <summary>Posts a message and waits for the reply to it.</summary>
    public async Task<JsonObject> AskAsync(string text)
    {
        var id = await SayAsync(text);
        return await Eventually.GetAsync(async () => (await ReadAsync()).FirstOrDefault(a => (string?)a["replyToId"] == id), $"a reply to: {text}");
    }

    /// <summary>The conversation so far, as a client gets it.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadAsync(string watermark = "")
    {
        var all = new List<JsonObject>();
        while (true)
        {
            var page = await SendAsync<object>(http, HttpMethod.Get, $"/v3/directline/conversations/{conversationId}/activities?watermark={watermark}", token, null);
            var items = page["activities"]!.AsArray();
            all.AddRange(items.Select(i => i!.AsObject()));
            if (items.Count == 0 || watermark == (string?)page["watermark"])
            {
                return all;
            }

            watermark = (string)page["watermark"]!;
        }
    }

    public Task<JsonObject> WaitForAsync(string textPart) =>
        Eventually.GetAsync(async () => (await ReadAsync()).FirstOrDefault(a => ((string?)a["text"])?.Contains(textPart, StringComparison.Ordinal) == true), $"a message with: {textPart}");

    private static object Message(string text, string? clientId) => clientId is null
        ? new { type = "message", from = new { id = "me" }, text }
        : new { type = "message", from = new { id = "me" }, text, channelData = new { clientActivityID = clientId } };

    private static async Task<JsonObject> SendAsync<T>(HttpClient http, HttpMethod method, string path, string token, T? body)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.IsSuccess().ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
