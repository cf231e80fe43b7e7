using SupportBot.Outbox;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>The signed webhook against a company's system: the contract.</summary>
public sealed class SignedWebhookContract(FakeCompany fake) : TicketSystemContract(fake), IClassFixture<FakeCompany>;

/// <summary>What is particular to the signed webhook.</summary>
public sealed class SignedWebhookTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeCompany _company;

    public SignedWebhookTests() => _company = new FakeCompany { Clock = _clock };

    public ValueTask InitializeAsync() => _company.InitializeAsync();

    public ValueTask DisposeAsync() => _company.DisposeAsync();

    [Fact]
    public async Task A_company_that_keeps_the_idempotency_key_makes_nothing_twice()
    {
        var system = _company.Open();
        var first = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns", VendorDrafts.Photo()), default);
        (await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns", VendorDrafts.Photo()), default)).Id.ShouldBe(first.Id);
        var message = VendorDrafts.Message("Hello?");
        var id = await system.AddMessageAsync(first.Id, message, default);
        (await system.AddMessageAsync(first.Id, message, default)).ShouldBe(id);
    }

    [Fact]
    public async Task A_webhook_tells_the_whole_state_and_its_order()
    {
        var system = _company.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default);
        await _company.ReplyAsAgentAsync(ticket.Id, "We are on it.", isPublic: true);
        var early = _company.Tell(ticket.Id);
        await _company.SetPhaseAsync(ticket.Id, TicketPhase.Solved);
        var late = _company.Tell(ticket.Id);

        // Out of order and twice: the order says which one is the newer.
        var told = new[] { late, early, late }.Select(c => system.ReadWebhook(c).ShouldBeOfType<WebhookReading.Told>()).ToList();
        told[0].DeliveryId.ShouldBe(told[2].DeliveryId);
        told[0].Order.ShouldBeGreaterThan(told[1].Order);
        told[0].State.Phase.ShouldBe(TicketPhase.Solved);
        told[1].State.Phase.ShouldBe(TicketPhase.Open);
        var read = await system.ReadAsync(ticket.Id, default);
        told[0].State.Messages.Select(m => (m.Id, m.Text, m.Public, m.FromAgent, m.Reference)).ShouldBe(read.Messages.Select(m => (m.Id, m.Text, m.Public, m.FromAgent, m.Reference)));
    }

    [Fact]
    public async Task A_company_without_a_list_of_changes_sends_webhooks_alone()
    {
        _company.HasChanges = false;
        var system = _company.Open();
        var start = await system.ChangedAsync(null, default);
        start.ShouldSatisfyAllConditions(s => s.Ids.ShouldBeEmpty(), s => s.More.ShouldBeFalse());
        (await system.ChangedAsync(start.Cursor, default)).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_of_ours_is_good_for_five_minutes_only()
    {
        var fast = new ManualClock(_clock.GetUtcNow().AddMinutes(6));
        using var client = new HttpClient { BaseAddress = _company.Url };
        var system = new SignedWebhookSystem(_company.Options, new VendorHttp(client, "company", fast), fast);
        (await Should.ThrowAsync<OutboxRefusal>(() => system.DescribeAsync(default))).Message.ShouldContain("401");
    }
}
