using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Each rule for tokens of channels, broken alone.</summary>
public class ForgedChannelTokenTests
{
    [Fact]
    public async Task A_channel_is_let_in()
    {
        await using var server = await ConnectorServer.StartAsync();

        (await server.BringAsync(server.Message())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha384)]
    [InlineData(SecurityAlgorithms.RsaSha512)]
    public async Task Longer_hashes_are_good_too(string algorithm)
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, algorithm: algorithm);

        (await server.BringAsync(server.Message(), token)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_let_in()
    {
        await using var server = await ConnectorServer.StartAsync();
        var answer = await server.BringAsync(server.Message(), null);

        (await answer.ErrorAsync(401)).ShouldBe("MissingAuthorization");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln")]
    [InlineData("eyJhbGciOjV9.e30.c2ln")]
    public async Task Garbage_is_refused(string token)
    {
        await using var server = await ConnectorServer.StartAsync();

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBeOneOf("MalformedToken", "InvalidAlgorithm");
    }

    [Theory]
    [InlineData("""{"iss":5}""", "MalformedToken")]
    [InlineData("""{"iss":["https://api.botframework.com"]}""", "MalformedToken")]
    [InlineData("""{"iss":null}""", "InvalidIssuer")]
    [InlineData("{}", "InvalidIssuer")]
    public async Task An_issuer_that_is_no_text_is_not_trusted(string claims, string code)
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = $"{Encode("""{"alg":"RS256","kid":"first"}""")}.{Encode(claims)}.c2ln";

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe(code);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    public async Task A_token_that_is_not_signed_is_refused(string algorithm)
    {
        await using var server = await ConnectorServer.StartAsync();
        var claims = server.Issuer.ChannelToken(server.Channel.ServiceUrl).Split('.')[1];
        var header = Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = "first", ["typ"] = "JWT" }.ToJsonString());

        (await (await server.BringAsync(server.Message(), $"{header}.{claims}.")).ErrorAsync(401)).ShouldBe("InvalidAlgorithm");
    }

    [Fact]
    public async Task A_public_key_is_no_shared_secret()
    {
        await using var server = await ConnectorServer.StartAsync();
        var secret = new SymmetricSecurityKey(server.Issuer.Announced[0].PublicText) { KeyId = "first" };
        var token = server.Issuer.ChannelToken(
            server.Channel.ServiceUrl,
            change: descriptor => descriptor.SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256));

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("InvalidAlgorithm");
    }

    [Theory]
    [InlineData("https://api.botframework.us")]
    [InlineData("https://api.botframework.com/")]
    [InlineData("HTTPS://API.BOTFRAMEWORK.COM")]
    [InlineData("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/")]
    public async Task Another_issuer_is_refused(string issuer)
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, change: descriptor => descriptor.Issuer = issuer);

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("InvalidIssuer");
    }

    [Theory]
    [InlineData("another-bot")]
    [InlineData("https://api.botframework.com")]
    public async Task A_token_for_another_bot_is_refused(string audience)
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, change: descriptor => descriptor.Audience = audience);

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("InvalidAudience");
    }

    [Fact]
    public async Task Another_key_under_a_known_id_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, new IssuerKey("first", "msteams"));

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("InvalidSignature");
    }

    [Fact]
    public async Task Claims_that_were_changed_are_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var parts = server.Issuer.ChannelToken(server.Channel.ServiceUrl).Split('.');
        var others = server.Issuer.ChannelToken("https://evil.example/").Split('.');

        var answer = await server.BringAsync(server.Message(), $"{parts[0]}.{others[1]}.{parts[2]}");

        (await answer.ErrorAsync(401)).ShouldBe("InvalidSignature");
    }

    [Theory]
    [InlineData(-4, true)]
    [InlineData(-6, false)]
    public async Task An_expired_token_is_good_within_the_skew(int minutes, bool isGood)
    {
        await using var server = await ConnectorServer.StartAsync();
        var now = server.Time.GetUtcNow().UtcDateTime;
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, change: descriptor =>
        {
            descriptor.NotBefore = now.AddHours(-1);
            descriptor.Expires = now.AddMinutes(minutes);
        });

        await ShouldBeAsync(await server.BringAsync(server.Message(), token), isGood);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public async Task A_token_of_the_future_is_good_within_the_skew(int minutes, bool isGood)
    {
        await using var server = await ConnectorServer.StartAsync();
        var now = server.Time.GetUtcNow().UtcDateTime;
        var token = server.Issuer.ChannelToken(
            server.Channel.ServiceUrl, change: descriptor => descriptor.NotBefore = now.AddMinutes(minutes));

        await ShouldBeAsync(await server.BringAsync(server.Message(), token), isGood);
    }

    [Fact]
    public async Task A_token_that_never_expires_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, change: descriptor => descriptor.Expires = null);

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("InvalidLifetime");
    }

    [Fact]
    public async Task A_key_speaks_only_for_the_channels_it_is_endorsed_for()
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = server.Message();
        activity["channelId"] = "webchat";

        (await (await server.BringAsync(activity)).ErrorAsync(401)).ShouldBe("NotEndorsed");
    }

    [Fact]
    public async Task A_key_without_endorsements_speaks_for_no_channel()
    {
        await using var server = await ConnectorServer.StartAsync();
        var bare = new IssuerKey("bare");
        server.Issuer.Announced.Add(bare);
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl, bare);

        (await (await server.BringAsync(server.Message(), token)).ErrorAsync(401)).ShouldBe("NotEndorsed");
    }

    [Fact]
    public async Task An_activity_without_a_channel_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = server.Message();
        activity.Remove("channelId");

        (await (await server.BringAsync(activity)).ErrorAsync(401)).ShouldBe("MissingChannel");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://smba.trafficmanager.net/evil/")]
    public async Task The_token_names_the_address_for_replies(string? claim)
    {
        await using var server = await ConnectorServer.StartAsync();

        var answer = await server.BringAsync(server.Message(), server.Issuer.ChannelToken(claim));

        (await answer.ErrorAsync(401)).ShouldBe("InvalidServiceUrl");
    }

    [Fact]
    public async Task An_activity_without_an_address_for_replies_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = server.Message();
        activity.Remove("serviceUrl");

        var answer = await server.BringAsync(activity, server.Issuer.ChannelToken(server.Channel.ServiceUrl));

        (await answer.ErrorAsync(401)).ShouldBe("InvalidServiceUrl");
    }

    [Fact]
    public async Task Case_and_a_slash_at_the_end_do_not_matter_in_addresses()
    {
        await using var server = await ConnectorServer.StartAsync();
        var token = server.Issuer.ChannelToken(server.Channel.ServiceUrl.TrimEnd('/').ToUpperInvariant());

        (await server.BringAsync(server.Message(), token)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);

    private static async Task ShouldBeAsync(HttpResponseMessage answer, bool isGood)
    {
        if (isGood)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }
        else
        {
            (await answer.ErrorAsync(401)).ShouldBe("InvalidLifetime");
        }
    }
}
