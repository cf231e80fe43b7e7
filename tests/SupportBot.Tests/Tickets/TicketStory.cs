using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets;

public sealed class TicketStory
{
    [Fact]
    public async Task A_complaint_becomes_one_ticket_whose_number_the_customer_and_the_agent_get()
    {
        await using var service = await Service.StartAsync();
        var customer = await service.CustomerAsync();

        await customer.ComplainAsync();

        var told = await customer.WaitForAsync("T-00001");
        ((string)told["text"]!).ShouldContain("Your ticket is");
        await using var db = await service.DatabaseAsync();
        var ticket = await db.Tickets.SingleAsync();
        ticket.Number.ShouldBe("T-00001");
        ticket.Fields.ShouldContain("TT-123456");
        var stored = await db.EmbeddedTickets.SingleAsync();
        stored.Body.ShouldContain("the driver threw my parcel over the fence");
        stored.Body.ShouldContain("/console/conversations/");
        stored.RequesterEmail.ShouldBe("ann@example.com");
        (await db.Outbox.SingleAsync()).DoneAt.ShouldNotBeNull();

        await using var agent = await service.AgentAsync("manager@demo.test");
        var watched = await agent.CallAsync("Watch", customer.ConversationId, 0);
        ((string)watched!["conversation"]!["tickets"]![0]!["number"]!).ShouldBe("T-00001");
    }

    [Fact]
    public async Task A_system_that_loses_its_answers_after_creating_still_makes_one_ticket()
    {
        var system = new FakeTicketSystem();
        system.LoseAnswers(2);
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var customer = await service.CustomerAsync();

        await customer.ComplainAsync();

        await customer.WaitForAsync("FAKE-1");
        system.Tickets.ShouldHaveSingleItem();
        (await customer.ReadAsync()).Count(a => ((string?)a["text"])?.Contains("FAKE-1") == true).ShouldBe(1);
    }

    [Fact]
    public async Task A_system_that_is_down_does_not_keep_the_customer_waiting()
    {
        var system = new FakeTicketSystem { Down = true };
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var customer = await service.CustomerAsync();

        await customer.ComplainAsync();
        await customer.AskAsync("How long do I have to return something?");
        system.Tickets.ShouldBeEmpty();
        (await service.Http.GetStringAsync("/readyz")).ShouldContain("fake does not answer");
        system.Down = false;

        await customer.WaitForAsync("FAKE-1");
    }

    [Fact]
    public async Task What_an_agent_over_there_answers_reaches_the_customer_once_and_what_the_customer_says_goes_there()
    {
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");

        system.AgentWrites("1", "A note for us", isPublic: false);
        system.AgentWrites("1", "I am sorry about the fence. Is the parcel all right?");
        await service.HintAsync(system, "1", "d-1");
        var answer = await customer.WaitForAsync("I am sorry about the fence");
        ((string)answer["from"]!["name"]!).ShouldBe("Rosa");

        for (var i = 0; i < 5; i++)
        {
            (await service.HintAsync(system, "1", $"d-{i % 2}")).ShouldBe(202);
        }

        await customer.SayAsync("Yes, but it is wet");
        await customer.WaitForAsync("I have passed that on to");
        await customer.SayAsync("And the box is torn");
        await Eventually.HoldsAsync(() => Task.FromResult(system.Tickets[0].Messages.Count == 4), "the customer's messages over there");
        system.Tickets[0].Messages.Select(m => m.Text).ShouldBe(["A note for us", "I am sorry about the fence. Is the parcel all right?", "Yes, but it is wet", "And the box is torn"]);

        var said = await customer.ReadAsync();
        said.Count(a => ((string?)a["text"])?.Contains("I am sorry about the fence") == true).ShouldBe(1);
        said.ShouldNotContain(a => ((string?)a["text"] ?? "").Contains("A note for us"));
        said.Count(a => ((string?)a["text"])?.Contains("I have passed that on to") == true).ShouldBe(1);
    }

    [Fact]
    public async Task The_customer_may_have_the_bot_back_and_a_solved_ticket_comes_back_to_life()
    {
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-1");
        system.AgentWrites("1", "We have sent you a new one.");
        await service.HintAsync(system, "1", "d-1");
        await customer.WaitForAsync("We have sent you a new one.");

        await customer.AskAsync(TicketDesk.AskTheBot);
        var answer = await customer.AskAsync("How long do I have to return something?");
        answer["entities"].ShouldNotBeNull();

        system.Change("1", t => t.Phase = TicketPhase.Solved);
        await service.HintAsync(system, "1", "d-2");
        await customer.WaitForAsync("is marked as solved");
        await customer.SayAsync("Thank you so much!");
        await Eventually.HoldsAsync(() => Task.FromResult(system.Tickets[0] is { Phase: TicketPhase.Solved, Messages.Count: 2 }), "the thanks, which open nothing");
        await customer.SayAsync("It is still not here, please look again");
        await Eventually.HoldsAsync(() => Task.FromResult(system.Tickets[0] is { Phase: TicketPhase.Open, Messages.Count: 3 }), "the ticket to be open again");
    }

