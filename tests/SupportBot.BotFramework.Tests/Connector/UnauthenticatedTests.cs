using System.Net;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Bots without an app id.</summary>
public class UnauthenticatedTests
{
    [Fact]
    public async Task Nobody_is_let_in_by_default()
    {
        await using var server = await ConnectorServer.StartAsync(configure: RemoveIdentity);

        (await (await server.BringAsync(server.Message())).ErrorAsync(401)).ShouldBe("NoAppId");
    }

    [Fact]
    public async Task Emulators_on_this_machine_are_let_in_when_configuration_says_so_and_get_replies_without_a_token()
    {
        await using var server = await ConnectorServer.StartAsync(
            (turn, ct) => turn.SendActivityAsync("hello", ct),
            options =>
            {
                RemoveIdentity(options);
                options.AllowUnauthenticated = true;
                options.AcknowledgeFirst = false;
            },
            withCredential: false);
        var activity = server.Message();
        activity["channelId"] = "emulator";

        (await server.BringAsync(activity, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Channel.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Replies_do_not_leave_this_machine()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options =>
        {
            RemoveIdentity(options);
            options.AllowUnauthenticated = true;
        });
        var activity = server.Message();
        activity["serviceUrl"] = "https://smba.trafficmanager.net/teams/";

        (await (await server.BringAsync(activity, null)).ErrorAsync(401)).ShouldBe("NotLocal");
    }

    [Fact]
    public async Task An_app_id_closes_the_door_again()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.AllowUnauthenticated = true);

        (await (await server.BringAsync(server.Message(), null)).ErrorAsync(401)).ShouldBe("MissingAuthorization");
    }

    private static void RemoveIdentity(ConnectorOptions options)
    {
        options.MicrosoftAppId = "";
        options.MicrosoftAppPassword = "";
        options.MicrosoftAppTenantId = "";
    }
}
