using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>
/// What the fakes of ticketing systems have in common: a server on loopback that keeps everything in memory, one call at a time, with a clock of
/// its own, a limit of calls a minute when told to, and a list of what it was asked.
/// </summary>
public abstract class VendorFake : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Queue<DateTimeOffset> _recent = new();
    private readonly List<HttpClient> _clients = [];
    private WebApplication? _app;
    private int _lastId = 40_000;

    public Uri Url => new(_app!.Urls.First() + "/");

    /// <summary>Its clock; the machine's until a test takes it over.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>How many calls a minute it takes; null for as many as come.</summary>
    public int? MostAMinute { get; set; }

    /// <summary>How far the search index lags behind.</summary>
    public TimeSpan IndexLag { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Requests as <c>POST /path</c>, oldest first.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public string? Missing => null;

    /// <summary>Options that work.</summary>
    public abstract TicketSystemOptions Options { get; }

    public abstract ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time);

    /// <summary>The class under test at the end of a line of its own, with the fake's clock.</summary>
    public ITicketSystem Open(TicketSystemOptions? options = null, FaultyLine? line = null)
    {
        var client = new HttpClient(line ?? new FaultyLine()) { BaseAddress = (options ?? Options).NeedUrl() };
        _clients.Add(client);
        return Connect(options ?? Options, new VendorHttp(client, "vendor", Clock), Clock);
    }

    protected DateTimeOffset Now => Clock.GetUtcNow();

    protected abstract void Map(IEndpointRouteBuilder routes);

    /// <summary>What somebody whose token is not taken gets; null when it is taken.</summary>
    protected abstract IResult? Refuse(HttpRequest request);

    /// <summary>Called when there were too many calls.</summary>
    protected virtual IResult TooMany() => Results.Json(new { error = "Too many requests" }, statusCode: 429);

    protected long NextId() => ++_lastId;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        _app = builder.Build();
        _app.Use(GateAsync);
        _app.UseRouting();
        Map(_app);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _app!.DisposeAsync();
        _oneAtATime.Dispose();
        GC.SuppressFinalize(this);
    }

    public void ForgetAsked() => _asked.Clear();

    protected static IResult Json(object body, int status = 200) => Results.Json(body, statusCode: status);

    protected static async Task<JsonObject> BodyAsync(HttpRequest request) =>
        await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) as JsonObject ?? [];

    protected static async Task<byte[]> BytesAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    protected static async Task<StoredFile> StoreAsync(TicketFile file)
    {
        await using var content = await file.OpenAsync(default);
        return new StoredFile(0, file.Name, file.ContentType, await BytesAsync(content));
    }

    protected static bool IsBasic(HttpRequest request, string user, string password) =>
        request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    protected static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task GateAsync(HttpContext http, RequestDelegate next)
    {
        _asked.Enqueue($"{http.Request.Method} {http.Request.Path}{WebUtility.UrlDecode(http.Request.QueryString.Value)}");
        http.Response.Headers.Date = Now.ToString("R", CultureInfo.InvariantCulture);

        // All of it is read first, so that a slow caller holds up nobody.
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        body.Position = 0;
        http.Request.Body = body;
        await _oneAtATime.WaitAsync(http.RequestAborted);
        try
        {
            if (Refuse(http.Request) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
            }
            else if (IsTooMuch() is { } wait)
            {
                http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await TooMany().ExecuteAsync(http);
            }
            else
            {
                await next(http);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private TimeSpan? IsTooMuch()
    {
        while (_recent.TryPeek(out var oldest) && oldest <= Now - TimeSpan.FromMinutes(1))
        {
            _recent.Dequeue();
        }

        if (_recent.Count >= MostAMinute)
        {
            return _recent.Peek() + TimeSpan.FromMinutes(1) - Now;
        }

        _recent.Enqueue(Now);
        return null;
    }

    /// <summary>A file that somebody attached.</summary>
    protected sealed record StoredFile(long Id, string Name, string ContentType, byte[] Content)
    {
        public SeenFile Seen => new(Name, Content);
    }
}
