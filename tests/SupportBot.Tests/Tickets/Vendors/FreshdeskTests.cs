using SupportBot.Outbox;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Freshdesk against its fake: the contract.</summary>
public sealed class FreshdeskContract(FakeFreshdesk fake) : TicketSystemContract(fake), IClassFixture<FakeFreshdesk>;

/// <summary>What is particular to Freshdesk.</summary>
public sealed class FreshdeskTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeFreshdesk _freshdesk;

    public FreshdeskTests() => _freshdesk = new FakeFreshdesk { Clock = _clock };

    public ValueTask InitializeAsync() => _freshdesk.InitializeAsync();

    public ValueTask DisposeAsync() => _freshdesk.DisposeAsync();

    [Fact]
    public async Task A_ticket_is_found_at_every_age_although_the_search_lags()
    {
        var system = _freshdesk.Open();
        _freshdesk.IndexLag = TimeSpan.FromMinutes(10);
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        for (var i = 0; i < 120; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"other-{i}", "Returns"), default);
        }

        foreach (var age in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromDays(40) })
        {
            _clock.Advance(age);
            (await system.FindByKeyAsync("key-1", default))?.Id.ShouldBe(ticket.Id);
        }

        _freshdesk.Asked.ShouldContain(a => a.StartsWith("GET /api/v2/search/tickets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_go_in_a_form_and_everything_else_as_JSON()
    {
        var system = _freshdesk.Open();
        var draft = VendorDrafts.Ticket("key-1", "Returns", VendorDrafts.Photo()) with
        {
            Tags = ["damaged", "supportbot"],
            CustomFields = new Dictionary<string, string> { ["Order number"] = "TT-123456" },
            Subject = "Größe \"M\"",
        };
        var seen = await _freshdesk.SeeAsync((await system.CreateAsync(draft, default)).Id);
        seen.Subject.ShouldBe("Größe \"M\"");
        seen.Tags.ShouldBe(["damaged", "supportbot"]);
        seen.Fields["Order number"].ShouldBe("TT-123456");
        seen.Files.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_field_for_the_key_that_is_not_there_is_a_final_refusal_that_names_it()
    {
        var options = _freshdesk.Options;
        options.Settings["KeyField"] = "cf_no_such_field";
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _freshdesk.Open(options).CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default));
        refusal.Final.ShouldBeTrue();
        refusal.Detail.ShouldNotBeNull().ShouldContain("cf_no_such_field");
        options.Settings["KeyField"] = "subject";
        Should.Throw<TicketSystemProblem>(() => _freshdesk.Open(options)).Key.ShouldBe("Settings:KeyField");
    }

    [Fact]
    public async Task Nobody_is_mailed_by_what_we_write()
    {
        var system = _freshdesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default);
        _freshdesk.Asked.ShouldNotContain(a => a.EndsWith("/reply", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_limit_of_calls_is_kept_for_as_long_as_Freshdesk_says()
    {
        var system = _freshdesk.Open();
        _freshdesk.MostAMinute = 1;
        await Should.ThrowAsync<OutboxRefusal>(() => system.DescribeAsync(default));
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => system.DescribeAsync(default));
        refusal.RetryAfter.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Changes_come_page_by_page_and_deletions_too()
    {
        var system = _freshdesk.Open();
        var gone = await system.CreateAsync(VendorDrafts.Ticket("gone", "Returns"), default);
        _clock.Advance(TimeSpan.FromHours(1));
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        for (var i = 0; i < 330; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"key-{i}", "Returns"), default);
            _clock.Advance(TimeSpan.FromMilliseconds(i < 250 ? 1 : 700));
        }

        await _freshdesk.DeleteAsync(gone.Id);
        var (ids, next) = await VendorDrafts.DrainAsync(system, cursor);
        ids.Distinct().Count().ShouldBe(331);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (_, next) = await VendorDrafts.DrainAsync(system, next);
        (await VendorDrafts.DrainAsync(system, next)).Ids.ShouldBeEmpty("what is known is not told for ever");
    }

    [Fact]
    public async Task Quoted_history_does_not_come_back_with_the_customers_words()
    {
        var system = _freshdesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await _freshdesk.WriteAsCustomerAsync(ticket.Id, "Any news?");
        (await system.ReadAsync(ticket.Id, default)).Messages.ShouldHaveSingleItem().Text.ShouldBe("Any news?");
    }
}
