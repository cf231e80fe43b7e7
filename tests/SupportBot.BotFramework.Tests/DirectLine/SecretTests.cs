using System.Net;
using System.Text.Json;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

/// <summary>Clients that show the site's secret with every request, as the company's own servers do.</summary>
public class SecretTests
{
    [Theory]
    [InlineData("""{"user":{"id":"u_test"}}""", "u_test")]
    [InlineData("""{"user":{"id":"Ann Ní Bhriain <ann@shop.example>"},"locale":{"x":"test"}}""", "Ann Ní Bhriain <ann@shop.example>")]
    [InlineData("""{"user":{"id":"dl_somebody"}}""", null)]
    [InlineData("""{"user":{"id":"DL_somebody"}}""", null)]
    [InlineData("""{"user":{"id":"line\nbreak"}}""", null)]
    [InlineData("""{"user":{"id":"  "}}""", null)]
    [InlineData("""{"user":{}}""", null)]
    [InlineData(null, null)]
    public async Task A_secret_starts_a_conversation_for_whom_it_names(string? body, string? expected)
    {
        await using var server = await DirectLineServer.StartAsync();

        var client = await server.SecretClientAsync(body);

        if (expected is null)
        {
            client.UserId.ShouldMatch("^dl_[A-Za-z0-9]{20,}$");
        }
        else
        {
            client.UserId.ShouldBe(expected);
        }

        var start = (await server.Log.FindAsync(client.ConversationId, Ct))!;
        start.User.Id.ShouldBe(client.UserId);
        start.SiteId.ShouldBe("demo");
    }

    [Fact]
    public async Task Every_start_is_a_conversation_of_its_own_and_ids_have_a_limit()
    {
        await using var server = await DirectLineServer.StartAsync();

        var one = await server.SecretClientAsync(Start(new string('u', 128)));
        var other = await server.SecretClientAsync(Start(new string('u', 129)));

        one.ConversationId.ShouldNotBe(other.ConversationId);
        one.UserId.Length.ShouldBe(128);
        other.UserId.ShouldStartWith("dl_");
    }

    [Fact]
    public async Task A_secret_does_all_that_a_token_does_but_refresh()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.SecretClientAsync("""{"user":{"id":"u_test"}}""");
        await using var stream = await client.ConnectAsync();

        var posted = await (await client.PostAsync(
            """{"type":"message","text":"Hello, World!","from":{"id":"u_test"},"channelData":{"clientActivityID":"c1"}}""")).JsonAsync();

