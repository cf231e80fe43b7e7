using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Tickets;

namespace SupportBot.Tests.Tickets;

public sealed class TicketStory
{
    [Fact]
    public async Task A_complaint_becomes_one_ticket_whose_number_the_customer_and_the_agent_get()
    {
        await using var service = await Service.StartAsync();
        var customer = await service.CustomerAsync();

        await ComplainAsync(customer);

        var told = await customer.WaitForAsync("T-00001");
        ((string)told["text"]!).ShouldContain("Your ticket is");
        await using var db = await service.DatabaseAsync();
        var ticket = await db.Tickets.SingleAsync();
        ticket.Number.ShouldBe("T-00001");
        ticket.Fields.ShouldContain("TT-123456");
        (await db.EmbeddedTickets.SingleAsync()).Body.ShouldContain("the driver threw my parcel over the fence");
        (await db.Outbox.SingleAsync()).DoneAt.ShouldNotBeNull();

        await using var agent = await service.AgentAsync("manager@demo.test");
        var watched = await agent.CallAsync("Watch", customer.ConversationId, 0);
        ((string)watched!["conversation"]!["tickets"]![0]!["number"]!).ShouldBe("T-00001");
    }

    [Fact]
    public async Task A_ticket_system_that_fails_after_creating_still_makes_one_ticket()
    {
        var system = new ForgetfulFakeTicketSystem(lostAnswers: 2);
        await using var service = await Service.StartAsync(builder => builder.Services.AddSingleton<ITicketSystem>(system));
        var customer = await service.CustomerAsync();

        await ComplainAsync(customer);

        await customer.WaitForAsync("FAKE-1");
        system.Created.ShouldHaveSingleItem();
        (await customer.ReadAsync()).Count(a => ((string?)a["text"])?.Contains("FAKE-1") == true).ShouldBe(1);
    }

    [Fact]
    public async Task A_ticket_system_that_is_down_does_not_keep_the_customer_waiting()
    {
        var system = new ForgetfulFakeTicketSystem(lostAnswers: 0) { Down = true };
        await using var service = await Service.StartAsync(builder => builder.Services.AddSingleton<ITicketSystem>(system));
        var customer = await service.CustomerAsync();

        await ComplainAsync(customer);
        await customer.AskAsync("How long do I have to return something?");
        system.Created.ShouldBeEmpty();
        system.Down = false;

        await customer.WaitForAsync("FAKE-1");
    }

    private static async Task ComplainAsync(Customer customer)
    {
        await customer.AskAsync("I want to make a formal complaint about your service");
        await customer.AskAsync("the driver threw my parcel over the fence");
        await customer.AskAsync("TT-123456");
        await customer.AskAsync("ann@example.com");
    }

    /// <summary>A ticket system in memory that can be down, and that can lose its answers after doing what was asked.</summary>
    private sealed class ForgetfulFakeTicketSystem(int lostAnswers) : ITicketSystem
    {
        private readonly Lock _lock = new();

        private readonly Dictionary<string, TicketReference> _tickets = [];

        private int _lostAnswers = lostAnswers;

        public volatile bool Down;

        public IReadOnlyCollection<string> Created
        {
            get
            {
                lock (_lock)
                {
                    return [.. _tickets.Keys];
                }
            }
        }

        public Task<TicketReference?> FindByKeyAsync(string key, CancellationToken ct)
        {
            lock (_lock)
            {
                return Down ? throw new HttpRequestException("down") : Task.FromResult(_tickets.GetValueOrDefault(key));
            }
        }

        public Task<TicketReference> CreateAsync(TicketDraft draft, CancellationToken ct)
        {
            lock (_lock)
            {
                _tickets.ContainsKey(draft.Key).ShouldBeFalse("the key must be looked up before a second try");
                var reference = _tickets[draft.Key] = new TicketReference($"FAKE-{_tickets.Count + 1}", "open", null);
                return _lostAnswers-- > 0 ? throw new HttpRequestException("the answer was lost") : Task.FromResult(reference);
            }
        }
    }
}
