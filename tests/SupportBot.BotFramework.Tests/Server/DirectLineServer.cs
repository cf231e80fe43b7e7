using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>The Direct Line server on Kestrel, at a port of its own.</summary>
internal sealed class DirectLineServer : IAsyncDisposable
{
    public const string Secret = "the-demo-site's-secret";
    public const string Prefix = "/v3/directline";

    public static readonly DirectLineSite Demo = new("demo", []);
    public static readonly DirectLineSite Shop = new("shop", ["https://shop.example"]);

    private readonly WebApplication _app;

    private DirectLineServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public ConversationSignals Signals => _app.Services.GetRequiredService<ConversationSignals>();

    public IActivityLog Log => _app.Services.GetRequiredService<IActivityLog>();

    public DirectLineTokens Tokens => _app.Services.GetRequiredService<DirectLineTokens>();

    public static async Task<DirectLineServer> StartAsync(
        Action<DirectLineOptions>? configure = null,
        TimeProvider? time = null,
        IDirectLineKeys? keys = null,
        Func<IServiceProvider, IActivityLog>? log = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(keys ?? new InMemoryDirectLineKeys());
        builder.Services.AddSingleton<IDirectLineSites>(
            new InMemoryDirectLineSites().Add(Demo, Secret).Add(Shop, "the-shop's-secret"));
        builder.Services.AddSingleton<InMemoryActivityLog>();
        builder.Services.AddSingleton(log ?? (services => services.GetRequiredService<InMemoryActivityLog>()));
        builder.Services.AddDirectLine(configure);

        var app = builder.Build();
        app.UseCors();
        app.UseWebSockets();
        app.MapDirectLine(Prefix);
        await app.StartAsync();
        return new DirectLineServer(app);
    }

    /// <summary>A client with a token, whose conversation is not started yet.</summary>
    public async Task<DirectLineClient> NewClientAsync(DirectLineSite? site = null) =>
        new(this, await Tokens.IssueAsync(site ?? Demo));

    /// <summary>A client whose conversation is started.</summary>
    public async Task<DirectLineClient> StartedClientAsync()
    {
        var client = await NewClientAsync();
        (await client.StartAsync()).EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Says something as the bot.</summary>
    public async Task<AppendResult> SayAsync(DirectLineClient to, string text) =>
        await Log.AppendAsync(to.ConversationId, Activity.Message(text), CancellationToken.None);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>Requests as clients make them.</summary>
internal sealed class DirectLineClient(DirectLineServer server, DirectLineToken token)
{
    public string Token { get; } = token.Text;

    public string ConversationId { get; } = token.ConversationId;

    public string UserId { get; } = token.UserId;

    public Task<HttpResponseMessage> StartAsync(string? body = null) => SendAsync(HttpMethod.Post, "/conversations", body);

    public Task<HttpResponseMessage> PostAsync(string body) =>
        SendAsync(HttpMethod.Post, $"/conversations/{ConversationId}/activities", body);

    public Task<HttpResponseMessage> SayAsync(string text, string? clientId = null) => PostAsync(JsonSerializer.Serialize(new
    {
        type = "message",
        from = new { id = UserId },
        text,
        channelData = new { clientActivityID = clientId ?? Guid.NewGuid().ToString("n") },
    }));

    public Task<HttpResponseMessage> PollAsync(string watermark = "") =>
        SendAsync(HttpMethod.Get, $"/conversations/{ConversationId}/activities?watermark={watermark}");

    public Task<HttpResponseMessage> ReconnectAsync(string watermark = "") =>
        SendAsync(HttpMethod.Get, $"/conversations/{ConversationId}?watermark={watermark}");

    public async Task<Uri> StreamUrlAsync(string watermark = "") =>
        new((await (await ReconnectAsync(watermark)).JsonAsync()).GetProperty("streamUrl").GetString()!);

    public async Task<DirectLineSocket> ConnectAsync(string watermark = "") =>
        await DirectLineSocket.ConnectAsync(await StreamUrlAsync(watermark));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null) =>
        server.Http.SendAsync(Request(method, path, body));

    public HttpRequestMessage Request(HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, DirectLineServer.Prefix + path)
        {
            Content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return request;
    }
}

/// <summary>Reading answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync());

    /// <summary>The error's code, after checking that status and shape are right.</summary>
    public static async Task<string> ErrorAsync(this HttpResponseMessage response, int status)
    {
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var error = (await response.JsonAsync()).GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        return error.GetProperty("code").GetString()!;
    }

    public static async Task<string> MessageOfErrorAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("error").GetProperty("message").GetString()!;

    public static IEnumerable<string> Texts(this JsonElement activitySet) =>
        activitySet.GetProperty("activities").EnumerateArray().Select(activity => activity.GetProperty("text").GetString()!);

    public static long Sequence(this JsonElement activity) =>
        activity.GetProperty("channelData").GetProperty("webchat:sequence-id").GetInt64();
}
