using System.Buffers;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>
/// The channel's side of the Connector protocol, where a bot sends its replies: <c>POST v3/conversations/{c}/activities</c> with or without
/// an id behind it. Bare Kestrel, so that it weighs little.
/// </summary>
public sealed class CallbackServer : IAsyncDisposable
{
    private const string Prefix = "/v3/conversations/";

    private static readonly byte[] Accepted = [.. "{\"id\":\"1\"}"u8];

    private readonly WebApplication _app;

    private readonly Action<string, string> _replied;

    /// <param name="replied">Told the conversation and the <c>replyToId</c> of every reply, at once.</param>
    public CallbackServer(Action<string, string> replied)
    {
        _replied = replied;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>The <c>serviceUrl</c>, once started.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public Task StartAsync(CancellationToken ct) => _app.StartAsync(ct);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        if (http.Request.Method != HttpMethods.Post || ConversationOf(http.Request.Path.Value!) is not { } conversation)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await ReplyToAsync(http) is { } replyTo)
        {
            _replied(conversation, replyTo);
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Accepted.Length;
        await http.Response.BodyWriter.WriteAsync(Accepted);
    }

    private static string? ConversationOf(string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var end = path.IndexOf('/', Prefix.Length);
        return end > 0 && path.AsSpan(end + 1).StartsWith("activities", StringComparison.Ordinal) ? path[Prefix.Length..end] : null;
    }

    private static async ValueTask<string?> ReplyToAsync(HttpContext http)
    {
        var body = http.Request.BodyReader;
        var read = await body.ReadAsync();
        while (!read.IsCompleted)
        {
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await body.ReadAsync();
        }

        var replyTo = Find(read.Buffer);
        body.AdvanceTo(read.Buffer.End);
        return replyTo;
    }

    private static string? Find(ReadOnlySequence<byte> activity)
    {
        var reader = new Utf8JsonReader(activity);
        return ActivityScan.Find(ref reader, ActivityScan.Alone, "replyToId"u8);
    }
}
