using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Hosting;
using SupportBot.BotFramework.Tests.Connector;

namespace SupportBot.BotFramework.Tests.Hosting;

/// <summary>A small bot on both channels, as <see cref="BotServices.AddBot{TBot}"/> hosts it.</summary>
internal sealed class BotServer : IAsyncDisposable
{
    public const string Secret = "the-small-bot's-secret";

    private readonly WebApplication _app;

    private BotServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public static async Task<BotServer> StartAsync(
        Func<TurnContext, CancellationToken, Task> bot, Action<IServiceCollection>? before = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IDirectLineSites>(new InMemoryDirectLineSites().Add(new DirectLineSite("small", []), Secret));
        builder.Services.AddConnector(options => options.AllowUnauthenticated = true);
        builder.Services.AddSingleton(new DelegateBot(bot));
        before?.Invoke(builder.Services);
        builder.Services.AddBot<DelegateBot>();
        var app = builder.Build();
        app.UseCors();
        app.UseWebSockets();
        app.MapDirectLine();
        app.MapConnector();
        await app.StartAsync();
        return new BotServer(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A client whose conversation has begun.</summary>
    public async Task<SmallBotClient> StartClientAsync(string? locale = null)
    {
        var token = await Get<DirectLineTokens>().IssueAsync(new DirectLineSite("small", []));
        var client = new SmallBotClient(Http, token);
        await client.StartAsync(locale);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
