using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Conversations;
using SupportBot.Tests.Answers;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>Drafts, follow-ups, targets, variants and the map of a process, with a company of its own.</summary>
public sealed class WorkflowStory : IAsyncLifetime
{
    private const string Tracking =
        """
        name: track_order
        title: Track an order
        articles: [tracking]
        examples: [where is my parcel, track my order, has my package been shipped, when will my delivery arrive, parcel status please, follow my shipment]
        workflow:
          answer: automatic
          otherwise: human
          queue: orders
          priority: normal
          clocks: { first_response: 15, resolution: 60, business_hours: false }
          follow_up: { ask: "Did that solve it?", after: 10, close_after: 1440, fallback: ticket }
          overrides:
            - { group: trade, answer: draft }
        """;

    private readonly SmallCompany _company = new();
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private Service _service = null!;

    public async ValueTask InitializeAsync()
    {
        _company.Write("intents/track_order.yaml", Tracking);
        var refunds = await File.ReadAllTextAsync(Path.Combine(_company.Folder, "intents/refund_policy.yaml"));
        _company.Write("intents/refund_policy.yaml", $"{refunds.TrimEnd()}\n  follow_up: {{ ask: \"All well now?\", after: 60 }}\n");
        _service = await Service.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(_clock), knowledge: _company.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _company.Dispose();
    }

    [Fact]
    public async Task A_customer_of_a_group_whose_answers_are_approved_reads_what_the_agent_made_of_the_draft()
    {
        var customer = await CustomerAsync(new { group = "trade", email = "ann@example.com" });
        ((string)(await customer.AskAsync("where is my parcel"))["text"]!).ShouldStartWith("Thanks, a colleague looks at this before I answer.");

        await using var agent = await _service.AgentAsync();
        var draft = (await agent.CallAsync("Watch", customer.ConversationId, 0))!["conversation"]!["draft"]!;
        ((string)draft["text"]!).ShouldContain("dispatch email");
        ((string)draft["citations"]![0]!["url"]!).ShouldEndWith("/help/tracking");
        (await agent.OutcomeAsync("SendDraft", customer.ConversationId, "1", null)).ShouldBe("not_yours");
        (await agent.OutcomeAsync("Claim", customer.ConversationId)).ShouldBe("claimed");
        (await agent.OutcomeAsync("SendDraft", customer.ConversationId, "1", $"Hello Ann! {(string)draft["text"]!}")).ShouldBe("sent");
        (await agent.OutcomeAsync("SendDraft", customer.ConversationId, "1", "again")).ShouldBe("sent");
        (await agent.OutcomeAsync("SendDraft", customer.ConversationId, "2", null)).ShouldBe("no_draft");

        var said = await customer.WaitForAsync("Hello Ann!");
        ((string)said["from"]!["name"]!).ShouldBe("Maeve");
        said["entities"]!.AsArray().ShouldContain(e => (string?)e!["type"] == "https://schema.org/Message");
        await using var db = await _service.DatabaseAsync();
        var handoff = await db.Handoffs.SingleAsync(h => h.ConversationId == customer.ConversationId);
        (handoff.ReasonCode, handoff.DraftSentBy, handoff.DraftEdited).ShouldBe(("Drafted", "Maeve", true));
        (await db.Conversations.SingleAsync(c => c.Id == customer.ConversationId)).CustomerEmail.ShouldBe("ann@example.com");
    }

