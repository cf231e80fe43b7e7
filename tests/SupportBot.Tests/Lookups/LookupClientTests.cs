using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SupportBot.Lookups;
using SupportBot.Workflows;

namespace SupportBot.Tests.Lookups;

/// <summary>What goes over the line, and what never does.</summary>
public sealed class LookupClientTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Heard> _heard = new();
    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = http => http.Response.WriteAsync("""{"status":"shipped","on":true,"n":2.50,"day":"2026-11-25T10:00:00Z","list":[1,2],"nested":{"x":1},"none":null}""");

    private string Address => _server.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _heard.Enqueue(new Heard(http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.Authorization, http.Request.Headers["Idempotency-Key"], await reader.ReadToEndAsync()));
            await _answer(http);
        });
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_post_carries_its_key_its_secret_and_its_values()
    {
        var outcome = await RunAsync(Order() with
        {
            Method = LookupMethod.Post,
            Headers = Templates(("Authorization", "Bearer ${TOKEN}")),
            Body = Templates(("number", "{order_number}")),
        });

        outcome.ShouldBeOfType<LookupOutcome.Found>();
        _heard.ShouldHaveSingleItem().ShouldBe(new Heard("POST", "/orders/TT-1%2F2", "Bearer hush", "turn-order", """{"number":"TT-1/2"}"""));
    }

    [Fact]
    public async Task Plain_values_become_text_and_the_rest_is_left_out()
    {
        var outcome = await RunAsync(Order() with
        {
            Variables = new Dictionary<string, string>
            {
                ["on"] = "$.on",
                ["n"] = "$.n",
                ["day"] = "$.day",
                ["list"] = "$.list[*]",
                ["nested"] = "$.nested",
                ["none"] = "$.none",
                ["missing"] = "$.a.b",
                ["picked"] = "$.list[?(@ > 1)]",
            },
        });

        outcome.ShouldBeOfType<LookupOutcome.Found>().Values.ShouldBe(
            new Dictionary<string, string> { ["on"] = "yes", ["n"] = "2.50", ["day"] = "2026-11-25T10:00:00Z", ["list"] = "1, 2", ["picked"] = "2" }, ignoreOrder: true);
    }

    [Theory]
    [InlineData("${elsewhere}/x", "it is not configured.")]
    [InlineData("https://api.shop.example/x", "it is not configured.")]
    public async Task What_the_configuration_does_not_know_is_not_asked(string url, string reason)
    {
        (await RunAsync(Order() with { Url = new Template(url) })).ShouldBe(new LookupOutcome.Failed(reason));
        _heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_secret_nothing_is_asked()
    {
        (await RunAsync(Order() with { Headers = Templates(("Authorization", "${OTHER}")) })).ShouldBe(new LookupOutcome.Failed("it is not configured."));
        _heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_value_that_would_change_the_path_finds_nothing(string value)
    {
        (await RunAsync(Order(), value)).ShouldBeOfType<LookupOutcome.NotFound>();
        _heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_not_there_is_not_found(int status)
    {
        _answer = http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        (await RunAsync(Order())).ShouldBeOfType<LookupOutcome.NotFound>();
    }

    [Fact]
    public async Task A_broken_line_is_tried_once_more_for_a_get_and_never_for_a_post()
    {
        _answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        (await RunAsync(Order())).ShouldBe(new LookupOutcome.Failed("the line broke."));
        _heard.Count.ShouldBe(2);
        _heard.Clear();
        (await RunAsync(Order() with { Method = LookupMethod.Post })).ShouldBe(new LookupOutcome.Failed("the line broke."));
        _heard.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("\"shipped\"")]
    public async Task An_answer_that_holds_nothing_is_no_answer_to_speak_of(string body)
    {
        _answer = http => http.Response.WriteAsync(body);
        var outcome = await RunAsync(Order());
        (outcome is LookupOutcome.Failed or LookupOutcome.Found { Values.Count: 0 }).ShouldBeTrue(outcome.ToString());
    }

    private async Task<LookupOutcome> RunAsync(Lookup lookup, string number = "TT-1/2")
    {
        var settings = new LookupSettings(
            new LookupOptions
            {
                Addresses = new Dictionary<string, Uri> { ["orders"] = new(Address) },
                Secrets = new Dictionary<string, string> { ["TOKEN"] = "hush" },
            },
            new Dictionary<string, Func<string>>());
        using var client = new LookupClient(settings, TimeProvider.System, NullLogger<LookupClient>.Instance);
        return await client.RunAsync(new LookupRequest(lookup, new Dictionary<string, string> { ["order_number"] = number }), "turn-order", CancellationToken.None);
    }

    private static Lookup Order() => new(
        "order", LookupMethod.Get, new Template("${orders}/orders/{order_number}"), Templates(), Templates(), TimeSpan.FromSeconds(10),
        new Dictionary<string, string> { ["status"] = "$.status" }, null, null, StepFallback.ToHuman);

    private static Dictionary<string, Template> Templates(params (string Name, string Text)[] texts) => texts.ToDictionary(t => t.Name, t => new Template(t.Text));

    private sealed record Heard(string Method, string Path, string? Authorization, string? Key, string Body);
}
