using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Peers;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Channels;

/// <summary>
/// A fake of a Bot Framework channel: one conversation with one user. It keeps what the bot says, in order, and can refuse. It posts to the
/// service without a token, as local emulators do.
/// </summary>
public sealed class FakeChannel : IAsyncDisposable
{
    private readonly Service _service;

    private readonly WebApplication _app;

    private readonly List<JsonObject> _received = [];

    private readonly Queue<int> _refusals = new();

    private int _sent;

    private FakeChannel(Service service, WebApplication app, string name)
    {
        (_service, _app, Name) = (service, app, name);
        ServiceUrl = app.Urls.First() + "/";
        Conversation = $"19:{Guid.NewGuid():n}@thread.v2;messageid=1";
    }

    public string Name { get; }

    public string Conversation { get; }

    public string ServiceUrl { get; }

    /// <summary>What has reached the user.</summary>
    public IReadOnlyList<JsonObject> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>How often the bot was refused.</summary>
    public int Refused { get; private set; }

    public static async Task<FakeChannel> OpenAsync(Service service, string name = "msteams")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var app = builder.Build();
        FakeChannel? channel = null;
        app.MapPost("/v3/conversations/{conversation}/activities/{replyTo?}", (HttpRequest request, string conversation) => channel!.TakeAsync(request, conversation));
        await app.StartAsync();
        return channel = new FakeChannel(service, app, name);
    }

    /// <summary>The next requests are answered with these statuses.</summary>
    public void RefuseNext(params int[] statuses)
    {
        lock (_received)
        {
            foreach (var status in statuses)
            {
                _refusals.Enqueue(status);
            }
        }
    }

    /// <summary>The user's activity with its usual fields; the id is the channel's own.</summary>
    public JsonObject Activity(string type, string? text = null, string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? $"1f8:{Interlocked.Increment(ref _sent):D4}",
        ["timestamp"] = "2026-11-20T10:00:00.000Z",
        ["channelId"] = Name,
        ["serviceUrl"] = ServiceUrl,
        ["from"] = new JsonObject { ["id"] = "29:user", ["name"] = "Aoife Byrne" },
        ["recipient"] = new JsonObject { ["id"] = "28:bot", ["name"] = "Pip" },
        ["conversation"] = new JsonObject { ["id"] = Conversation },
        ["text"] = text,
    };

    public async Task<HttpResponseMessage> PostAsync(JsonObject activity) => await _service.Http.PostAsJsonAsync("/api/messages", activity);

    /// <summary>The user says something; returns the channel's id of it.</summary>
    public async Task<string> SayAsync(string text)
    {
        var activity = Activity("message", text);
        using var response = await PostAsync(activity);
        response.StatusCode.IsSuccess().ShouldBeTrue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return (string)activity["id"]!;
    }

    /// <summary>The user says something and gets the reply to it.</summary>
    public async Task<JsonObject> AskAsync(string text)
    {
        var id = await SayAsync(text);
        return await Eventually.GetAsync(() => Task.FromResult(Received.FirstOrDefault(a => (string?)a["replyToId"] == id)), $"a reply to: {text}");
    }

    public Task<JsonObject> WaitForAsync(string textPart) => Eventually.GetAsync(
        () => Task.FromResult(Received.FirstOrDefault(a => ((string?)a["text"])?.Contains(textPart, StringComparison.Ordinal) == true)), $"a message with: {textPart}");

    /// <summary>Ends it, after a look whether what the bot sent are valid activities.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await ActivitySchema.CheckAsync(Received.Select(a => a.ToJsonString()));
    }

    private async Task<IResult> TakeAsync(HttpRequest request, string conversation)
    {
        var activity = (await JsonNode.ParseAsync(request.Body))!.AsObject();
        lock (_received)
        {
            if (_refusals.TryDequeue(out var status))
            {
                Refused++;
                return Results.StatusCode(status);
            }

            conversation.ShouldBe(Conversation);
            _received.Add(activity);
            return Results.Json(new { id = $"b{_received.Count}" }, statusCode: 201);
        }
    }
}
