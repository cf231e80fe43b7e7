using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SupportBot.Tests.Running;
using SupportBot.Tests.Turns;

namespace SupportBot.Tests.Handoff;

/// <summary>What agents live through, over the hub.</summary>
public sealed class HandoffStory(SampleService sample) : IClassFixture<SampleService>
{
    private Service Service => sample.Service;

    [Fact]
    public async Task An_escalation_waits_with_its_evidence_until_an_agent_takes_replies_and_resolves_it()
    {
        await using var agent = await Service.AgentAsync();
        var customer = await EscalatedAsync();

        var changed = await agent.EventAsync("ConversationChanged", a => (string?)a[0]!["id"] == customer.ConversationId);
        ((string)changed[0]!["state"]!).ShouldBe("waiting");
        var watched = await agent.CallAsync("Watch", customer.ConversationId, 0);
        ((string)watched!["conversation"]!["evidence"]!["reasonCode"]!).ShouldBe("AskedForHuman");
        watched["conversation"]!["evidence"]!["intent"]!["name"].ShouldNotBeNull();
        watched["page"]!["items"]!.AsArray().Select(i => (string)i!["author"]!).ShouldBe(["bot", "customer", "bot"]);

        (await agent.OutcomeAsync("Claim", customer.ConversationId)).ShouldBe("claimed");
        (await agent.OutcomeAsync("Reply", customer.ConversationId, "r1", "Hello, Maeve here. What happened?")).ShouldBe("sent");
        (await customer.WaitForAsync("Maeve here"))["from"]!["name"]!.ToString().ShouldBe("Maeve");

        await customer.SayAsync("My tent arrived without pegs.");
        await agent.EventAsync("ActivityAppended", a => (string?)a[1]!["text"] == "My tent arrived without pegs.");
        (await agent.OutcomeAsync("Resolve", customer.ConversationId)).ShouldBe("resolved");
        await customer.WaitForAsync("closed the conversation");

        var answer = await customer.AskAsync("How long do I have to return something?");
        ((string)answer["text"]!).ShouldContain("[1]");
    }

    [Fact]
    public async Task While_a_human_has_the_conversation_the_bot_is_silent_but_says_once_that_nothing_is_lost()
    {
        var customer = await EscalatedAsync();

        await customer.SayAsync("Are you there?");
        await customer.WaitForAsync("You are in the queue");
        await customer.SayAsync("Hello??");
        await using var agent = await Service.AgentAsync();
        await agent.CallAsync("Claim", customer.ConversationId);
        await customer.SayAsync("Still me.");
        await agent.OutcomeAsync("Reply", customer.ConversationId, "r1", "Yes, now I am.");
        await customer.WaitForAsync("now I am");

        (await customer.ReadAsync()).Count(a => ((string?)a["text"])?.Contains("You are in the queue") == true).ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_agents_who_claim_at_once_one_gets_it_and_the_others_hear_who()
    {
        var customer = await EscalatedAsync();
        await using var first = await Service.AgentAsync("agent@demo.test");
        await using var second = await Service.AgentAsync("agent2@demo.test");
        Agent[] agents = [first, second];

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => agents[i % 2].CallAsync("Claim", customer.ConversationId)));

