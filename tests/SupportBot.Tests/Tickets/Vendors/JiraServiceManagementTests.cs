using SupportBot.Outbox;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Jira Service Management against its fake: the contract.</summary>
public sealed class JiraServiceManagementContract : TicketSystemContract, IClassFixture<FakeJira>
{
    public JiraServiceManagementContract(FakeJira fake)
        : base(fake) => fake.IndexLag = TimeSpan.Zero;
}

/// <summary>What is particular to Jira Service Management.</summary>
public sealed class JiraServiceManagementTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeJira _jira;

    public JiraServiceManagementTests() => _jira = new FakeJira { Clock = _clock };

    public ValueTask InitializeAsync() => _jira.InitializeAsync();

    public ValueTask DisposeAsync() => _jira.DisposeAsync();

    [Theory]
    [InlineData(FaultyLine.Fault.AnswerLost)]
    [InlineData(FaultyLine.Fault.Lost)]
    public async Task Whichever_call_fails_there_is_one_whole_request_before_the_search_has_heard_of_it(FaultyLine.Fault fault)
    {
        _jira.IndexLag = TimeSpan.FromHours(1);
        var line = new FaultyLine();
        var system = _jira.Open(line: line);
        var failures = 0;
        for (var call = 1; call < 30; call++)
        {
            var draft = VendorDrafts.Ticket($"key-{call}", "Returns", VendorDrafts.Photo()) with { Assignee = "Aoife Agent", Tags = ["damaged"] };
            line.Fail(fault, call);
            try
            {
                await system.CreateAsync(draft, default);
            }
            catch (OutboxRefusal refusal)
            {
                refusal.Final.ShouldBeFalse();
                failures++;
            }

            line.Fail(FaultyLine.Fault.None);
            var ticket = await system.FindByKeyAsync(draft.Key, default) ?? await system.CreateAsync(draft, default);
            (await _jira.CountAsync(draft.Key)).ShouldBe(1);
            var seen = await _jira.SeeAsync(ticket.Id);
            seen.Assignee.ShouldBe("Aoife Agent");
            seen.Tags.ShouldBe(["damaged"]);
            seen.Files.Count.ShouldBe(1);
        }

        failures.ShouldBeInRange(10, 28);
    }

    [Fact]
    public async Task An_intent_of_long_ago_is_still_found_among_many_later_requests()
    {
        var line = new FaultyLine();
        var system = _jira.Open(line: line);
        var calls = await CallsOfACreateAsync(system, line);
        line.Fail(FaultyLine.Fault.AnswerLost, calls.IndexOf("POST /rest/servicedeskapi/request") + 1);
        await Should.ThrowAsync<OutboxRefusal>(() => system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default));
        line.Fail(FaultyLine.Fault.None);
        for (var i = 0; i < 230; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"other-{i}", "Returns"), default);
        }

        (await system.FindByKeyAsync("key-1", default)).ShouldBeNull("it is not known to be whole");
        await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        (await _jira.CountAsync("key-1")).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_index_tells_late_is_not_missed()
    {
        _jira.IndexLag = TimeSpan.FromSeconds(90);
        var system = _jira.Open();
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(15));
            (var more, cursor) = await VendorDrafts.DrainAsync(system, cursor);
            ids.AddRange(more);
        }

        ids.ShouldContain(ticket.Id);
        _clock.Advance(TimeSpan.FromMinutes(5));
        (_, cursor) = await VendorDrafts.DrainAsync(system, cursor);
        (await VendorDrafts.DrainAsync(system, cursor)).Ids.ShouldBeEmpty("what is known is not told for ever");
    }

    [Fact]
    public async Task Changes_come_page_by_page_even_when_all_are_of_one_moment()
    {
        _jira.IndexLag = TimeSpan.Zero;
        var system = _jira.Open();
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        for (var i = 0; i < 250; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"key-{i}", "Returns"), default);
        }

        (await VendorDrafts.DrainAsync(system, cursor)).Ids.Distinct().Count().ShouldBe(250);
    }

    [Fact]
    public async Task A_form_without_the_field_for_the_key_takes_no_ticket_and_the_reason_names_it()
    {
        var options = _jira.Options;
        options.Settings["KeyField"] = "No such field";
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => _jira.Open(options).CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default));
        refusal.Final.ShouldBeTrue();
        refusal.Message.ShouldContain("No such field");
        options.Settings.Remove("ServiceDesk");
        Should.Throw<TicketSystemProblem>(() => _jira.Open(options)).Key.ShouldBe("Settings:ServiceDesk");
    }

    [Fact]
    public async Task A_field_that_is_on_no_screen_costs_a_warning_and_nothing_else()
    {
        _jira.OffScreen = "priority";
        var ticket = await _jira.Open().CreateAsync(VendorDrafts.Ticket("key-1", "Returns") with { Assignee = "Aoife Agent" }, default);
        ticket.Warnings.ShouldHaveSingleItem().ShouldStartWith("priority");
        (await _jira.SeeAsync(ticket.Id)).Assignee.ShouldBe("Aoife Agent");
    }

    [Fact]
    public async Task A_case_that_is_longer_than_a_description_is_attached_whole()
    {
        var body = string.Concat(Enumerable.Repeat("Ann: it is broken [again] {really}\n", 2_000));
        var ticket = await _jira.Open().CreateAsync(VendorDrafts.Ticket("key-1", "Returns") with { Body = body }, default);
        var file = (await _jira.SeeAsync(ticket.Id)).Files.ShouldHaveSingleItem();
        System.Text.Encoding.UTF8.GetString(file.Content).ShouldBe(body);
    }

    [Fact]
    public async Task Markup_of_customers_fetches_nothing_and_links_nowhere()
    {
        var system = _jira.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await system.AddMessageAsync(ticket.Id, VendorDrafts.Message("!https://evil.example/x.png! [click|https://evil.example] {code}"), default);
        _jira.LastCommentOf(ticket.Id).ShouldStartWith(@"\!https://evil.example/x.png\! \[click|https://evil.example] \{code}");
    }

    [Fact]
    public async Task Somebody_who_has_an_account_but_is_no_customer_has_a_ticket_with_a_warning()
    {
        var draft = VendorDrafts.Ticket("key-1", "Returns") with { Requester = new Requester("Aoife", "aoife@tarn.example") };
        (await _jira.Open().CreateAsync(draft, default)).Warnings.ShouldHaveSingleItem().ShouldContain("in our own name");
    }

    [Fact]
    public void A_webhook_that_comes_twice_and_half_an_hour_late_is_one_delivery()
    {
        var system = _jira.Open();
        var call = _jira.Webhook("10001", "jira-webhook-secret", _clock.GetUtcNow());
        system.ReadWebhook(call with { Now = _clock.GetUtcNow().AddMinutes(30) }).ShouldBe(system.ReadWebhook(call));
    }

    private async Task<List<string>> CallsOfACreateAsync(ITicketSystem system, FaultyLine line)
    {
        await system.CreateAsync(VendorDrafts.Ticket("warm-up", "Returns"), default);
        _jira.ForgetAsked();
        line.Fail(FaultyLine.Fault.None);
        await system.CreateAsync(VendorDrafts.Ticket("measured", "Returns"), default);
        return [.. _jira.Asked.Select(a => a.Split('?')[0])];
    }
}
