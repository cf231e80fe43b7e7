using System.Net;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class RefusalTests
{
    [Theory]
    [InlineData("""{"text":"hi"}""", "$.type")]
    [InlineData("""{"type":""}""", "$.type")]
    [InlineData("""{"type":"mess age"}""", "$.type")]
    [InlineData("""{"type":7}""", "$.type")]
    [InlineData("""{"type":"message","from":[]}""", "$.from")]
    [InlineData("""{"type":"message","text":"\ud800"}""", "$.text")]
    [InlineData("""{"type":"message","channelData":{"a":{"b":1,"b":2}}}""", "$.channelData")]
    [InlineData("""{"type":"message","text":"hi" """, "$")]
    [InlineData("", "$")]
    [InlineData("hello", "$")]
    public async Task An_activity_that_cannot_be_understood_says_where(string body, string path)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answer = await client.PostAsync(body);

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        (await answer.MessageOfErrorAsync()).ShouldStartWith(path + ":");
    }

    [Fact]
    public async Task Text_has_a_limit()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        (await client.SayAsync(new string('x', 4_000))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await client.SayAsync(new string('x', 4_001))).ErrorAsync(400)).ShouldBe("TextTooLong");
        (await (await client.SayAsync("hi", new string('c', 101))).ErrorAsync(400)).ShouldBe("BadArgument");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_has_a_limit_declared_or_not(bool chunked)
    {
        await using var server = await DirectLineServer.StartAsync(options => options.MaxActivityBytes = 10_000);
        var client = await server.StartedClientAsync();

        (await PostAsync(Body(10_000))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await PostAsync(Body(10_001))).ErrorAsync(413)).ShouldBe("MessageSizeTooBig");
        (await (await PostAsync(Body(3_000_000))).ErrorAsync(413)).ShouldBe("MessageSizeTooBig");

        async Task<HttpResponseMessage> PostAsync(string body)
        {
            var request = client.Request(HttpMethod.Post, $"/conversations/{client.ConversationId}/activities", body);
            request.Headers.TransferEncodingChunked = chunked;
            return await server.Http.SendAsync(request, Ct);
        }

        static string Body(int bytes)
        {
            const string frame = """{"type":"event","value":""}""";
            return frame.Insert(frame.Length - 2, new string('x', bytes - frame.Length));
        }
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=UTF-8", true)]
    [InlineData("application/vnd.microsoft.activity", true)]
    [InlineData("application/activity+json", true)]
    [InlineData("", true)]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("text/plain", false)]
    [InlineData("multipart/form-data", false)]
    [InlineData("json", false)]
    [InlineData("application/json;;; =", false)]
    [InlineData("/", false)]
    public async Task Only_JSON_is_taken(string contentType, bool taken)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var request = client.Request(HttpMethod.Post, $"/conversations/{client.ConversationId}/activities");
        request.Content = new ByteArrayContent("""{"type":"message","text":"hi"}"""u8.ToArray());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await server.Http.SendAsync(request, Ct);

        if (taken)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        }
    }

    [Theory]
    [InlineData("DELETE", "/conversations", "POST")]
    [InlineData("GET", "/conversations", "POST")]
    [InlineData("GET", "/tokens/generate", "POST")]
    [InlineData("PUT", "/tokens/refresh", "POST")]
    [InlineData("POST", "/session/getsessionid", "GET")]
    [InlineData("PATCH", "/conversations/x/activities", "GET, POST")]
    [InlineData("POST", "/conversations/x/stream", "GET")]
    [InlineData("BREW", "/conversations/x", "GET")]
    public async Task A_wrong_method_is_told_the_right_one(string method, string path, string allowed)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        var answer = await client.SendAsync(new HttpMethod(method), path);

        (await answer.ErrorAsync(405)).ShouldBe("MethodNotAllowed");
        string.Join(", ", answer.Content.Headers.Allow).ShouldBe(allowed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/conversations/x/activities/y/z")]
    public async Task An_unknown_address_is_not_found(string path)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        (await (await client.SendAsync(HttpMethod.Get, path)).ErrorAsync(404)).ShouldBe("NotFound");
    }

    [Fact]
    public async Task A_burst_is_stopped_with_a_time_to_wait_and_others_are_not()
    {
        await using var server = await DirectLineServer.StartAsync(options =>
        {
            options.RequestBurst = 5;
            options.RequestsPerSecond = 1;
        });
        var (loud, quiet) = (await server.StartedClientAsync(), await server.StartedClientAsync());

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await loud.SayAsync("again"));
        }

        var refused = answers.FindAll(answer => answer.StatusCode != HttpStatusCode.OK);
        refused.ShouldNotBeEmpty();
        (await refused[0].ErrorAsync(429)).ShouldBe("RateLimited");
        refused[0].Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await quiet.SayAsync("hello")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_load_test_may_switch_the_limit_off()
    {
        await using var server = await DirectLineServer.StartAsync(options =>
        {
            options.RequestBurst = 1;
            options.RequestsPerSecond = 1;
            options.LimitRate = false;
        });
        var client = await server.StartedClientAsync();

        for (var i = 0; i < 5; i++)
        {
            (await client.SayAsync("again")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_leaves_the_server_well()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var head = $"POST /v3/directline/conversations/{client.ConversationId}/activities HTTP/1.1\r\nHost: x\r\n"
            + $"Authorization: Bearer {client.Token}\r\nContent-Type: application/json\r\n";

        foreach (var rest in new[] { "Content-Length: 100\r\n\r\n{\"type\":", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{\"type\"" })
        {
            (await RawHttp.SendAsync(server.Address, head + rest, hangUp: true)).ShouldNotContain(" 500 ");
        }

        (await client.SayAsync("still there?")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Enormous_headers_are_refused_by_status()
    {
        await using var server = await DirectLineServer.StartAsync();

        var answer = await RawHttp.SendAsync(
            server.Address,
            $"GET /v3/directline/conversations/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {new string('a', 100_000)}\r\n\r\n",
            hangUp: true);

        answer.ShouldNotContain(" 500 ");
        (await (await server.NewClientAsync()).StartAsync()).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
