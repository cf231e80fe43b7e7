using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SupportBot.Tests.Peers;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>What a channel was asked.</summary>
internal sealed record ChannelRequest(string Method, string Path, string? Authorization, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);
}

/// <summary>A channel's end: takes what the bot says and answers as it is told.</summary>
internal sealed class ChannelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ChannelRequest> _requests = new();
    private readonly ConcurrentQueue<RequestDelegate> _answers = new();
    private LoopbackServer? _server;

    public IReadOnlyList<ChannelRequest> Requests => [.. _requests];

    /// <summary>The address for replies.</summary>
    public string ServiceUrl => new Uri(_server!.Address, "/teams/").AbsoluteUri;

    public Uri Service => new(ServiceUrl);

    public static async Task<ChannelServer> StartAsync()
    {
        var channel = new ChannelServer();
        channel._server = await LoopbackServer.StartAsync(channel.AnswerAsync);
        return channel;
    }

    /// <summary>Answers the next request like this; after the last of these it is 200 with an id.</summary>
    public ChannelServer Then(RequestDelegate answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ChannelServer Then(int status, string body = "", string? retryAfter = null) => Then(async http =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null)
        {
            http.Response.Headers.RetryAfter = retryAfter;
        }

        await http.Response.WriteAsync(body);
    });

    /// <summary>Ends it, after a look whether what the bot sent are valid activities.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        await ActivitySchema.CheckAsync(_requests.Where(r => r.Method is "POST" or "PUT" && r.Path.Contains("/activities", StringComparison.Ordinal)).Select(r => r.Body));
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = http.Request;
        var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        string? authorization = request.Headers.Authorization;
        _requests.Enqueue(new ChannelRequest(request.Method, target, authorization, await reader.ReadToEndAsync()));
        if (_answers.TryDequeue(out var answer))
        {
            await answer(http);
            return;
        }

        await http.Response.WriteAsync("""{"id":"from-the-channel"}""");
    }
}