    [Fact]
    public async Task A_merge_is_followed_without_showing_what_was_said_to_somebody_else()
    {
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system));
        var other = await service.CustomerAsync();
        await other.ComplainAsync();
        await other.WaitForAsync("FAKE-1");
        var customer = await service.CustomerAsync();
        await customer.ComplainAsync();
        await customer.WaitForAsync("FAKE-2");
        system.AgentWrites("1", "Only for the first customer.");
        system.Change("2", t => t.MergedInto = "1");
        await service.HintAsync(system, "2", "d-1");
        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Tickets.AllAsync(t => t.RemoteId == "1"), "the merge");

        system.AgentWrites("1", "For both of you.");
        await service.HintAsync(system, "1", "d-2");

        await customer.WaitForAsync("For both of you.");
        await other.WaitForAsync("Only for the first customer.");
        (await customer.ReadAsync()).ShouldNotContain(a => ((string?)a["text"] ?? "").Contains("Only for the first"));
        system.Delete("1");
        await service.HintAsync(system, "1", "d-3");
        await Eventually.HoldsAsync(async () => await (await service.DatabaseAsync()).Tickets.AllAsync(t => t.Status == "deleted"), "the deletion");
        (await customer.AskAsync("How long do I have to return something?"))["entities"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Forged_unsigned_and_replayed_webhooks_have_no_effect()
    {
        var system = new FakeTicketSystem("forged");
        var refused = 0L;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "supportbot.tickets.webhooks.refused")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, count, tags, _) => Interlocked.Add(ref refused, tags.ToArray().Any(t => (string?)t.Value == "forged") ? count : 0));
        meters.Start();
        await using var service = await Service.StartAsync(builder => builder.Use(system));

        (await service.HintAsync(system, "1", "d-1", signature: "0000")).ShouldBe(401);
        (await service.HintAsync(system, "1", "d-1", signature: null)).ShouldBe(401);
        (await service.HintAsync(system, "1", "d-1")).ShouldBe(202);
        (await service.HintAsync(system, "1", "d-1")).ShouldBe(202);

        await using var db = await service.DatabaseAsync();
        (await db.WebhookDeliveries.CountAsync()).ShouldBe(1);
        Interlocked.Read(ref refused).ShouldBe(2);
    }

    [Fact]
    public async Task A_system_that_wants_to_be_left_alone_is_left_alone()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 18, 10, 0, 0, TimeSpan.Zero));
        var system = new FakeTicketSystem();
        await using var service = await Service.StartAsync(builder => builder.Use(system).Services.AddSingleton<TimeProvider>(clock));
        var customer = await service.CustomerAsync();
        system.LeaveAloneFor(TimeSpan.FromSeconds(90));
        await customer.ComplainAsync();
        await Eventually.HoldsAsync(async () => (await service.Http.GetStringAsync("/readyz")).Contains("too much to do"), "the system to say that it has too much to do");
        var calls = system.Calls;

        clock.Advance(TimeSpan.FromSeconds(80));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        system.Calls.ShouldBe(calls);
        clock.Advance(TimeSpan.FromSeconds(20));

        await customer.WaitForAsync("FAKE-1");
    }
}

internal static class TicketSteps
{
    /// <summary>Makes this the system that tickets go to.</summary>
    public static WebApplicationBuilder Use(this WebApplicationBuilder builder, ITicketSystem system)
    {
        builder.Services.AddSingleton(system);
        return builder;
    }

    public static async Task ComplainAsync(this Customer customer)
    {
        await customer.AskAsync("I want to make a formal complaint about your service");
        await customer.AskAsync("the driver threw my parcel over the fence");
        await customer.AskAsync("TT-123456");
        await customer.AskAsync("ann@example.com");
    }

    /// <summary>The system says that a ticket has changed.</summary>
    /// <returns>The status that it gets.</returns>
    public static Task<int> HintAsync(this Service service, FakeTicketSystem system, string ticketId, string delivery) =>
        service.HintAsync(system, ticketId, delivery, FakeTicketSystem.Sign(System.Text.Encoding.UTF8.GetBytes(ticketId)));

    public static async Task<int> HintAsync(this Service service, FakeTicketSystem system, string ticketId, string delivery, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{TicketWebhooks.Path}/{system.Name}") { Content = new StringContent(ticketId) };
        request.Headers.Add("X-Fake-Delivery", delivery);
        if (signature is not null)
        {
            request.Headers.Add("X-Fake-Signature", signature);
        }

        using var response = await service.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
