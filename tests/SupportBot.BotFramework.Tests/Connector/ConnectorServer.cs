using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>A bot behind <c>/api/messages</c> on Kestrel, with an issuer of tokens and a channel to reply to.</summary>
internal sealed class ConnectorServer : IAsyncDisposable
{
    public const string AppId = "b7f1a0e2-0000-4000-8000-000000000001";
    public const string Tenant = "7c3a5b1d-0000-4000-8000-000000000002";

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private ConnectorServer(
        WebApplication app, ManualTime time, TokenIssuer issuer, ChannelServer channel, CountingCredential credential)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Time = time;
        Issuer = issuer;
        Channel = channel;
        Credential = credential;
    }

    public ManualTime Time { get; }

    public TokenIssuer Issuer { get; }

    public ChannelServer Channel { get; }

    /// <summary>Where the bot's tokens come from.</summary>
    public CountingCredential Credential { get; }

    public Uri Address => _http.BaseAddress!;

    public ConnectorClient Client => _app.Services.GetRequiredService<ConnectorClient>();

    public static async Task<ConnectorServer> StartAsync(
        Func<TurnContext, CancellationToken, Task>? bot = null,
        Action<ConnectorOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        bool withCredential = true)
    {
        var time = new ManualTime();
        var issuer = await TokenIssuer.StartAsync(time, "msteams", "slack");
        var channel = await ChannelServer.StartAsync();
        var credential = new CountingCredential(time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IBot>(new DelegateBot(bot ?? ((_, _) => Task.CompletedTask)));
        if (withCredential)
        {
            builder.Services.AddSingleton(new ConnectorCredential(credential));
        }

        builder.Services.AddConnector(options =>
        {
            options.MicrosoftAppId = AppId;
            options.MicrosoftAppPassword = "a password";
            options.MicrosoftAppTenantId = Tenant;
            options.ChannelOpenIdMetadataUrl = issuer.Metadata;
            options.EmulatorOpenIdMetadataUrl = issuer.Metadata;
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapConnector();
        await app.StartAsync();
        return new ConnectorServer(app, time, issuer, channel, credential);
    }

    /// <summary>An activity as a channel brings it.</summary>
    public JsonObject Message(string text = "hello", string conversation = "19:general@thread.tacv2") => new()
    {
        ["type"] = "message",
        ["id"] = "in-1",
        ["channelId"] = "msteams",
        ["serviceUrl"] = Channel.ServiceUrl,
        ["from"] = new JsonObject { ["id"] = "29:user", ["name"] = "Ann" },
        ["recipient"] = new JsonObject { ["id"] = "28:bot", ["name"] = "Pip" },
        ["conversation"] = new JsonObject { ["id"] = conversation },
        ["text"] = text,
    };

    /// <summary>Brings an activity with the channel's own token.</summary>
    public Task<HttpResponseMessage> BringAsync(JsonObject activity) =>
        BringAsync(activity, Issuer.ChannelToken((string?)activity["serviceUrl"]));

    /// <summary>Brings an activity with this token, or none.</summary>
    public Task<HttpResponseMessage> BringAsync(JsonObject activity, string? token) => SendAsync(activity.ToJsonString(), token);

    public async Task<HttpResponseMessage> SendAsync(string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages")
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _http.SendAsync(request);
    }

    public Task StopAsync(CancellationToken ct = default) => _app.StopAsync(ct);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await Channel.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

/// <summary>A bot of one function.</summary>
internal sealed class DelegateBot(Func<TurnContext, CancellationToken, Task> bot) : IBot
{
    public Task OnTurnAsync(TurnContext turn, CancellationToken ct) => bot(turn, ct);
}

/// <summary>Gives numbered tokens of an hour, and none while it is down.</summary>
internal sealed class CountingCredential(TimeProvider time) : TokenCredential
{
    private int _asked;

    /// <summary>How often somebody wanted a token.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public bool IsDown { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        requestContext.Scopes.ShouldBe(["https://api.botframework.com/.default"]);
        var number = Interlocked.Increment(ref _asked);
        return IsDown
            ? throw new AuthenticationFailedException("Down.")
            : new AccessToken($"token-{number}", time.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
