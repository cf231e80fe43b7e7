using System.Net;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Keys that come, go and cannot be had.</summary>
public class SigningKeysTests
{
    [Fact]
    public async Task Keys_are_read_once_for_many_activities()
    {
        await using var server = await ConnectorServer.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.BringAsync(server.Message())));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Accepted);
        server.Issuer.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_key_is_found_when_a_token_names_it()
    {
        await using var server = await ConnectorServer.StartAsync();
        await server.BringAsync(server.Message());
        var next = new IssuerKey("next", "msteams");
        server.Issuer.Announced.Add(next);

        var answer = await server.BringAsync(server.Message(), server.Issuer.ChannelToken(server.Channel.ServiceUrl, next));

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        server.Issuer.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Unknown_keys_do_not_make_us_hammer_the_issuer()
    {
        await using var server = await ConnectorServer.StartAsync();
        await server.BringAsync(server.Message());

        for (var i = 0; i < 20; i++)
        {
            var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, new IssuerKey($"forged-{i}", "msteams"));
            (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("UnknownKey");
        }

        server.Issuer.Reads.ShouldBe(2);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.BringAsync(
            server.Message(), server.Issuer.ChannelToken(server.Channel.ServiceUrl, new IssuerKey("forged", "msteams")));
        server.Issuer.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_names_no_key_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(
            server.Channel.ServiceUrl,
            change: descriptor => descriptor.SigningCredentials.Key.KeyId = "");

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("UnknownKey");
        server.Issuer.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task A_withdrawn_key_is_no_longer_good_after_a_day()
    {
        await using var server = await ConnectorServer.StartAsync();
        var withdrawn = server.Issuer.Announced[0];
        await server.BringAsync(server.Message());
        server.Issuer.Announced.Clear();

        (await server.BringAsync(server.Message(), server.Issuer.ChannelToken(server.Channel.ServiceUrl, withdrawn)))
            .StatusCode.ShouldBe(HttpStatusCode.Accepted);
        server.Time.Advance(TimeSpan.FromHours(24));

        var answer = await server.BringAsync(
            server.Message(), server.Issuer.ChannelToken(server.Channel.ServiceUrl, withdrawn));
        (await answer.ErrorAsync(401)).ShouldBe("UnknownKey");
    }

    [Fact]
    public async Task Known_keys_outlive_an_issuer_that_is_down()
    {
        await using var server = await ConnectorServer.StartAsync();
        await server.BringAsync(server.Message());
        server.Issuer.IsDown = true;
        server.Time.Advance(TimeSpan.FromHours(30));

        for (var i = 0; i < 5; i++)
        {
            (await server.BringAsync(server.Message())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        server.Issuer.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_that_were_never_read_are_our_trouble_and_not_the_callers()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Issuer.IsDown = true;

        for (var i = 0; i < 5; i++)
        {
            var answer = await server.BringAsync(server.Message());
            (await answer.ErrorAsync(503)).ShouldBe("KeysUnavailable");
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(10));
        }

        server.Issuer.Reads.ShouldBe(1);
        server.Issuer.IsDown = false;
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.BringAsync(server.Message())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }
}
