using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using SupportBot.Outbox;
using SupportBot.Tests.Running;
using SupportBot.Tests.Tickets.Contract;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Zendesk against its fake: the contract.</summary>
public sealed class ZendeskContract(FakeZendesk fake) : TicketSystemContract(fake), IClassFixture<FakeZendesk>;

/// <summary>What is particular to Zendesk.</summary>
public sealed class ZendeskTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeZendesk _zendesk;

    public ZendeskTests() => _zendesk = new FakeZendesk { Clock = _clock };

    public ValueTask InitializeAsync() => _zendesk.InitializeAsync();

    public ValueTask DisposeAsync() => _zendesk.DisposeAsync();

    [Fact]
    public async Task The_same_ticket_asked_for_twice_is_one_within_two_hours()
    {
        var system = _zendesk.Open();
        var first = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        _clock.Advance(TimeSpan.FromMinutes(119));
        (await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default)).Id.ShouldBe(first.Id);
        (await _zendesk.CountAsync("key-1")).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_try_with_other_upload_tokens_is_answered_with_the_first_ticket()
    {
        var system = _zendesk.Open();
        var draft = VendorDrafts.Ticket("key-1", "Returns", VendorDrafts.Photo());
        var first = await system.CreateAsync(draft, default);
        (await system.CreateAsync(draft, default)).Id.ShouldBe(first.Id);
        (await _zendesk.CountAsync("key-1")).ShouldBe(1);
    }

    [Fact]
    public async Task When_Zendesk_has_forgotten_the_key_the_list_of_tickets_still_knows_it_and_the_search_is_not_asked()
    {
        var system = _zendesk.Open();
        var first = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        (await system.FindByKeyAsync("key-1", default))?.Id.ShouldBe(first.Id, "before the search index has it");
        _clock.Advance(TimeSpan.FromHours(3));
        (await system.FindByKeyAsync("key-1", default))?.Id.ShouldBe(first.Id);
        _zendesk.Asked.ShouldNotContain(a => a.Contains("/search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticket_without_a_comment_is_none()
    {
        using var client = new HttpClient { BaseAddress = _zendesk.Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{FakeZendesk.User}/token:{FakeZendesk.Secret}")));
        using var refused = await client.PostAsJsonAsync("api/v2/tickets", new { ticket = new { subject = "x" } });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_reply_into_a_ticket_that_changed_meanwhile_is_tried_again_and_not_lost()
    {
        var system = _zendesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        _zendesk.BeforeUpdate = async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await _zendesk.ReplyAsAgentAsync(ticket.Id, "We are on it.", isPublic: true);
        };
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default));
        refusal.Final.ShouldBeFalse();
        (await system.ReadAsync(ticket.Id, default)).Messages.ShouldHaveSingleItem().FromAgent.ShouldBeTrue();

        await system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default);
        (await system.ReadAsync(ticket.Id, default)).Messages.Select(m => m.Text).ShouldBe(["We are on it.", "Hello?"]);
    }

    [Fact]
    public async Task The_limit_of_calls_is_kept_for_as_long_as_Zendesk_says()
    {
        var system = _zendesk.Open();
        _zendesk.MostAMinute = 2;
        await system.FindByKeyAsync("key-1", default);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await system.FindByKeyAsync("key-1", default);
        var refusal = await Should.ThrowAsync<OutboxRefusal>(() => system.FindByKeyAsync("key-1", default));
        refusal.Final.ShouldBeFalse();
        refusal.RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));
        _clock.Advance(refusal.RetryAfter!.Value);
        await system.FindByKeyAsync("key-1", default);
    }

    [Fact]
    public async Task A_closed_ticket_takes_nothing_more_for_good()
    {
        var system = _zendesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await _zendesk.SetPhaseAsync(ticket.Id, TicketPhase.Closed);
        (await Should.ThrowAsync<OutboxRefusal>(() => system.AddMessageAsync(ticket.Id, VendorDrafts.Message("Hello?"), default))).Final.ShouldBeTrue();
    }

    [Fact]
    public async Task Solving_what_nobody_has_gives_it_to_us()
    {
        var system = _zendesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await system.UpdateAsync(ticket.Id, new TicketUpdate(Phase: TicketPhase.Solved), default);
        (await system.ReadAsync(ticket.Id, default)).Assignee.ShouldBe("SupportBot");
    }

    [Fact]
    public async Task More_changes_than_a_page_holds_come_page_by_page_and_deletions_too()
    {
        var system = _zendesk.Open();
        var gone = await system.CreateAsync(VendorDrafts.Ticket("gone", "Returns"), default);
        _clock.Advance(TimeSpan.FromHours(1));
        var cursor = (await system.ChangedAsync(null, default)).Cursor;
        for (var i = 0; i < 230; i++)
        {
            await system.CreateAsync(VendorDrafts.Ticket($"key-{i}", "Returns"), default);
        }

        await _zendesk.DeleteAsync(gone.Id);
        var (ids, next) = await VendorDrafts.DrainAsync(system, cursor);
        ids.Distinct().Count().ShouldBe(231);
        _clock.Advance(TimeSpan.FromMinutes(2));
        (_, next) = await VendorDrafts.DrainAsync(system, next);
        (await VendorDrafts.DrainAsync(system, next)).Ids.ShouldBeEmpty("what is known is not told for ever");
    }

    [Fact]
    public async Task Webhooks_that_come_twice_late_and_in_another_order_lead_to_the_same_state()
    {
        var system = _zendesk.Open();
        var ticket = await system.CreateAsync(VendorDrafts.Ticket("key-1", "Returns"), default);
        await _zendesk.ReplyAsAgentAsync(ticket.Id, "First.", isPublic: true);
        var first = FakeZendesk.Webhook($$"""{"type":"zen:event-type:ticket.comment_added","detail":{"id":"{{ticket.Id}}" } }""", "a", "zendesk-webhook-secret", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(3));
        await _zendesk.SetPhaseAsync(ticket.Id, TicketPhase.Solved);
        var second = FakeZendesk.Webhook($$"""{"ticket_id":{{ticket.Id}}}""", "b", "zendesk-webhook-secret", _clock.GetUtcNow());
        var expected = await system.ReadAsync(ticket.Id, default);
        foreach (var call in new[] { second, first, first, second })
        {
            var hint = system.ReadWebhook(call with { Now = _clock.GetUtcNow() }).ShouldBeOfType<WebhookReading.Hint>();
            hint.DeliveryId.ShouldBe(ReferenceEquals(call, first) ? "a" : "b");
            var state = await system.ReadAsync(hint.TicketId, default);
            state.Phase.ShouldBe(TicketPhase.Solved);
            state.Messages.Select(m => m.Id).ShouldBe(expected.Messages.Select(m => m.Id));
        }
    }
}