        var echo = (await stream.ActivitiesAsync(1))[0];
        echo.GetProperty("id").GetString().ShouldBe(posted.GetProperty("id").GetString());
        echo.GetProperty("from").GetRawText().ShouldBe("""{"id":"u_test","role":"user"}""");
        (await (await client.PollAsync()).JsonAsync()).Texts().ShouldBe(["Hello, World!"]);
        var again = await (await client.ReconnectAsync("1")).JsonAsync();
        (await server.Tokens.CheckAsync(again.GetProperty("token").GetString())).Grant!.UserId.ShouldBe("u_test");
        (await client.SendAsync(HttpMethod.Get, "/session/getsessionid")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await client.SendAsync(HttpMethod.Post, "/tokens/refresh")).ErrorAsync(400)).ShouldBe("BadArgument");
    }

    [Fact]
    public async Task The_token_that_comes_with_the_start_is_a_users_token()
    {
        await using var server = await DirectLineServer.StartAsync();
        var secret = await server.SecretClientAsync("""{"user":{"id":"u_test","name":"Ann"}}""");
        var token = (await (await secret.ReconnectAsync()).JsonAsync()).GetProperty("token").GetString()!;
        var browser = new DirectLineClient(server, token, secret.ConversationId, secret.UserId);

        (await browser.PostAsync("""{"type":"message","text":"hi","from":{"id":"other","name":"Bob","role":"bot"}}""")).EnsureSuccessStatusCode();

        var echo = (await (await browser.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        echo.GetProperty("from").GetRawText().ShouldBe("""{"id":"u_test","name":"Ann","role":"user"}""");
        (await (await browser.SendAsync(HttpMethod.Post, "/tokens/refresh")).JsonAsync())
            .GetProperty("conversationId").GetString().ShouldBe(secret.ConversationId);
    }

    [Theory]
    [InlineData("""{"id":"u-12345","name":"Ann"}""", """{"id":"u-12345","name":"Ann","role":"user"}""")]
    [InlineData("""{"name":"Ann"}""", """{"id":"u_test","name":"Ann","role":"user"}""")]
    [InlineData("""{"id":"dl_somebody"}""", """{"id":"u_test","role":"user"}""")]
    [InlineData("""{"id":"hub-7","name":"Mary","role":"bot"}""", """{"id":"hub-7","name":"Mary","role":"bot"}""")]
    [InlineData("""{"id":"dl_somebody","role":"bot"}""", """{"id":"bot","role":"bot"}""")]
    [InlineData("""{"id":"x","role":"root"}""", """{"id":"x","role":"user"}""")]
    [InlineData("null", """{"id":"u_test","role":"user"}""")]
    public async Task A_site_says_who_speaks_and_may_speak_for_the_bots_side(string from, string expected)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.SecretClientAsync("""{"user":{"id":"u_test"}}""");

        (await client.PostAsync($$"""{"type":"message","text":"hi","from":{{from}}}""")).EnsureSuccessStatusCode();

        var echo = (await (await client.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        echo.GetProperty("from").GetRawText().ShouldBe(expected);
    }

    [Fact]
    public async Task An_agents_hub_can_show_a_live_answer()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.SecretClientAsync();
        await using var stream = await client.ConnectAsync();

        var first = await client.PostAsync("""{"type":"typing","text":"It takes","from":{"role":"bot"},"channelData":{"streamType":"streaming"}}""");

        var shown = (await stream.ActivitySetAsync()).GetProperty("activities")[0];
        shown.GetProperty("id").GetString().ShouldBe((await first.JsonAsync()).GetProperty("id").GetString());
        (await (await client.PollAsync()).JsonAsync()).Texts().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_sites_conversations_do_not_exist_for_a_secret()
    {
        await using var server = await DirectLineServer.StartAsync();
        var demo = await server.SecretClientAsync();
        var stranger = new DirectLineClient(server, DirectLineServer.ShopSecret, demo.ConversationId, demo.UserId);
        var nobody = new DirectLineClient(server, DirectLineServer.ShopSecret, "nosuchconversation", demo.UserId);

        foreach (var client in new[] { stranger, nobody })
        {
            (await (await client.PollAsync()).ErrorAsync(404)).ShouldBe("ConversationNotFound");
            (await (await client.ReconnectAsync()).ErrorAsync(404)).ShouldBe("ConversationNotFound");
            (await (await client.SayAsync("hi")).ErrorAsync(404)).ShouldBe("ConversationNotFound");
        }
    }

    [Fact]
    public async Task A_conversation_of_the_sites_widget_is_open_to_its_secret()
    {
        await using var server = await DirectLineServer.StartAsync();
        var customer = await server.StartedClientAsync();
        var hub = new DirectLineClient(server, DirectLineServer.Secret, customer.ConversationId, customer.UserId);

        (await hub.PostAsync("""{"type":"message","text":"Mary here","from":{"id":"mary","role":"bot"}}""")).EnsureSuccessStatusCode();
        (await hub.PostAsync(JsonSerializer.Serialize(new { type = "message", text = "me", from = new { id = customer.UserId } }))).EnsureSuccessStatusCode();

        var set = (await (await customer.PollAsync()).JsonAsync()).GetProperty("activities");
        set[0].GetProperty("from").GetProperty("role").GetString().ShouldBe("bot");
        set[1].GetProperty("from").GetProperty("id").GetString().ShouldBe(customer.UserId);
    }

    [Fact]
    public async Task The_host_learns_whose_word_it_is()
    {
        SourceRecorder? recorder = null;
        await using var server = await DirectLineServer.StartAsync(log: services => recorder = new SourceRecorder(
            (InMemoryActivityLog)services.GetService(typeof(InMemoryActivityLog))!));
        var customer = await server.StartedClientAsync();
        var hub = new DirectLineClient(server, DirectLineServer.Secret, customer.ConversationId, customer.UserId);

        await customer.SayAsync("hi");
        await hub.SayAsync("hello");
        await server.SayAsync(customer, "welcome");

        recorder!.Sources.ShouldBe([ActivitySource.User, ActivitySource.Site, ActivitySource.Bot]);
    }

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://evil.example", false)]
    [InlineData(null, true)]
    public async Task A_page_that_holds_a_secret_must_be_one_of_the_sites(string? origin, bool trusted)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = new DirectLineClient(server, DirectLineServer.ShopSecret, "", "");
        var request = client.Request(HttpMethod.Post, "/conversations");
        request.Headers.TryAddWithoutValidation("Origin", origin);

        var answer = await server.Http.SendAsync(request, Ct);

        if (trusted)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        else
        {
            (await answer.ErrorAsync(400)).ShouldBe("OriginNotAllowed");
        }
    }

    [Fact]
    public async Task A_revoked_secret_is_refused_within_half_a_minute()
    {
        var (time, sites) = (new ManualTime(), new RevocableSites());
        await using var server = await DirectLineServer.StartAsync(time: time, sites: sites);
        var client = await server.SecretClientAsync();
        for (var i = 0; i < 10; i++)
        {
            (await client.PollAsync()).EnsureSuccessStatusCode();
        }

        sites.Lookups.ShouldBe(1);
        sites.Revoked = true;
        time.Advance(TimeSpan.FromSeconds(30));

        (await (await client.PollAsync()).ErrorAsync(401)).ShouldBe("InvalidToken");
    }

    [Theory]
    [InlineData("..%2f..")]
    [InlineData("%F0%9F%91%8B")]
    [InlineData("a%20b")]
    public async Task Ids_with_strange_characters_never_reach_the_log(string id)
    {
        await using var server = await DirectLineServer.StartAsync(log: _ => new BrokenLog());
        var client = new DirectLineClient(server, DirectLineServer.Secret, "", "");

        ((int)(await client.SendAsync(HttpMethod.Get, $"/conversations/{id}/activities")).StatusCode).ShouldBe(404);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Start(string userId) => JsonSerializer.Serialize(new { user = new { id = userId } });

    private sealed class RevocableSites : IDirectLineSites
    {
        public bool Revoked { get; set; }

        public int Lookups { get; private set; }

        public ValueTask<DirectLineSite?> FindBySecretAsync(string secret, CancellationToken ct)
        {
            Lookups++;
            return ValueTask.FromResult(Revoked ? null : DirectLineServer.Demo);
        }

        public ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct) =>
            ValueTask.FromResult<DirectLineSite?>(DirectLineServer.Demo);
    }

    private sealed class SourceRecorder(IActivityLog log) : IActivityLog
    {
        public List<ActivitySource> Sources { get; } = [];

        public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) => log.StartAsync(start, ct);

        public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) => log.FindAsync(conversationId, ct);

        public ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct)
        {
            Sources.Add(source);
            return log.AppendAsync(conversationId, activity, source, ct);
        }

        public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) =>
            log.ReadAsync(conversationId, after, limit, ct);
    }
}
