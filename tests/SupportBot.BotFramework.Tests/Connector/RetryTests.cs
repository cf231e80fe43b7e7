using System.Net;
using System.Net.Sockets;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Channels that do not take what is sent, at least not at once.</summary>
public class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again(int status)
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(status).Then(status);

        var sending = SendAsync(server);
        await LetPausesPassAsync(server, 2);

        (await sending).Id.ShouldBe("from-the-channel");
        server.Channel.Requests.Count.ShouldBe(3);
        server.Channel.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"BadSyntax","message":"no"}}""", "BadSyntax")]
    [InlineData(401, "", null)]
    [InlineData(403, """{"error":"not an object"}""", null)]
    [InlineData(404, """{"error":{"code":5}}""", null)]
    [InlineData(413, "<html>", null)]
    public async Task What_will_not_pass_is_not_tried_again(int status, string body, string? code)
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(status, body);

        var failure = await Should.ThrowAsync<ConnectorException>(SendAsync(server));

        failure.Status.ShouldBe((HttpStatusCode)status);
        failure.Code.ShouldBe(code);
        failure.IsTransient.ShouldBeFalse();
        failure.Message.ShouldNotContain("token-1");
        server.Channel.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Enough_is_enough()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.MaxRetries = 2);
        server.Channel.Then(500).Then(502).Then(503);

        var sending = SendAsync(server);
        await LetPausesPassAsync(server, 2);

        var failure = await Should.ThrowAsync<ConnectorException>(sending);
        failure.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        failure.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_repetitions_the_first_failure_counts()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.MaxRetries = 0);
        server.Channel.Then(500);

        (await Should.ThrowAsync<ConnectorException>(SendAsync(server))).Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("Mon, 02 Mar 2026 09:00:07 GMT")]
    public async Task A_pause_that_is_asked_for_is_kept(string retryAfter)
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(429, retryAfter: retryAfter);

        var sending = SendAsync(server);
        await Waiting.UntilAsync(() => server.Time.IsAwaited(TimeSpan.FromSeconds(7)));
        server.Channel.Requests.Count.ShouldBe(1);
        server.Time.Advance(TimeSpan.FromSeconds(7));

        (await sending).Id.ShouldBe("from-the-channel");
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_left_to_the_caller()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(429, retryAfter: "60");

        var failure = await Should.ThrowAsync<ConnectorException>(SendAsync(server));

        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        failure.IsTransient.ShouldBeTrue();
        server.Channel.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });

        var sending = SendAsync(server);
        await LetPausesPassAsync(server, 1);

        (await sending).Id.ShouldBe("from-the-channel");
        server.Channel.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_after_its_status_is_an_answer()
    {
        await using var server = await ConnectorServer.StartAsync();
        using var channel = new TcpListener(IPAddress.Loopback, 0);
        channel.Start();
        var service = new Uri($"http://127.0.0.1:{((IPEndPoint)channel.LocalEndpoint).Port}/");

        var sending = server.Client.SendAsync(service, "c1", null, Activity.Message("hello"), CancellationToken.None);
        using (var connection = await channel.AcceptTcpClientAsync())
        {
            var stream = connection.GetStream();
            await stream.ReadAtLeastAsync(new byte[16], 16);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":"u8.ToArray());
            connection.Client.Shutdown(SocketShutdown.Send);
            (await sending.WaitAsync(TimeSpan.FromSeconds(20))).Id.ShouldBeNull();
        }

        channel.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_not_waited_for()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options =>
        {
            options.RequestTimeout = TimeSpan.FromSeconds(15);
            options.MaxRetries = 0;
        });
        server.Channel.Then(http => Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted));

        var sending = SendAsync(server);
        await Waiting.UntilAsync(() => server.Channel.Requests.Count == 1);
        server.Time.Advance(TimeSpan.FromSeconds(15));

        var failure = await Should.ThrowAsync<ConnectorException>(sending);
        failure.Status.ShouldBeNull();
        failure.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task A_channel_that_is_not_there_may_come_back()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.MaxRetries = 0);
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var nobody = new Uri($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}/");

        var failure = await Should.ThrowAsync<ConnectorException>(
            server.Client.SendAsync(nobody, "c1", null, Activity.Message("hello"), CancellationToken.None));

        failure.Status.ShouldBeNull();
        failure.IsTransient.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_gives_up_is_told_so()
    {
        await using var server = await ConnectorServer.StartAsync();
        using var givingUp = new CancellationTokenSource();
        server.Channel.Then(async http =>
        {
            await givingUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        });

        await Should.ThrowAsync<OperationCanceledException>(
            server.Client.SendAsync(server.Channel.Service, "c1", null, Activity.Message("hello"), givingUp.Token));
    }

    private static Task<ResourceResponse> SendAsync(ConnectorServer server) =>
        server.Client.SendAsync(server.Channel.Service, "c1", null, Activity.Message("hello"), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));

    // How long a pause is has chance in it, but none is longer than the options allow. A pause has begun when the only
    // timer is not that of a request.
    private static async Task LetPausesPassAsync(ConnectorServer server, int count)
    {
        var options = new ConnectorOptions();
        for (var failed = 1; failed <= count; failed++)
        {
            await Waiting.UntilAsync(() =>
                server.Channel.Requests.Count == failed
                && server.Time.Timers == 1
                && !server.Time.IsAwaited(options.RequestTimeout));
            server.Time.Advance(options.MaxRetryDelay);
        }
    }
}
