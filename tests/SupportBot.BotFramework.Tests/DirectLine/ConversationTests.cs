using System.Net;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class ConversationTests
{
    [Fact]
    public async Task Starting_creates_once_and_finds_it_again()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        var first = await client.StartAsync();
        var second = await client.StartAsync("""{"user":{"id":"dl_impostor"},"locale":"en-IE"}""");

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var answer in new[] { first, second })
        {
            var body = await answer.JsonAsync();
            body.GetProperty("conversationId").GetString().ShouldBe(client.ConversationId);
            body.GetProperty("expires_in").GetInt32().ShouldBe(3600);
            (await server.Tokens.CheckAsync(body.GetProperty("token").GetString())).Outcome.ShouldBe(TokenOutcome.Valid);
            body.GetProperty("streamUrl").GetString().ShouldStartWith(
                $"ws://{server.Address.Authority}/v3/directline/conversations/{client.ConversationId}/stream?");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("""{"user":{"id":"dl_impostor","name":"Ann"},"locale":"en-IE"}""", "Ann", "en-IE")]
    [InlineData("""{"locale":"not a language; drop table"}""", null, null)]
    [InlineData("""{"user":null}""", null, null)]
    [InlineData("""{"locale":{"x":"test"},"user":{"Name":"Ann"}}""", "Ann", null)]
    [InlineData("""{"Locale":"en-IE","user":"ann","user":7}""", null, "en-IE")]
    [InlineData("""{"locale":["en"],"user":{"id":{},"name":[1]},"more":{"deep":[{}]}}""", null, null)]
    [InlineData("""["en-IE"]""", null, null)]
    [InlineData("7", null, null)]
    [InlineData("null", null, null)]
    [InlineData(null, null, null)]
    public async Task The_log_learns_who_started_from_where(string? body, string? name, string? locale)
    {
        var log = new StartRecorder();
        await using var server = await DirectLineServer.StartAsync(log: _ => log);
        var client = await server.NewClientAsync();

        (await client.StartAsync(body)).EnsureSuccessStatusCode();

        log.Started.ShouldBe(new ConversationStart(
            client.ConversationId,
            new ChannelAccount { Id = client.UserId, Name = name, Role = RoleTypes.User },
            "demo",
            locale,
            new Uri(server.Address.GetLeftPart(UriPartial.Authority))));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("locale")]
    [InlineData("""{"locale":"\ud800"}""")]
    [InlineData("{} {}")]
    public async Task A_start_whose_body_is_no_JSON_is_refused(string body)
    {
        await using var server = await DirectLineServer.StartAsync(log: _ => new BrokenLog());
        var client = await server.NewClientAsync();

        (await (await client.StartAsync(body)).ErrorAsync(400)).ShouldBe("BadArgument");
    }

    [Fact]
    public async Task Coming_back_answers_with_a_token_and_a_new_stream_from_the_watermark()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var body = await (await client.ReconnectAsync("7")).JsonAsync();

        body.GetProperty("conversationId").GetString().ShouldBe(client.ConversationId);
        body.GetProperty("token").GetString().ShouldNotBeNullOrEmpty();
        body.GetProperty("streamUrl").GetString()!.ShouldContain("watermark=7&");
    }

    [Fact]
    public async Task A_conversation_that_was_not_started_is_not_found()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        (await (await client.ReconnectAsync()).ErrorAsync(404)).ShouldBe("ConversationNotFound");
        (await (await client.PollAsync()).ErrorAsync(404)).ShouldBe("ConversationNotFound");
        (await (await client.SayAsync("hi")).ErrorAsync(404)).ShouldBe("ConversationNotFound");
    }

    [Theory]
    [InlineData("POST", "", "shop.example:99999", 400)]
    [InlineData("GET", "/ID", "shop.example:99999", 400)]
    [InlineData("POST", "/ID/upload", "shop.example:99999", 400)]
    [InlineData("POST", "", "LONG", 400)]
    [InlineData("GET", "/ID", "LONG", 400)]
    [InlineData("POST", "/ID/upload", "LONG", 400)]
    [InlineData("GET", "/ID/activities", "LONG", 200)]
    public async Task A_host_that_is_none_gets_no_addresses(string method, string path, string host, int status)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answer = await RawHttp.SendAsync(
            server.Address,
            $"{method} /v3/directline/conversations{path.Replace("ID", client.ConversationId, StringComparison.Ordinal)} HTTP/1.1\r\n"
                + $"Host: {host.Replace("LONG", new string('\'', 300), StringComparison.Ordinal)}\r\nConnection: close\r\n"
                + $"Origin: https://page.example\r\nContent-Length: 0\r\nAuthorization: Bearer {client.Token}\r\n\r\n",
            hangUp: false);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
    }

    [Fact]
    public async Task A_session_id_is_given_to_whoever_has_a_token()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        var answer = await client.SendAsync(HttpMethod.Get, "/session/getsessionid");

        (await answer.JsonAsync()).GetProperty("sessionId").GetString()!.Length.ShouldBe(32);
    }

    private sealed class StartRecorder : IActivityLog
    {
        public ConversationStart? Started { get; private set; }

        public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct)
        {
            Started = start;
            return ValueTask.FromResult(true);
        }

        public ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct) =>
            throw new NotSupportedException();

        public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) =>
            throw new NotSupportedException();

        public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) =>
            throw new NotSupportedException();
    }
}
