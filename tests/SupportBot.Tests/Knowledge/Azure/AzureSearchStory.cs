using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Hosting;
using SupportBot.Knowledge.AzureSearch;
using SupportBot.Tests.Answers;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>Azure AI Search beside the embedded index, seen from customers, operators and whoever changes articles.</summary>
public sealed class AzureSearchStory : IAsyncLifetime
{
    private const string Question = "How long do I have to return something?";

    private FakeSearchServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeSearchServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_customer_is_answered_with_it_and_it_never_sees_personal_data()
    {
        await using var service = await StartAsync(_server.Options with { UseSemanticRanker = true });
        await ReadyAsync(service, "Healthy", "answers");
        var customer = await service.CustomerAsync();

        var answer = await customer.AskAsync(Question);
        await customer.AskAsync("Do you take back shoes? My card is 4111 1111 1111 1111 and I am ann@customer.example.");

        ((string)answer["text"]!).ShouldContain("30 days");
        var asked = _server.Questions.Select(q => (string)q.Body!["search"]!).ToList();
        asked.ShouldContain("How long do I have to return something");
        asked.ShouldContain(text => text.StartsWith("Do you take back shoes My card is", StringComparison.Ordinal));
        asked.ShouldAllBe(text => !text.Contains("4111") && !text.Contains("ann"));
    }

    [Fact]
    public async Task While_it_is_down_the_embedded_index_gives_the_same_answer_and_readiness_says_so()
    {
        await using var service = await StartAsync(_server.Options);
        await ReadyAsync(service, "Healthy", "answers");
        var customer = await service.CustomerAsync();
        var with = (string)(await customer.AskAsync(Question))["text"]!;
        var asked = _server.Questions.Count;

        _server.Down = 503;
        (await (await service.CustomerAsync()).AskAsync(Question))["text"]!.ToString().ShouldBe(with);
        await ReadyAsync(service, "Degraded", "fails with status 503; the embedded index answers.");

        _server.Down = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                (await (await service.CustomerAsync()).AskAsync(Question))["text"]!.ToString().ShouldBe(with);
                return _server.Questions.Count > asked + 1 && ((string?)(await ReadyAsync(service))["status"]) == "Healthy";
            },
            "the service to be asked again");
    }

    [Fact]
    public async Task A_changed_article_answers_at_once_from_the_embedded_index_and_from_the_service_when_it_is_there()
    {
        using var company = new SmallCompany();
        company.Write("articles/discounts.md", "---\ntitle: Discounts that agents may give\nquestions: []\naudience: agents\nlocale: en\nupdated: 2026-01-01\n---\nAgents may give 15% off.\n");
        await using var service = await StartAsync(_server.Options, company.Folder);
        await ReadyAsync(service, "Healthy", "answers");
        var source = service.Services.GetRequiredService<UnderstandingSource>();
        Slugs().ShouldBe(["refund-policy", "tent-care", "tracking"]);
        var gate = new TaskCompletionSource();
        _server.UploadsWaitFor = gate.Task;

        company.Write("articles/zebra.md", "---\ntitle: Zebra tents\nquestions:\n  - \"Do you have tents with stripes?\"\naudience: customers\nlocale: en\nupdated: 2026-01-01\n---\nStriped tents cost EUR 77 extra.\n");
        await Eventually.HoldsAsync(() => Task.FromResult(source.Current.Article("zebra") is not null), "the new article");
        await ReadyAsync(service, "Degraded", "being brought");
        await (await service.CustomerAsync()).AskAsync("Do you have tents with stripes?");
        _server.Questions.ShouldBeEmpty();

        gate.SetResult();
        await ReadyAsync(service, "Healthy", "answers");
        Slugs().ShouldContain("zebra");
        await (await service.CustomerAsync()).AskAsync("Do you have tents with stripes?");
        _server.Questions.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Index_brings_what_differs_and_fails_with_a_line_when_it_cannot()
    {
        using var company = new SmallCompany();

        (await RunAsync(company, _server.Options)).ShouldBe(0);
        Slugs().ShouldBe(["refund-policy", "tent-care", "tracking"]);
        var uploads = _server.Uploads.Count;
        (await RunAsync(company, _server.Options)).ShouldBe(0);
        _server.Uploads.Count.ShouldBe(uploads);

        (await RunAsync(company, _server.Options with { ApiKey = "wrong" })).ShouldBe(1);
        _server.Down = 400;
        (await RunAsync(company, _server.Options)).ShouldBe(1);
    }

    [Fact]
    public async Task A_service_that_may_not_upload_waits_for_whoever_does()
    {
        await using var service = await StartAsync(_server.Options with { UploadChanges = false });
        await ReadyAsync(service, "Degraded", "does not hold the articles in force");
        _server.Uploads.ShouldBeEmpty();

        var content = service.Services.GetRequiredService<UnderstandingSource>().Current.Content;
        await Engine.Of(_server).BringAsync(content);

        await ReadyAsync(service, "Healthy", "answers");
    }

    [Fact]
    public async Task Past_conversations_are_replayed_with_it()
    {
        await using var service = await StartAsync(_server.Options);
        await ReadyAsync(service, "Healthy", "answers");
        await (await service.CustomerAsync()).AskAsync(Question);
        var asked = _server.Questions.Count;

        var result = await service.Services.GetRequiredService<Replay>().RunAsync(10, CancellationToken.None);

        (result.Messages, result.Same).ShouldBe((1, 1));
        _server.Questions.Count.ShouldBe(2 * asked);
    }

    private Task<Service> StartAsync(AzureSearchOptions options, string? knowledge = null) =>
        Service.StartAsync(builder => builder.Services.AddSingleton(_server.Access).AddAzureSearch(options), knowledge: knowledge);

    private Task<int> RunAsync(SmallCompany company, AzureSearchOptions options) => CommandLine.RunAsync(
        ["index", "--json", "--knowledge", company.Folder, "--data", company.Root],
        (folders, urls) => Program.Compose(folders, urls, builder => builder.Services.AddSingleton(_server.Access).AddAzureSearch(options)));

    private string[] Slugs() => [.. _server.Index("supportbot")!.Passages.Select(p => (string)p["slug"]!).Distinct().Order(StringComparer.Ordinal)];

    private static async Task ReadyAsync(Service service, string status, string sentence)
    {
        var last = "";
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    last = (await ReadyAsync(service)).ToJsonString();
                    return last.Contains($"\"status\":\"{status}\"", StringComparison.Ordinal) && last.Contains(sentence, StringComparison.Ordinal);
                },
                "readiness");
        }
        catch (TimeoutException)
        {
            last.ShouldContain($"{status} {sentence}");
        }
    }

    /// <summary>Ready or degraded, it is 200: a search service that is down takes nothing out.</summary>
    private static async Task<JsonObject> ReadyAsync(Service service)
    {
        using var response = await service.Http.GetAsync("/readyz");
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }
}
