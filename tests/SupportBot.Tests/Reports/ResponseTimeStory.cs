using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Reports;

public sealed class ResponseTimeStory
{
    // A Wednesday, 13:50 in Galway, in opening hours.
    private static readonly DateTimeOffset Wednesday = new(2026, 11, 18, 13, 50, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_figures_are_the_durations_that_customers_had_on_both_clocks()
    {
        var clock = new ManualClock(Wednesday);
        await using var service = await Service.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await using var agent = await service.AgentAsync();
        var customer = await service.CustomerAsync();

        await customer.AskAsync("Talk to a person");
        clock.Advance(TimeSpan.FromMinutes(4));
        await agent.CallAsync("Claim", customer.ConversationId);
        clock.Advance(TimeSpan.FromMinutes(2));
        await agent.CallAsync("Reply", customer.ConversationId, "1", "Hello");
        await customer.SayAsync("A question");
        clock.Advance(TimeSpan.FromSeconds(90));
        await agent.CallAsync("Reply", customer.ConversationId, "2", "An answer");
        clock.Advance(TimeSpan.FromHours(24));
        await agent.CallAsync("Resolve", customer.ConversationId);

        using var manager = await Agent.SignInAsync(service.BaseAddress, "manager@demo.test");
        var report = (await manager.GetFromJsonAsync<JsonObject>("/api/reports/response-times?days=7"))!;
        var metrics = report["metrics"]!.AsArray().ToDictionary(m => (string)m!["metric"]!, m => m!);
        metrics.Keys.ShouldBe(["bot_first_response", "human_first_response", "time_to_human", "next_response", "resolution"]);
        metrics.Values.ShouldAllBe(m => (int)m["count"]! == 1);
        ((double)metrics["bot_first_response"]["wall"]!["p50"]!).ShouldBe(0);
        ((double)metrics["time_to_human"]["wall"]!["p95"]!).ShouldBe(240);
        ((double)metrics["human_first_response"]["wall"]!["p90"]!).ShouldBe(360);
        ((double)metrics["next_response"]["business"]!["p50"]!).ShouldBe(90);
        ((double)metrics["resolution"]["wall"]!["p50"]!).ShouldBe(86400 + 360 + 90);

        // Wednesday 13:50 to 17:30, and Thursday 09:00 to 13:57:30.
        ((double)metrics["resolution"]["business"]!["p50"]!).ShouldBe(((3 * 60) + 40 + (4 * 60) + 57.5) * 60);
        metrics["resolution"]["series"]!.AsArray().Select(b => (int)b!["count"]!).ShouldBe([0, 0, 0, 0, 0, 0, 1]);

        var behind = (await manager.GetFromJsonAsync<JsonObject>("/api/reports/response-times/time_to_human/conversations?days=7"))!;
        ((int)behind["total"]!).ShouldBe(1);
        ((string)behind["items"]![0]!["conversationId"]!).ShouldBe(customer.ConversationId);
        ((string)behind["items"]![0]!["agent"]!).ShouldBe("Maeve");
        var bucket = (string)metrics["time_to_human"]["series"]![5]!["start"]!;
        var inBucket = (await manager.GetFromJsonAsync<JsonObject>($"/api/reports/response-times/time_to_human/conversations?days=7&bucket={Uri.EscapeDataString(bucket)}"))!;
        ((int)inBucket["total"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Figures_are_for_managers_and_their_questions_are_checked()
    {
        await using var service = await Service.StartAsync();
        using var agent = await Agent.SignInAsync(service.BaseAddress, "agent@demo.test");
        using var manager = await Agent.SignInAsync(service.BaseAddress, "manager@demo.test");

        (await agent.GetAsync("/api/reports/response-times")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var (path, field) in new[]
                 {
                     ("/api/reports/response-times?days=8", "days"),
                     ("/api/reports/response-times/time_to_human/conversations?page=0", "page"),
                     ("/api/reports/response-times/time_to_human/conversations?bucket=yesterday", "bucket"),
                 })
        {
            var refused = await manager.GetAsync(path);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            ((string)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["field"]!).ShouldBe(field);
        }

        (await manager.GetAsync("/api/reports/response-times/nonsense/conversations")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var empty = (await manager.GetFromJsonAsync<JsonObject>("/api/reports/response-times?days=1"))!;
        empty["metrics"]!.AsArray().ShouldAllBe(m => (int)m!["count"]! == 0 && m["wall"]!["p50"] == null);
        empty["metrics"]![0]!["series"]!.AsArray().Count.ShouldBeInRange(23, 25);
    }
}
