using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SupportBot.Tests.Models;

/// <summary>
/// A fake of a server that speaks OpenAI's chat completions and takes Anthropic's messages, too. It holds a script of how to answer the next requests, and keeps what it was
/// sent.
/// </summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentQueue<Func<ScriptedReply, Task>> _script = new();

    private readonly ConcurrentQueue<JsonObject> _received = new();

    private FakeModelServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First() + "/v1/");

    public Uri AnthropicAddress => new(_app.Urls.First() + "/anthropic/");

    /// <summary>What it was sent, oldest first.</summary>
    public IReadOnlyList<JsonObject> Received => [.. _received];

    public static async Task<FakeModelServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        var server = new FakeModelServer(app);
        app.MapPost("/v1/chat/completions", server.AnswerAsync);
        app.MapPost("/anthropic/v1/messages", server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>The next request not spoken for is answered like this.</summary>
    public void Next(Func<ScriptedReply, Task> reply) => _script.Enqueue(reply);

    /// <summary>The next request not spoken for gets this text, word by word.</summary>
    public void NextSays(string text) => Next(async reply =>
    {
        await reply.SayAsync(text);
        await reply.FinishAsync("stop");
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var request = (await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted))!.AsObject();
        _received.Enqueue(request);
        if (!_script.TryDequeue(out var reply))
        {
            http.Response.StatusCode = StatusCodes.Status501NotImplemented;
            return;
        }

        try
        {
            await reply(new ScriptedReply(http, request));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Who asked has gone, as some scripts want.
        }
    }
}

/// <summary>One answer of the fake, in the making.</summary>
public sealed class ScriptedReply(HttpContext http, JsonObject request)
{
    /// <summary>What the caller told the model, rules and data.</summary>
    public string Told => string.Join('\n', request["messages"]!.AsArray().Select(m => (string?)m!["content"] ?? m["content"]!.ToJsonString()));

    public async Task SayAsync(string text)
    {
        foreach (var word in text.Split(' ').Select((word, i) => i == 0 ? word : " " + word))
        {
            await SendAsync(Chunk(new JsonObject { ["content"] = word }, null));
        }
    }

    public async Task FinishAsync(string reason)
    {
        await SendAsync(Chunk([], reason));
        var usage = Chunk([], null);
        usage["choices"] = new JsonArray();
        usage["usage"] = new JsonObject { ["prompt_tokens"] = 700, ["completion_tokens"] = 50, ["total_tokens"] = 750 };
        await SendAsync(usage);
        await RawAsync("data: [DONE]\n\n");
    }

    /// <summary>Says nothing more until the caller has gone.</summary>
    public Task StallAsync() => Task.Delay(Timeout.Infinite, http.RequestAborted);

    /// <summary>Breaks the connection.</summary>
    public void Drop() => http.Abort();

    public void Refuse(int status) => http.Response.StatusCode = status;

    public async Task RawAsync(string text)
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType = "text/event-stream";
        }

        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private Task SendAsync(JsonObject chunk) => RawAsync($"data: {chunk.ToJsonString()}\n\n");

    private static JsonObject Chunk(JsonObject delta, string? finish) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_790_000_000,
        ["model"] = "fake",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    };
}
