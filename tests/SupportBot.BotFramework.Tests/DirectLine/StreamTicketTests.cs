using Microsoft.Extensions.Options;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class StreamTicketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_ticket_carries_what_the_stream_needs()
    {
        var tickets = New(new InMemoryDirectLineKeys());
        var text = await tickets.IssueAsync(Grant("demo", "https://a.example", "https://b.example"), Ct);

        var (outcome, ticket) = await tickets.CheckAsync(text, "c1", Ct);

        outcome.ShouldBe(TokenOutcome.Valid);
        ticket!.Site.ShouldBe(DirectLineServer.Demo);
        ticket.TrustedOrigins.ShouldBe(["https://a.example", "https://b.example"]);
        ticket.Trusts("https://b.example").ShouldBeTrue();
        ticket.Trusts("https://c.example").ShouldBeFalse();
    }

    [Fact]
    public async Task A_ticket_is_short()
    {
        var text = await New(new InMemoryDirectLineKeys()).IssueAsync(Grant("demo"), Ct);

        text.ShouldMatch("^[A-Za-z0-9_-]{44}$");
    }

    [Fact]
    public async Task A_ticket_is_for_one_conversation_of_a_site_that_is_there()
    {
        var tickets = New(new InMemoryDirectLineKeys());
        var text = await tickets.IssueAsync(Grant("demo"), Ct);
        var gone = await tickets.IssueAsync(Grant("gone"), Ct);

        (await tickets.CheckAsync(text, "c2", Ct)).Outcome.ShouldBe(TokenOutcome.Invalid);
        (await tickets.CheckAsync(gone, "c1", Ct)).Outcome.ShouldBe(TokenOutcome.Invalid);
        (await New(new InMemoryDirectLineKeys()).CheckAsync(text, "c1", Ct)).Outcome.ShouldBe(TokenOutcome.Invalid);
    }

    [Fact]
    public async Task A_ticket_of_a_retired_key_is_good()
    {
        var (retired, current) = (DirectLineKey.Create(), DirectLineKey.Create());
        var text = await New(new InMemoryDirectLineKeys(retired)).IssueAsync(Grant("demo"), Ct);

        (await New(new InMemoryDirectLineKeys(current, retired)).CheckAsync(text, "c1", Ct)).Outcome.ShouldBe(TokenOutcome.Valid);
        (await New(new InMemoryDirectLineKeys(current)).CheckAsync(text, "c1", Ct)).Outcome.ShouldBe(TokenOutcome.Invalid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("____________________________________________")]
    [InlineData("not base64 at all")]
    [InlineData("日本")]
    public async Task What_is_no_ticket_is_refused(string text) =>
        (await New(new InMemoryDirectLineKeys()).CheckAsync(text, "c1", Ct)).ShouldBe((TokenOutcome.Invalid, null));

    [Fact]
    public async Task A_used_ticket_is_known_for_longer_than_it_lives()
    {
        var tickets = New(new InMemoryDirectLineKeys());
        for (var start = 0; start < 130; start += 7)
        {
            var text = await tickets.IssueAsync(Grant("demo"), Ct);
            var (_, ticket) = await tickets.CheckAsync(text, "c1", Ct);
            tickets.TryUse(ticket!).ShouldBeTrue();
            for (var age = 0; age < 60; age += 20)
            {
                tickets.TryUse(ticket!).ShouldBeFalse();
                _time.Advance(TimeSpan.FromSeconds(20));
            }

            (await tickets.CheckAsync(text, "c1", Ct)).Outcome.ShouldBe(TokenOutcome.Expired);
            _time.Advance(TimeSpan.FromSeconds(7));
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DirectLineGrant Grant(string site, params string[] origins) =>
        new(new DirectLineSite(site, []), "c1", "dl_ann", null, origins, DateTimeOffset.MaxValue);

    private StreamTickets New(IDirectLineKeys keys) => new(
        keys, new InMemoryDirectLineSites().Add(DirectLineServer.Demo), Options.Create(new DirectLineOptions()), _time);
}
