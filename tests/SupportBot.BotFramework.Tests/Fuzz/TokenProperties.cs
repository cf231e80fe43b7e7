using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Fuzz;

public class TokenProperties
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Gen<string> Ids = Gen.Elements(Alphabet.ToCharArray()).NonEmptyListOf().Resize(60).Select(string.Concat);

    private static readonly Gen<string> Origins = Gen.Elements(
        "https://shop.example", "http://localhost:5080", "http://localhost:*", "https://xn--fmhar-3qa.example:8443", "app://widget");

    private static readonly Gen<DirectLineGrant> Grants =
        from conversation in Ids
        from user in Ids
        from name in ArbMap.Default.GeneratorFor<string?>()
        from origins in Origins.ListOf().Resize(20)
        select new DirectLineGrant(
            DirectLineServer.Demo, conversation[..Math.Min(64, conversation.Length)], "dl_" + user, WithoutHalves(name), [.. origins], default);

    private static readonly Gen<(DirectLineGrant Grant, int Place, char Replacement)> Damages =
        from grant in Grants
        from place in Gen.Choose(0, int.MaxValue)
        from replacement in Gen.Elements((Alphabet + ".=+/ \0é").ToCharArray())
        select (grant, place, replacement);

    private readonly IDirectLineKeys _keys = new InMemoryDirectLineKeys(DirectLineKey.Create(), DirectLineKey.Create());
    private readonly IDirectLineSites _sites = new InMemoryDirectLineSites().Add(DirectLineServer.Demo);
    private readonly IOptions<DirectLineOptions> _options = Options.Create(new DirectLineOptions());
    private readonly DirectLineTokens _tokens;
    private readonly StreamTickets _tickets;

    public TokenProperties()
    {
        _tokens = new DirectLineTokens(_keys, _sites, _options, TimeProvider.System);
        _tickets = new StreamTickets(_keys, _sites, _options, TimeProvider.System);
    }

    [Fact]
    public void What_a_token_says_is_what_was_granted() => Seeded.Check(Prop.ForAll(Grants.ToArbitrary(), async grant =>
    {
        var token = await _tokens.RenewAsync(grant);
        var check = await _tokens.CheckAsync(token.Text);
        return check.Outcome == TokenOutcome.Valid
            && check.Grant is { } read
            && DirectLineTokens.LooksLikeToken(token.Text)
            && read with { TrustedOrigins = [], ExpiresAt = default } == grant with { TrustedOrigins = [] }
            && read.TrustedOrigins.SequenceEqual(grant.TrustedOrigins);
    }));

    [Fact]
    public void A_token_with_one_character_changed_is_none() => Seeded.Check(
        Prop.ForAll(Damages.ToArbitrary(), async damage =>
        {
            var damaged = Damage((await _tokens.RenewAsync(damage.Grant)).Text, damage.Place, damage.Replacement);
            return damaged is null || (await _tokens.CheckAsync(damaged)).Outcome == TokenOutcome.Invalid;
        }),
        examples: 3_000);

    [Fact]
    public async Task A_token_whose_last_character_means_the_same_is_none_either()
    {
        var text = (await _tokens.IssueAsync(DirectLineServer.Demo)).Text;
        var accepted = Alphabet.Select(last => text[..^1] + last).Where(other => other != text).ToList();

        foreach (var other in accepted)
        {
            (await _tokens.CheckAsync(other)).Outcome.ShouldBe(TokenOutcome.Invalid);
        }
    }

    [Fact]
    public void What_a_ticket_opens_is_what_was_granted() => Seeded.Check(Prop.ForAll(Grants.ToArbitrary(), async grant =>
    {
        var (outcome, ticket) = await _tickets.CheckAsync(await _tickets.IssueAsync(grant, default), grant.ConversationId, default);
        return outcome == TokenOutcome.Valid
            && ticket!.Site == grant.Site
            && ticket.TrustedOrigins.SequenceEqual(grant.TrustedOrigins)
            && _tickets.TryUse(ticket)
            && !_tickets.TryUse(ticket);
    }));

    [Fact]
    public void A_ticket_with_one_character_changed_is_none() => Seeded.Check(
        Prop.ForAll(Damages.ToArbitrary(), async damage =>
        {
            var damaged = Damage(await _tickets.IssueAsync(damage.Grant, default), damage.Place, damage.Replacement);
            return damaged is null || (await _tickets.CheckAsync(damaged, damage.Grant.ConversationId, default)).Outcome == TokenOutcome.Invalid;
        }),
        examples: 3_000);

    [Fact]
    public void A_ticket_opens_no_other_conversation_and_is_no_token() => Seeded.Check(
        Prop.ForAll(Grants.ToArbitrary(), Ids.ToArbitrary(), async (grant, other) =>
        {
            var ticket = await _tickets.IssueAsync(grant, default);
            return (await _tokens.CheckAsync(ticket)).Outcome == TokenOutcome.Invalid
                && (other == grant.ConversationId || (await _tickets.CheckAsync(ticket, other, default)).Outcome == TokenOutcome.Invalid);
        }));

    [Fact]
    public void Any_text_can_be_checked() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), async text =>
            (await _tokens.CheckAsync(text)).Outcome == TokenOutcome.Invalid
            && (await _tickets.CheckAsync(text ?? "", "c", default)).Outcome == TokenOutcome.Invalid),
        examples: 3_000);

    /// <returns><c>null</c> when the character is the same.</returns>
    private static string? Damage(string text, int place, char replacement)
    {
        var at = place % text.Length;
        return text[at] == replacement ? null : text[..at] + replacement + text[(at + 1)..];
    }

    private static string? WithoutHalves(string? text) =>
        text is null ? null : string.Concat(text.EnumerateRunes());
}
