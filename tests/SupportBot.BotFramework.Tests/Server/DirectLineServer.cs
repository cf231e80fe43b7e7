using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>The Direct Line server on Kestrel, at a port of its own.</summary>
internal sealed class DirectLineServer : IAsyncDisposable
{
    public const string Secret = "the-demo-site's-secret";
    public const string ShopSecret = "the-shop's-secret";
    public const string Prefix = "/v3/directline";

    public static readonly DirectLineSite Demo = new("demo", []);
    public static readonly DirectLineSite Shop = new("shop", ["https://shop.example"]);

    private readonly WebApplication _app;

    private DirectLineServer(WebApplication app, string folder)
    {
        _app = app;
        Folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    /// <summary>Where uploaded files are kept; gone with the server.</summary>
    public string Folder { get; }

    public Uri Address => Http.BaseAddress!;

    public ConversationSignals Signals => _app.Services.GetRequiredService<ConversationSignals>();

    public IActivityLog Log => _app.Services.GetRequiredService<IActivityLog>();

    public InMemoryActivityLog Memory => _app.Services.GetRequiredService<InMemoryActivityLog>();

    /// <summary>The uploaded files on disk, whole or not, without what is known of them.</summary>
    public string[] Files => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".json", StringComparison.Ordinal))]
        : [];

    public DirectLineTokens Tokens => _app.Services.GetRequiredService<DirectLineTokens>();

    public static async Task<DirectLineServer> StartAsync(
        Action<DirectLineOptions>? configure = null,
        TimeProvider? time = null,
        IDirectLineKeys? keys = null,
        Func<IServiceProvider, IActivityLog>? log = null,
        IDirectLineSites? sites = null,
        IAttachmentStore? store = null,
        Action<IServiceCollection>? bot = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(keys ?? new InMemoryDirectLineKeys());
        builder.Services.AddSingleton(sites ?? new InMemoryDirectLineSites().Add(Demo, Secret).Add(Shop, ShopSecret));
        if (store is not null)
        {
            builder.Services.AddSingleton(store);
        }

        builder.Services.AddSingleton<InMemoryActivityLog>();
        builder.Services.AddSingleton(services => new WatchedLog(
            log?.Invoke(services) ?? services.GetRequiredService<InMemoryActivityLog>(), services.GetRequiredService<ConversationSignals>()));
        builder.Services.AddSingleton<IActivityLog>(services => services.GetRequiredService<WatchedLog>());
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        builder.Services.AddDirectLine(options =>
        {
            options.UploadFolder = folder;
            configure?.Invoke(options);
        });
        bot?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseCors();
        app.UseWebSockets();
        app.MapDirectLine(Prefix);
        await app.StartAsync();
        return new DirectLineServer(app, folder);
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

    /// <summary>A client that holds a site's secret, with a conversation that it has started.</summary>
    public async Task<DirectLineClient> SecretClientAsync(string? start = null, string secret = Secret)
    {
        var starter = new DirectLineClient(this, secret, "", "");
        var answer = await starter.StartAsync(start);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var body = await answer.JsonAsync();
        var grant = (await Tokens.CheckAsync(body.GetProperty("token").GetString())).Grant!;
        return new DirectLineClient(this, secret, grant.ConversationId, grant.UserId);
    }

    /// <summary>Says something as the bot.</summary>
    public async Task<AppendResult> SayAsync(DirectLineClient to, string text) =>
        await Log.AppendAsync(to.ConversationId, Activity.Message(text), CancellationToken.None);

    /// <summary>The conversations in which something was said.</summary>
    public IReadOnlyCollection<string> Conversations => _app.Services.GetRequiredService<WatchedLog>().Conversations;

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        var watched = _app.Services.GetRequiredService<WatchedLog>();
        await _app.DisposeAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
        await watched.CheckAsync();
    }
}

/// <summary>Requests as clients make them.</summary>
internal sealed class DirectLineClient(DirectLineServer server, string bearer, string conversationId, string userId)
{
    public DirectLineClient(DirectLineServer server, DirectLineToken token)
        : this(server, token.Text, token.ConversationId, token.UserId)
    {
    }

    /// <summary>What it shows: a token, or a site's secret.</summary>
    public string Token { get; } = bearer;

    public string ConversationId { get; } = conversationId;

    public string UserId { get; } = userId;

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

    /// <summary>Sends parts as an upload, in their order.</summary>
    public Task<HttpResponseMessage> UploadAsync(string userId, params HttpContent[] parts)
    {
        var content = new MultipartContent("form-data");
        Array.ForEach(parts, content.Add);
        return UploadAsync(userId, content);
    }

    /// <summary>Sends a body as an upload.</summary>
    public Task<HttpResponseMessage> UploadAsync(string userId, HttpContent content)
    {
        var request = Request(HttpMethod.Post, $"/conversations/{ConversationId}/upload?userId={Uri.EscapeDataString(userId)}");
        request.Content = content;
        return server.Http.SendAsync(request);
    }

    /// <summary>The last activity of the conversation.</summary>
    public async Task<JsonElement> LastActivityAsync() =>
        (await (await PollAsync()).JsonAsync()).GetProperty("activities").EnumerateArray().Last();

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
