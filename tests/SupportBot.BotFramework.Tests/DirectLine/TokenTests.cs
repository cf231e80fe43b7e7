using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class TokenTests
{
    [Fact]
    public async Task A_secret_buys_a_token_for_a_new_conversation_and_a_new_user()
    {
        await using var server = await DirectLineServer.StartAsync();

        var first = await (await GenerateAsync(server)).JsonAsync();
        var second = await (await GenerateAsync(server)).JsonAsync();

        first.GetProperty("expires_in").GetInt32().ShouldBe(3600);
        first.GetProperty("conversationId").GetString()!.ShouldMatch("^[A-Za-z0-9_-]{20,64}$");
        first.GetProperty("conversationId").GetString().ShouldNotBe(second.GetProperty("conversationId").GetString());
        var claims = ClaimsOf(first.GetProperty("token").GetString()!);
        claims.GetProperty("user").GetString()!.ShouldMatch("^dl_[A-Za-z0-9]{20,}$");
        claims.GetProperty("conv").GetString().ShouldBe(first.GetProperty("conversationId").GetString());
        claims.GetProperty("site").GetString().ShouldBe("demo");
    }

    [Theory]
    [InlineData("""{"user":{"id":"dl_ann","name":"Ann"}}""")]
    [InlineData("""{"User":{"Id":"dl_ann","Name":"Ann"},"TrustedOrigins":["https://shop.example"]}""")]
    public async Task A_token_can_be_for_a_user_that_the_site_knows(string body)
    {
        await using var server = await DirectLineServer.StartAsync();

        var token = (await (await GenerateAsync(server, body)).JsonAsync()).GetProperty("token").GetString();

        var grant = (await server.Tokens.CheckAsync(token)).Grant!;
        grant.UserId.ShouldBe("dl_ann");
        grant.UserName.ShouldBe("Ann");
    }

    [Fact]
    public async Task What_the_site_says_of_its_user_is_in_the_token_and_in_the_one_after_it()
    {
        await using var server = await DirectLineServer.StartAsync();

        var token = (await (await GenerateAsync(server, """{"facts":{"email":"ann@example.com","group":"trade","nothing":null}}""")).JsonAsync()).GetProperty("token").GetString();

        var grant = (await server.Tokens.CheckAsync(token)).Grant!;
        grant.Facts.ShouldBe(new Dictionary<string, string> { ["email"] = "ann@example.com", ["group"] = "trade" }, ignoreOrder: true);
        var renewed = await server.Tokens.RenewAsync(grant);
        (await server.Tokens.CheckAsync(renewed.Text)).Grant!.Facts.ShouldBe(grant.Facts, ignoreOrder: true);
    }

    [Fact]
    public async Task More_than_a_token_can_carry_is_refused()
    {
        await using var server = await DirectLineServer.StartAsync();

        var answer = await GenerateAsync(server, JsonSerializer.Serialize(new { facts = new { note = new string('x', 2_000) } }));

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
    }

    [Theory]
    [InlineData("""{"facts":["ann"]}""", "$.facts")]
    [InlineData("""{"facts":{"":"ann"}}""", "$.facts")]
    [InlineData("""{"facts":{"age":5}}""", "$.facts.age")]
    [InlineData("""{"user":{"id":"ann"}}""", "$.user.id")]
    [InlineData("""{"user":{"id":"dl_"}}""", "$.user.id")]
    [InlineData("""{"user":{"id":"dl_a b"}}""", "$.user.id")]
    [InlineData("""{"user":{"id":5}}""", "$.user.id")]
    [InlineData("""{"user":{"name":"\ud800"}}""", "$.user.name")]
    [InlineData("""{"trustedOrigins":["shop.example"]}""", "$.trustedOrigins[0]")]
    [InlineData("""{"trustedOrigins":["https://a.example",null]}""", "$.trustedOrigins[1]")]
    [InlineData("""{"trustedOrigins":["https://shop.example/path"]}""", "$.trustedOrigins[0]")]
    [InlineData("""[]""", "$")]
    [InlineData("""{""", "$")]
    public async Task A_request_for_a_token_that_makes_no_sense_says_which_field(string body, string field)
    {
        await using var server = await DirectLineServer.StartAsync();

        var answer = await GenerateAsync(server, body);

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        (await answer.MessageOfErrorAsync()).ShouldStartWith(field + ":");
    }

    [Fact]
    public async Task Without_a_known_secret_there_is_no_token()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        (await (await GenerateAsync(server, secret: "guess")).ErrorAsync(401)).ShouldBe("InvalidToken");
        (await (await GenerateAsync(server, secret: client.Token)).ErrorAsync(401)).ShouldBe("InvalidToken");
        var bare = await server.Http.PostAsync(DirectLineServer.Prefix + "/tokens/generate", null, Ct);
        (await bare.ErrorAsync(401)).ShouldBe("MissingAuthorization");
    }

    [Fact]
    public async Task A_token_is_refreshed_without_a_body_and_keeps_its_conversation_and_user()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.NewClientAsync();
        time.Advance(TimeSpan.FromMinutes(59));

        var answer = await client.SendAsync(HttpMethod.Post, "/tokens/refresh");

        var refreshed = await answer.JsonAsync();
        refreshed.GetProperty("conversationId").GetString().ShouldBe(client.ConversationId);
        var grant = (await server.Tokens.CheckAsync(refreshed.GetProperty("token").GetString())).Grant!;
        grant.UserId.ShouldBe(client.UserId);
        grant.ExpiresAt.ShouldBe(time.GetUtcNow() + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task An_expired_token_is_told_apart_and_works_nowhere()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.StartedClientAsync();
        time.Advance(TimeSpan.FromMinutes(59));
        (await client.PollAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromMinutes(1));

        (await (await client.PollAsync()).ErrorAsync(403)).ShouldBe("TokenExpired");
        (await (await client.SayAsync("hi")).ErrorAsync(403)).ShouldBe("TokenExpired");
        (await (await client.ReconnectAsync()).ErrorAsync(403)).ShouldBe("TokenExpired");
        (await (await client.SendAsync(HttpMethod.Post, "/tokens/refresh")).ErrorAsync(403)).ShouldBe("TokenExpired");
    }

    [Fact]
    public async Task An_expired_token_that_was_ours_still_resumes_for_as_long_as_asked()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.NewClientAsync();
        var forged = client.Token[..^4] + "AAAA";
        time.Advance(TimeSpan.FromDays(29));

        (await server.Tokens.CheckAsync(client.Token)).Outcome.ShouldBe(TokenOutcome.Expired);
        (await ResumeAsync(client.Token))!.ConversationId.ShouldBe(client.ConversationId);
        (await ResumeAsync(forged)).ShouldBeNull();
        (await ResumeAsync(null)).ShouldBeNull();
        time.Advance(TimeSpan.FromDays(2));
        (await ResumeAsync(client.Token)).ShouldBeNull();

        ValueTask<DirectLineGrant?> ResumeAsync(string? token) => server.Tokens.CheckForResumeAsync(token, TimeSpan.FromDays(30));
    }

    [Fact]
    public void Keys_are_long_enough_and_do_not_show_themselves()
    {
        Should.Throw<ArgumentException>(() => new DirectLineKey("k", new byte[31]));
        new DirectLineKey("k", Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef")).ToString().ShouldBe("k");
    }

    [Theory]
    [InlineData("a/b", null)]
    [InlineData("", null)]
    [InlineData(null, "ann")]
    public async Task The_host_cannot_issue_a_token_that_would_not_be_accepted(string? conversationId, string? userId)
    {
        await using var server = await DirectLineServer.StartAsync();

        await Should.ThrowAsync<ArgumentException>(
            async () => await server.Tokens.IssueAsync(DirectLineServer.Demo, conversationId, userId));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> GenerateAsync(
        DirectLineServer server, string? body = null, string secret = DirectLineServer.Secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, DirectLineServer.Prefix + "/tokens/generate")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return await server.Http.SendAsync(request, Ct);
    }

    private static JsonElement ClaimsOf(string token) => JsonElement.Parse(Decode(token.Split('.')[1]));

    private static string Decode(string part) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
