using System.Net;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Tokens that the bot's own app id was given, which is how the emulator signs in.</summary>
public class EmulatorTokenTests
{
    private const string FirstVersion = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/";
    private const string SecondVersion = "https://login.microsoftonline.com/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0";

    [Fact]
    public async Task They_are_refused_unless_configuration_lets_them_in()
    {
        await using var server = await ConnectorServer.StartAsync();

        (await (await BringAsync(server, SecondVersion, "2.0", "azp")).ErrorAsync(401)).ShouldBe("InvalidIssuer");
    }

    [Theory]
    [InlineData(FirstVersion, "1.0", "appid")]
    [InlineData(SecondVersion, "2.0", "azp")]
    [InlineData($"https://sts.windows.net/{ConnectorServer.Tenant}/", "1.0", "appid")]
    [InlineData($"https://login.microsoftonline.com/{ConnectorServer.Tenant}/v2.0", "2.0", "azp")]
    public async Task Configuration_lets_in_those_of_microsofts_and_the_own_tenant(string issuer, string version, string claim)
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        (await BringAsync(server, issuer, version, claim)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("https://sts.windows.net/11111111-2222-3333-4444-555555555555/")]
    [InlineData("https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0")]
    [InlineData($"https://evil.example/{ConnectorServer.Tenant}/v2.0")]
    [InlineData("")]
    public async Task Those_of_another_tenant_are_refused(string issuer)
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        (await (await BringAsync(server, issuer, "2.0", "azp")).ErrorAsync(401)).ShouldBe("InvalidIssuer");
    }

    [Theory]
    [InlineData("1.0", "azp")]
    [InlineData("2.0", "appid")]
    public async Task The_version_says_which_claim_names_the_app(string version, string claim)
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        (await (await BringAsync(server, SecondVersion, version, claim)).ErrorAsync(401)).ShouldBe("InvalidApp");
    }

    [Theory]
    [InlineData("1.0", "appid")]
    [InlineData("2.0", "azp")]
    public async Task Those_of_another_app_are_refused(string version, string claim)
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        var answer = await BringAsync(server, SecondVersion, version, claim, "another-app");

        (await answer.ErrorAsync(401)).ShouldBe("InvalidApp");
    }

    [Theory]
    [InlineData("3.0")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Other_versions_are_refused(string? version)
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        (await (await BringAsync(server, SecondVersion, version, "azp")).ErrorAsync(401)).ShouldBe("InvalidVersion");
    }

    [Fact]
    public async Task A_channels_rules_go_on_holding_for_channels()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowEmulator = true);

        var answer = await server.BringAsync(server.Message(), server.Issuer.ChannelToken("https://evil.example/"));

        (await answer.ErrorAsync(401)).ShouldBe("InvalidServiceUrl");
    }

    private static Task<HttpResponseMessage> BringAsync(
        ConnectorServer server, string issuer, string? version, string claim, string app = ConnectorServer.AppId)
    {
        var claims = new Dictionary<string, object> { [claim] = app };
        if (version is not null)
        {
            claims["ver"] = version;
        }

        return server.BringAsync(server.Message(), server.Issuer.Token(issuer, claims));
    }
}
