using SupportBot.Outbox;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Zammad against its fake: the contract.</summary>
public sealed class ZammadContract(FakeZammad fake) : TicketSystemContract(fake), IClassFixture<FakeZammad>;

/// <summary>What is particular to Zammad.</summary>
public sealed class ZammadTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeZammad _zammad;

    public ZammadTests() => _zammad = new FakeZammad { Clock = _clock };

    public ValueTask InitializeAsync() => _zammad.InitializeAsync();

    public ValueTask DisposeAsync() => _zammad.DisposeAsync();

    [Fact]
    public async Task A_ticket_that_was_created_in_spite_of_an_error_is_found_before_the_search_index_has_it()
    {
        var system = _zammad.Open();
        _zammad.FailAfterCreating = true;
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default));
        refusal.Final.ShouldBeFalse();
        (await system.FindByKeyAsync("key-1", default)).ShouldNotBeNull();
        _zammad.Asked.ShouldNotContain(a => a.Contains("query=key-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_tickets_with_one_key_the_first_is_the_one()
    {
        var system = _zammad.Open();
        var first = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        (await _zammad.CountAsync("key-1")).ShouldBe(2, "Zammad has nothing against it");
        (await system.FindByKeyAsync("key-1", default))?.Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Without_the_attribute_for_the_key_nothing_is_created_and_the_reason_names_it()
    {
        var options = _zammad.Options;
        options.Settings["KeyField"] = "no_such_attribute";
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _zammad.Open(options).FindByKeyAsync("key-1", default));
        refusal.Final.ShouldBeTrue();
        refusal.Message.ShouldContain("no_such_attribute");
        options.Settings["KeyField"] = "x] OR 1=1";
        Should.Throw<TicketSystemProblem>(() => _zammad.Open(options)).Key.ShouldBe("Settings:KeyField");
    }

    [Fact]
    public async Task A_custom_field_cannot_stand_in_for_what_the_ticket_has_anyway()
    {
        var draft = VendorDrafts.Ticket("key-1", "Returns") with
        {
            CustomFields = new Dictionary<string, string> { ["group"] = "Orders", ["supportbot_key"] = "another", ["order_number"] = "TT-123456" },
        };
        var ticket = await _zammad.Open().CreateAsync(draft, default);
        ticket.Warnings.Count.ShouldBe(2);
        (await _zammad.CountAsync("key-1")).ShouldBe(1);
        (await _zammad.SeeAsync(ticket.Id)).Queue.ShouldBe("Returns");
    }

    [Fact]
    public async Task What_moved_with_a_merge_is_still_ours()
    {
        var system = _zammad.Open();
        var (from, into) = (await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default), await system.CreateAsync(VendorDrafts.Ticket("key-2", "Returns"), default));
        var message = VendorDrafts.Message("Hello?");
        await system.AddMessageAsync(from.Id, message, default);
        await _zammad.MergeAsync(from.Id, into.Id);
        var messages = (await system.ReadAsync(into.Id, default)).Messages;
        messages.ShouldContain(m => m.Reference == message.Reference);
        messages.ShouldNotContain(m => m.FromAgent);
    }

    [Fact]
    public async Task Changes_come_page_by_page_even_when_all_are_of_one_moment()
    {
        var system = _zammad.Open();
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        for (var i = 0; i < 450; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"key-{i}", "Returns"), default);
        }

        var (ids, next) = await VendorDrafts.DrainAsync(system, cursor);
        ids.Distinct().Count().ShouldBe(450);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (_, next) = await VendorDrafts.DrainAsync(system, next);
        (await VendorDrafts.DrainAsync(system, next)).Ids.ShouldBeEmpty("what is known is not told for ever");
    }

    [Fact]
    public async Task A_webhook_that_is_repeated_four_times_is_one_delivery()
    {
        var system = _zammad.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        var call = _zammad.Webhook(ticket.Id, "zammad-webhook-secret", _clock.GetUtcNow());
        Enumerable.Range(0, 5).Select(i => system.ReadWebhook(call with { Now = _clock.GetUtcNow().AddMinutes(i) }))
            .Distinct().ShouldHaveSingleItem().ShouldBe(new WebhookReading.Hint($"delivery-{ticket.Id}", ticket.Id));
    }
}
