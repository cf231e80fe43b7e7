using System.Net.WebSockets;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class StreamAddressTests
{
    [Fact]
    public async Task A_stream_address_is_good_for_a_minute()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();
        time.Advance(TimeSpan.FromSeconds(59));
        await using (await DirectLineSocket.ConnectAsync(url))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var answer = await server.Http.GetAsync(url.PathAndQuery, Ct);
            (await answer.ErrorAsync(403)).ShouldBe("TokenExpired");
        }
    }

    [Fact]
    public async Task A_stream_address_opens_one_stream()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();
        await using var stream = await DirectLineSocket.ConnectAsync(url);
        await stream.CloseAsync();

        var refused = await Should.ThrowAsync<WebSocketException>(() => DirectLineSocket.ConnectAsync(url));

        refused.Message.ShouldContain("401");
        await using var other = await client.ConnectAsync();
        await client.SayAsync("hi");
        (await other.ActivitySetAsync()).Texts().ShouldBe(["hi"]);
    }

    [Fact]
    public async Task An_address_is_used_up_once_however_many_try_at_the_same_time()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();

        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return await DirectLineSocket.ConnectAsync(url);
            }
            catch (WebSocketException)
            {
                return null;
            }
        }));

        await using var winner = tries.OfType<DirectLineSocket>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_no_stream_is_refused_before_the_upgrade()
    {
        await using var server = await DirectLineServer.StartAsync(options => options.MaxStreamsPerConversation = 1);
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();

        (await (await server.Http.GetAsync(url.AbsolutePath, Ct)).ErrorAsync(401)).ShouldBe("MissingAuthorization");
        (await (await server.Http.GetAsync(url.PathAndQuery, Ct)).ErrorAsync(400)).ShouldBe("BadArgument");
        var other = url.PathAndQuery.Replace(client.ConversationId, "another", StringComparison.Ordinal);
        (await (await server.Http.GetAsync(other, Ct)).ErrorAsync(401)).ShouldBe("InvalidToken");
        await using var first = await DirectLineSocket.ConnectAsync(url);
        await Should.ThrowAsync<WebSocketException>(() => DirectLineSocket.ConnectAsync(url));
    }

    [Fact]
    public async Task Pages_that_the_site_does_not_trust_get_no_stream()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync(DirectLineServer.Shop);
        await client.StartAsync();
        var url = await client.StreamUrlAsync();

        await Should.ThrowAsync<WebSocketException>(() => DirectLineSocket.ConnectAsync(url, "https://evil.example"));
        await using var trusted = await DirectLineSocket.ConnectAsync(url, "https://shop.example");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