        var winners = results.Select((r, i) => (Outcome: (string)r!["outcome"]!, Agent: i % 2)).Where(r => r.Outcome == "claimed").Select(r => r.Agent).Distinct();
        winners.ShouldHaveSingleItem();
        results.Where(r => (string)r!["outcome"]! == "taken").ShouldAllBe(r => (string)r!["by"]! == "Maeve" || (string)r["by"]! == "Tomás");
        results.Count(r => (string)r!["outcome"]! == "taken").ShouldBe(10);
        (await customer.ReadAsync()).Count(a => ((string?)a["text"])?.Contains("joined") == true).ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_agent_who_has_it_may_reply_and_resolve()
    {
        var customer = await EscalatedAsync();
        await using var owner = await Service.AgentAsync("agent@demo.test");
        await using var other = await Service.AgentAsync("agent2@demo.test");

        (await other.OutcomeAsync("Reply", customer.ConversationId, "x1", "Not claimed yet")).ShouldBe("not_yours");
        await owner.CallAsync("Claim", customer.ConversationId);
        (await other.OutcomeAsync("Reply", customer.ConversationId, "x2", "Not mine")).ShouldBe("not_yours");
        (await other.OutcomeAsync("Resolve", customer.ConversationId)).ShouldBe("not_yours");
        (await owner.OutcomeAsync("Reply", customer.ConversationId, "x3", "   ")).ShouldBe("empty");
        (await owner.OutcomeAsync("Reply", customer.ConversationId, "x4", new string('a', 4001))).ShouldBe("too_long");
        (await owner.OutcomeAsync("Claim", "no-such-conversation")).ShouldBe("not_found");

        (await customer.ReadAsync()).ShouldNotContain(a => ((string?)a["text"])!.Contains("Not "));
    }

    [Fact]
    public async Task A_reply_sent_again_after_a_lost_answer_is_one_reply()
    {
        var customer = await EscalatedAsync();
        await using var agent = await Service.AgentAsync();
        await agent.CallAsync("Claim", customer.ConversationId);

        var sent = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => agent.CallAsync("Reply", customer.ConversationId, "same", "Only once")));

        sent.Select(s => (long)s!["sequence"]!).Distinct().ShouldHaveSingleItem();
        (await customer.ReadAsync()).Count(a => (string?)a["text"] == "Only once").ShouldBe(1);
    }

    [Fact]
    public async Task A_console_that_was_cut_off_again_and_again_has_every_message_once_in_the_end()
    {
        var customer = await EscalatedAsync();
        var seen = new SortedDictionary<long, string>();
        var random = new Random(20261121);
        var talking = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                await customer.SayAsync($"message {i}");
            }
        });

        var done = false;
        while (!done)
        {
            done = talking.IsCompleted;
            await using var agent = await Service.AgentAsync();
            var page = (await agent.CallAsync("Watch", customer.ConversationId, seen.Count > 0 ? seen.Keys.Last() : 0))!["page"]!;
            foreach (var entry in page["items"]!.AsArray())
            {
                seen[(long)entry!["sequence"]!] = (string)entry["text"]!;
            }

            await Task.Delay(random.Next(5, 60));
            agent.Cut();
            var next = seen.Keys.Last();
            foreach (var entry in agent.Events.Where(e => e.Target == "ActivityAppended").Select(e => e.Arguments[1]!).OrderBy(e => (long)e["sequence"]!))
            {
                seen[(long)entry["sequence"]!] = (string)entry["text"]!;
                next.ShouldBeLessThanOrEqualTo((long)entry["sequence"]! + 25, "events must not go back further than a page");
            }
        }

        await talking;
        seen.Values.Where(t => t.StartsWith("message ", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 60).Select(i => $"message {i}"));
    }

    [Fact]
    public async Task Managers_and_agents_see_lists_by_the_page()
    {
        for (var i = 0; i < 3; i++)
        {
            await EscalatedAsync();
        }

        await using var agent = await Service.AgentAsync();
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await agent.Http.GetFromJsonAsync<JsonObject>($"/api/console/conversations?view=waiting&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"))!;
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
            ids.AddRange(page["items"]!.AsArray().Select(i => (string)i!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        ids.Count.ShouldBeGreaterThanOrEqualTo(3);
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Typing_goes_both_ways_and_is_kept_nowhere()
    {
        var customer = await EscalatedAsync();
        await using var agent = await Service.AgentAsync();
        await agent.CallAsync("Watch", customer.ConversationId, 0);
        await customer.PostAsync(new { type = "typing", from = new { id = "me" } });
        await agent.EventAsync("CustomerTyping", a => (string?)a[0] == customer.ConversationId);
        await agent.CallAsync("Typing", customer.ConversationId);
        (await customer.ReadAsync()).ShouldNotContain(a => (string?)a["type"] == "typing");
    }

    private async Task<Customer> EscalatedAsync()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        return customer;
    }
}
