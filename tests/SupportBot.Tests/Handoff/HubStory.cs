using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Channels;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Handoff;

/// <summary>An external agent hub in place of our console, over Direct Line with the site's secret.</summary>
public sealed class HubStory(HubService running) : IClassFixture<HubService>
{
    private Service Service => running.Service;

    [Fact]
    public async Task The_hub_gets_the_transcript_takes_the_conversation_speaks_and_gives_it_back()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("How long do I have to return something?");
        await customer.AskAsync("Talk to a person");
        var hub = new Customer(Service.Http, customer.ConversationId, "demo-secret");

        var initiate = await EventAsync(hub, "handoff.initiate");
        ((string)initiate["value"]!["reasonCode"]!).ShouldBe("AskedForHuman");
        initiate["value"]!["queue"].ShouldNotBeNull();
        var transcript = initiate["attachments"]![0]!;
        ((string)transcript["name"]!).ShouldBe("Transcript");
        transcript["content"]!["activities"]!.AsArray().Select(a => (string?)a!["text"]).ShouldContain("How long do I have to return something?");

        await hub.PostAsync(Status("accepted", "Nora of the hub"));
        await customer.WaitForAsync("Nora of the hub joined");
        await hub.PostAsync(new { type = "message", from = new { id = "hub", name = "Nora", role = "bot" }, text = "Hello, Nora here." });
        ((string)(await customer.WaitForAsync("Nora here"))["from"]!["role"]!).ShouldBe("bot");
        await customer.SayAsync("My tent arrived without pegs.");
        await hub.PostAsync(Status("completed", "Nora of the hub"));
        await customer.WaitForAsync("closed the conversation");
        ((string)(await customer.AskAsync("How long do I have to return something?"))["text"]!).ShouldContain("[1]");

        await using var db = await Service.DatabaseAsync();
        (await db.Timings.Where(t => t.ConversationId == customer.ConversationId && t.Agent != null).Select(t => t.Agent).Distinct().ToListAsync()).ShouldBe(["Nora of the hub"]);
    }

    [Fact]
    public async Task A_hub_that_has_nobody_leaves_the_customer_in_our_own_queue()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        var hub = new Customer(Service.Http, customer.ConversationId, "demo-secret");
        await hub.PostAsync(Status("failed", "Hub"));
        await customer.WaitForAsync("Nobody could take this just now");

        await using var agent = await Service.AgentAsync();
        (await agent.OutcomeAsync("Claim", customer.ConversationId)).ShouldBe("claimed");
    }

    [Fact]
    public async Task A_customer_who_says_they_are_the_hub_changes_nothing()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        await customer.PostAsync(Status("accepted", "Mallory"));
        await customer.PostAsync(Status("completed", "Mallory"));
        await customer.SayAsync("Anybody?");
        await customer.WaitForAsync("You are in the queue");

        (await customer.ReadAsync()).ShouldNotContain(a => ((string?)a["text"] ?? "").Contains("Mallory"));
        await using var db = await Service.DatabaseAsync();
        (await db.Handoffs.SingleAsync(h => h.ConversationId == customer.ConversationId)).State.ShouldBe(SupportBot.Handoff.HandoffState.Waiting);
    }

    [Fact]
    public async Task A_hub_on_a_channel_is_heard_and_does_not_get_its_own_words_back()
    {
        await using var channel = await FakeChannel.OpenAsync(Service, "omnichannel");
        await channel.AskAsync("Talk to a person");
        await Eventually.HoldsAsync(() => Task.FromResult(channel.Received.Any(a => (string?)a["name"] == "handoff.initiate")), "the event");
        var status = channel.Activity("event");
        (status["name"], status["value"]) = ("handoff.status", new JsonObject { ["state"] = "accepted" });
        status["from"] = new JsonObject { ["id"] = "hub", ["name"] = "Nora of the hub" };
        await channel.PostAsync(status);

        await channel.WaitForAsync("Nora of the hub joined");
        channel.Received.ShouldNotContain(a => (string?)a["name"] == "handoff.status");
    }

    private static object Status(string state, string name) =>
        new { type = "event", name = "handoff.status", value = new { state }, from = new { id = "hub", name, role = "bot" } };

    private static Task<JsonObject> EventAsync(Customer hub, string name) => Eventually.GetAsync(
        async () => (await hub.ReadAsync()).FirstOrDefault(a => (string?)a["type"] == "event" && (string?)a["name"] == name), $"the event {name}");
}

/// <summary>A service whose escalations go to a hub.</summary>
public sealed class HubService : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await Service.StartAsync(builder =>
    {
        builder.Configuration["Connector:AllowUnauthenticated"] = "true";
        builder.Services.AddSingleton(new SupportBot.Handoff.HandoffOptions { Agents = SupportBot.Handoff.AgentDesk.Hub, HubChannels = ["omnichannel"] });
    });

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
