using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Hosting;

/// <summary>A Direct Line client of a small bot.</summary>
internal sealed class SmallBotClient(HttpClient http, DirectLineToken token)
{
    private const string Prefix = "/v3/directline/conversations";

    private Uri? _stream;

    public string ConversationId => token.ConversationId;

    public string UserId => token.UserId;

    public async Task StartAsync(string? locale)
    {
        var body = new JsonObject { ["user"] = new JsonObject { ["name"] = "Ann" } };
        if (locale is not null)
        {
            body["locale"] = locale;
        }

        var started = await SendAsync(HttpMethod.Post, Prefix, body);
        started.EnsureSuccessStatusCode();
        _stream = new Uri((await started.JsonAsync()).GetProperty("streamUrl").GetString()!);
    }

    public Task<DirectLineSocket> ConnectAsync() => DirectLineSocket.ConnectAsync(_stream!);

    public async Task SayAsync(string text, string type = "message")
    {
        var body = new JsonObject { ["type"] = type, ["from"] = new JsonObject { ["id"] = UserId } };
        if (text.Length > 0)
        {
            body["text"] = text;
        }

        (await SendAsync(HttpMethod.Post, $"{Prefix}/{ConversationId}/activities", body)).EnsureSuccessStatusCode();
    }

    /// <summary>Everything that is stored, once there is as much of it.</summary>
    public async Task<List<JsonElement>> StoredAsync(int count)
    {
        List<JsonElement> stored = [];
        var start = TimeProvider.System.GetTimestamp();
        while (stored.Count < count && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            var set = await (await SendAsync(HttpMethod.Get, $"{Prefix}/{ConversationId}/activities", null)).JsonAsync();
            stored = [.. set.GetProperty("activities").EnumerateArray()];
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return stored;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return await http.SendAsync(request);
    }
}