    [Fact]
    public async Task Somebody_silent_is_asked_once_whether_it_is_solved_and_then_the_conversation_is_closed()
    {
        var customer = await _service.CustomerAsync();
        await customer.AskAsync("where is my parcel");

        _clock.Advance(TimeSpan.FromMinutes(10));
        var asked = await customer.WaitForAsync("Did that solve it?");
        asked["suggestedActions"]!["actions"]!.AsArray().Select(a => (string)a!["title"]!).ShouldBe(["That solved it", "Not yet", "Talk to a person"]);
        _clock.Advance(TimeSpan.FromDays(1));

        // The token is over by now.
        await using var db = await _service.DatabaseAsync();
        await Eventually.HoldsAsync(() => db.Activities.AnyAsync(a => a.ConversationId == customer.ConversationId && a.Json.Contains("I take it that this is settled")), "the end");
        var resolution = await db.Timings.SingleAsync(t => t.ConversationId == customer.ConversationId && t.Metric == Metric.Resolution);
        (resolution.TargetMs, resolution.TargetOnWallClock, resolution.Intent).ShouldBe((3_600_000, true, "track_order"));
        (await db.Activities.CountAsync(a => a.ConversationId == customer.ConversationId && a.Json.Contains("Did that solve it?"))).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_writes_on_is_not_asked_and_a_no_leads_to_the_fallback()
    {
        var customer = await _service.CustomerAsync();
        await customer.AskAsync("where is my parcel");
        _clock.Advance(TimeSpan.FromMinutes(6));
        await customer.AskAsync("how do I dry a tent?");
        _clock.Advance(TimeSpan.FromMinutes(6));
        await customer.AskAsync("where is my parcel");
        _clock.Advance(TimeSpan.FromMinutes(11));
        await customer.WaitForAsync("Did that solve it?");
        (await customer.ReadAsync()).Count(a => (string?)a["text"] == "Did that solve it?").ShouldBe(1);

        ((string)(await customer.AskAsync("not yet"))["text"]!).ShouldContain("opened a ticket");
        await using var db = await _service.DatabaseAsync();
        (await db.Tickets.SingleAsync(t => t.ConversationId == customer.ConversationId)).Subject.ShouldBe("Track an order: where is my parcel");
    }

    [Fact]
    public async Task After_a_ticket_was_solved_the_customer_is_asked_as_well()
    {
        var customer = await _service.CustomerAsync();
        await customer.AskAsync("what is your refund policy");
        await customer.AskAsync("please open a ticket");
        await customer.WaitForAsync("T-00001");
        using var agent = await Agent.SignInAsync(_service.BaseAddress, "agent@demo.test");
        (await System.Net.Http.Json.HttpClientJsonExtensions.PatchAsJsonAsync(agent, "/api/tickets/T-00001", new { phase = "solved" })).EnsureSuccessStatusCode();
        await customer.WaitForAsync("is marked as solved");

        // The row that waits for the hour is there once the one that noticed has been carried out.
        await using var db = await _service.DatabaseAsync();
        var now = _clock.GetUtcNow();
        await Eventually.HoldsAsync(() => db.Outbox.AnyAsync(o => o.Kind == FollowUpRow.RowKind && o.Open && o.Key.Contains("solved-ask") && o.DueAt > now), "the plan");
        _clock.Advance(TimeSpan.FromHours(1));

        await Eventually.HoldsAsync(() => db.Activities.AnyAsync(a => a.ConversationId == customer.ConversationId && a.Json.Contains("All well now?")), "the question");

        // The token is over by now; the site's secret is not.
        var later = new Customer(_service.Http, customer.ConversationId, "demo-secret");
        ((string)(await later.AskAsync("That solved it"))["text"]!).ShouldContain("Glad that helped");
        (await db.EmbeddedTickets.AsNoTracking().SingleAsync()).Phase.ShouldBe(SupportBot.Tickets.Systems.TicketPhase.Solved);
        (await db.Outbox.CountAsync(o => o.Kind == SupportBot.Tickets.TicketDelivery.RowKind)).ShouldBe(1, "nothing but the creation goes to the ticket");
    }

    [Fact]
    public async Task A_manager_sees_how_many_came_to_each_step_and_where_they_fell_out()
    {
        var (first, second, third) = (await _service.CustomerAsync(), await _service.CustomerAsync(), await _service.CustomerAsync());
        foreach (var customer in new[] { first, second, third })
        {
            await customer.AskAsync("my stove arrived broken");
        }

        _clock.Advance(TimeSpan.FromSeconds(40));
        await first.AskAsync("TT-123456");
        await first.AskAsync("ann@example.com");
        await first.AskAsync("skip");
        await second.AskAsync("dunno");
        await second.AskAsync("never mind");
        _clock.Advance(TimeSpan.FromDays(2));
        await (await _service.CustomerAsync()).AskAsync("where is my parcel");

        using var manager = await Agent.SignInAsync(_service.BaseAddress, "manager@demo.test");
        var report = JsonNode.Parse(await manager.GetStringAsync("/api/reports/workflows?days=7"))!["workflows"]!.AsArray();
        var damaged = report.Single(w => (string)w!["intent"]! == "damaged_item")!;
        ((int)damaged["runs"]!).ShouldBe(3);
        Figures(damaged, "order_number").ShouldBe((4, 1, 1, 0, 40, "1 cancelled, 1 silent"));
        Figures(damaged, "ticket").ShouldBe((1, 1, 0, 0, 0, "0 cancelled, 0 silent"));
        Edges(damaged).ShouldBe(
            ["start>order_number 3", "order_number>email 1", "email>note 1", "note>ticket 1", "order_number>order_number 1"], ignoreOrder: true);
        var tracked = report.Single(w => (string)w!["intent"]! == "track_order")!;
        Figures(tracked, "answer").ShouldBe((1, 1, 0, 0, 0, "0 cancelled, 0 silent"));

        using var agent = await Agent.SignInAsync(_service.BaseAddress, "agent@demo.test");
        (await agent.GetAsync("/api/reports/workflows")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    private static (int Count, int Done, int AskedAgain, int Open, double Median, string Out) Figures(JsonNode workflow, string step)
    {
        var node = workflow["nodes"]!.AsArray().Single(n => (string)n!["id"]! == step)!;
        return ((int)node["count"]!, (int)node["done"]!, (int)node["askedAgain"]!, (int)node["open"]!, (double?)node["medianSeconds"] ?? -1,
            $"{node["fallenOut"]!["cancelled"]} cancelled, {node["fallenOut"]!["silent"]} silent");
    }

    private static IEnumerable<string> Edges(JsonNode workflow) => workflow["edges"]!.AsArray().Select(e => $"{e!["from"]}>{e["to"]} {e["count"]}");

    private async Task<Customer> CustomerAsync(object facts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate");
        request.Headers.Authorization = new("Bearer", "demo-secret");
        request.Content = System.Net.Http.Json.JsonContent.Create(new { user = new { name = "Ann" }, facts });
        using var response = await _service.Http.SendAsync(request);
        var generated = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        using var start = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/conversations");
        start.Headers.Authorization = new("Bearer", (string)generated["token"]!);
        (await _service.Http.SendAsync(start)).EnsureSuccessStatusCode();
        return new Customer(_service.Http, (string)generated["conversationId"]!, (string)generated["token"]!);
    }
}
