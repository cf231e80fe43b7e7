using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class ForgedTokenTests
{
    [Fact]
    public async Task Tokens_that_are_not_ours_are_invalid()
    {
        await using var server = await DirectLineServer.StartAsync();
        await using var stranger = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var parts = client.Token.Split('.');
        var otherUser = Encode(Decode(parts[1]).Replace(client.UserId, "dl_somebody", StringComparison.Ordinal));
        var unsigned = Encode("""{"alg":"none","typ":"JWT"}""");
        string[] forgeries =
        [
            "x", "a.b.c", "..", client.Token + "x", client.Token[..^3], $"{parts[0]}.{otherUser}.{parts[2]}", $"{unsigned}.{parts[1]}.",
            $"{unsigned}.{parts[1]}.{parts[2]}", (await stranger.NewClientAsync()).Token, new string('a', 20_000), DirectLineServer.Secret + "s",
        ];

        foreach (var forgery in forgeries)
        {
            var request = client.Request(HttpMethod.Get, $"/conversations/{client.ConversationId}/activities");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", forgery);
            (await (await server.Http.SendAsync(request, Ct)).ErrorAsync(401)).ShouldBe("InvalidToken", forgery);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer  ")]
    [InlineData("Basic ZGVtbzpkZW1v")]
    [InlineData("Bearertoken")]
    public async Task Without_a_bearer_token_the_client_is_told_so(string? authorization)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var request = client.Request(HttpMethod.Get, $"/conversations/{client.ConversationId}/activities");
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var answer = await server.Http.SendAsync(request, Ct);

        (await answer.ErrorAsync(401)).ShouldBe("MissingAuthorization");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task A_token_opens_its_own_conversation_only()
    {
        await using var server = await DirectLineServer.StartAsync();
        var ann = await server.StartedClientAsync();
        var bob = await server.StartedClientAsync();

        foreach (var path in new[] { "", "/activities" })
        {
            var answer = await ann.SendAsync(HttpMethod.Get, $"/conversations/{bob.ConversationId}{path}");
            (await answer.ErrorAsync(401)).ShouldBe("InvalidToken");
        }

        var post = await ann.SendAsync(HttpMethod.Post, $"/conversations/{bob.ConversationId}/activities", """{"type":"message","text":"hi"}""");
        (await post.ErrorAsync(401)).ShouldBe("InvalidToken");
        (await (await bob.PollAsync()).JsonAsync()).Texts().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("..%2f..")]
    [InlineData("a%27%20or%201=1")]
    [InlineData("%F0%9F%91%8B")]
    [InlineData("%ff%fe")]
    public async Task Ids_with_strange_characters_never_reach_the_log(string id)
    {
        await using var server = await DirectLineServer.StartAsync(log: _ => new BrokenLog());
        var client = await server.NewClientAsync();

        var answer = await client.SendAsync(HttpMethod.Get, $"/conversations/{id}/activities");

        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
    }

    [Fact]
    public async Task A_streams_token_is_no_bearer_token_and_the_reverse()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var url = await client.StreamUrlAsync();
        var streamToken = url.Query[(url.Query.IndexOf("t=", StringComparison.Ordinal) + 2)..];

        var request = client.Request(HttpMethod.Get, $"/conversations/{client.ConversationId}/activities");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", streamToken);
        (await (await server.Http.SendAsync(request, Ct)).ErrorAsync(401)).ShouldBe("InvalidToken");

        var stream = $"{url.AbsolutePath}?t={client.Token}";
        (await (await server.Http.GetAsync(stream, Ct)).ErrorAsync(401)).ShouldBe("InvalidToken");
    }

    [Fact]
    public async Task A_retired_key_still_validates_and_a_withdrawn_one_does_not()
    {
        var (retired, current) = (DirectLineKey.Create(), DirectLineKey.Create());
        await using var before = await DirectLineServer.StartAsync(keys: new InMemoryDirectLineKeys(retired));
        await using var during = await DirectLineServer.StartAsync(keys: new InMemoryDirectLineKeys(current, retired));
        await using var after = await DirectLineServer.StartAsync(keys: new InMemoryDirectLineKeys(current));
        var token = (await before.NewClientAsync()).Token;

        (await during.Tokens.CheckAsync(token)).Outcome.ShouldBe(TokenOutcome.Valid);
        (await after.Tokens.CheckAsync(token)).Outcome.ShouldBe(TokenOutcome.Invalid);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Decode(string part) =>
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));

    private static string Encode(string text) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
