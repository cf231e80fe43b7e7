using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Hosting;
using SupportBot.Storage;
using SupportBot.Tests.Peers;
using SupportBot.Turns;

namespace SupportBot.Tests.Running;

/// <summary>The whole service in this process, on a port and in a data folder of its own.</summary>
public sealed class Service : IAsyncDisposable
{
    /// <summary>What is learnt from the sample company is the same for all tests: it is learnt once.</summary>
    private static readonly string SharedCache = Path.Combine(AppContext.BaseDirectory, "knowledge-cache");

    private static readonly SemaphoreSlim Learning = new(1);

    private readonly WebApplication _app;

    private readonly string _data;

    private readonly ConcurrentQueue<string> _shown = new();

    private Service(WebApplication app, string data)
    {
        _app = app;
        _data = data;
        BaseAddress = new Uri(app.Urls.First());
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = BaseAddress };
        Services.GetRequiredService<ConversationSignals>().EphemeralPublished += (_, activity) => _shown.Enqueue(ActivityJson.Serialize(activity));
    }

    public Uri BaseAddress { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static string SampleCompany => Folders.Resolve(null, null).Knowledge;

    /// <param name="change">What this test has different, such as the clock or the ticket system.</param>
    /// <param name="data">The folder of an earlier service, to go on with what it left.</param>
    /// <param name="knowledge">Another company's folder.</param>
    /// <param name="address">The address of an earlier service, to be found where it was; otherwise any free port.</param>
    public static async Task<Service> StartAsync(Action<WebApplicationBuilder>? change = null, string? data = null, string? knowledge = null, Uri? address = null)
    {
        data ??= Directory.CreateTempSubdirectory("supportbot-test-").FullName;
        var files = knowledge ?? SampleCompany;
        var app = Program.Compose(new Folders(files, data), address?.ToString() ?? "http://127.0.0.1:0", builder =>
        {
            builder.Environment.EnvironmentName = "Development";
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new KnowledgeFolders(files, knowledge is null ? SharedCache : Path.Combine(data, "cache")));
            builder.Services.Configure<BotFramework.DirectLine.DirectLineOptions>(o => o.LimitRate = false);
            change?.Invoke(builder);
        });
        await Learning.WaitAsync();
        try
        {
            await app.PrepareAsync(null, CancellationToken.None);
        }
        finally
        {
            Learning.Release();
        }

        await app.StartAsync();
        return new Service(app, data);
    }

    /// <summary>Spares a program of its own the learning.</summary>
    public static async Task CopyWhatIsLearntAsync(string cache)
    {
        await using (await StartAsync())
        {
            Directory.CreateDirectory(cache);
            foreach (var file in Directory.EnumerateFiles(SharedCache))
            {
                File.Copy(file, Path.Combine(cache, Path.GetFileName(file)));
            }
        }
    }

    public Task<SupportBotDb> DatabaseAsync() => Services.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContextAsync();

    public Task<Customer> CustomerAsync() => Customer.StartAsync(Http);

    public Task<Agent> AgentAsync(string email = "agent@demo.test") => Agent.ConnectAsync(BaseAddress, email);

    /// <summary>Stops the service and hands over its data folder.</summary>
    /// <exception cref="InvalidActivityException">It has kept or shown what is no valid activity.</exception>
    public async Task<string> StopAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        var seen = await SeenAsync();
        await _app.DisposeAsync();
        await ActivitySchema.CheckAsync(seen);
        return _data;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_data, recursive: true);
        }
    }

    /// <summary>All activities that clients could see.</summary>
    private async Task<List<string>> SeenAsync()
    {
        await using var db = await DatabaseAsync();
        return [.. _shown, .. await db.Activities.Select(a => a.Json).ToListAsync()];
    }
}

public static class Eventually
{
    /// <summary>Waits until something holds; the limit only ends a test that has failed.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> read, string what, int seconds = 30)
        where T : class
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!limit.IsCancellationRequested)
        {
            if (await read() is { } found)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"Waited {seconds} s for {what}.");
    }

    public static Task HoldsAsync(Func<Task<bool>> holds, string what, int seconds = 30) =>
        GetAsync(async () => await holds() ? what : null, what, seconds);

    public static bool IsSuccess(this HttpStatusCode status) => (int)status is >= 200 and < 300;
}
