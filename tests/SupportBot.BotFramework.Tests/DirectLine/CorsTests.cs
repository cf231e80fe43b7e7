using System.Net;
using System.Net.Http.Headers;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class CorsTests
{
    private const string Origin = "https://shop.example";

    [Theory]
    [InlineData("/tokens/generate", "POST")]
    [InlineData("/tokens/refresh", "POST")]
    [InlineData("/conversations", "POST")]
    [InlineData("/conversations/x", "GET")]
    [InlineData("/conversations/x/activities", "GET")]
    [InlineData("/conversations/x/activities", "POST")]
    [InlineData("/session/getsessionid", "GET")]
    public async Task Preflights_are_answered_without_a_token(string path, string method)
    {
        await using var server = await DirectLineServer.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Options, DirectLineServer.Prefix + path);
        request.Headers.Add("Origin", Origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with");

        var answer = await server.Http.SendAsync(request, Ct);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ShouldBeReadable(answer);
        Header(answer, "Access-Control-Allow-Methods").ShouldContain(method);
        Header(answer, "Access-Control-Allow-Headers").Split(',').Order()
            .ShouldBe(["authorization", "content-type", "x-ms-bot-agent", "x-requested-with"]);
        Header(answer, "Access-Control-Max-Age").ShouldBe("7200");
    }

    [Fact]
    public async Task Pages_can_read_answers_and_errors_alike()
    {
        await using var server = await DirectLineServer.StartAsync(options =>
        {
            options.MaxActivityBytes = 1024;
            options.RequestBurst = 8;
            options.RequestsPerSecond = 1;
        });
        var client = await server.StartedClientAsync();
        var activities = $"/conversations/{client.ConversationId}/activities";
        (int, HttpMethod, string, string?)[] requests =
        [
            (200, HttpMethod.Post, activities, """{"type":"message","text":"hi"}"""),
            (200, HttpMethod.Get, activities, null),
            (200, HttpMethod.Get, "/session/getsessionid", null),
            (400, HttpMethod.Post, activities, "{"),
            (413, HttpMethod.Post, activities, new string(' ', 2_000)),
            (401, HttpMethod.Get, "/conversations/other", null),
            (401, HttpMethod.Post, "/tokens/generate", null),
            (404, HttpMethod.Get, "/nothing", null),
            (405, HttpMethod.Delete, "/conversations", null),
        ];

        foreach (var (status, method, path, body) in requests)
        {
            ShouldBeReadable(await SendAsync(status, method, path, body));
        }

        HttpResponseMessage last;
        do
        {
            last = await SendAsync(null, HttpMethod.Get, activities, null);
            ShouldBeReadable(last);
        }
        while (last.StatusCode == HttpStatusCode.OK);
        last.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Header(last, "Access-Control-Expose-Headers").ShouldBe("Retry-After");

        async Task<HttpResponseMessage> SendAsync(int? status, HttpMethod method, string path, string? body)
        {
            var request = client.Request(method, path, body);
            request.Headers.Add("Origin", Origin);
            var answer = await server.Http.SendAsync(request, Ct);
            ((int)answer.StatusCode).ShouldBe(status ?? (int)answer.StatusCode, path);
            return answer;
        }
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("https://shop.example.evil.example", false)]
    [InlineData("http://shop.example", false)]
    [InlineData("null", false)]
    [InlineData("https://shop.example", true)]
    [InlineData("https://SHOP.example", true)]
    [InlineData(null, true)]
    public async Task Pages_that_the_site_does_not_trust_are_refused_without_ending_the_client(string? origin, bool trusted)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync(DirectLineServer.Shop);
        await server.Log.StartAsync(
            new ConversationStart(client.ConversationId, new(), "shop", null, server.Address), Ct);

        var post = client.Request(
            HttpMethod.Post, $"/conversations/{client.ConversationId}/activities", """{"type":"message","text":"hi"}""");
        var generate = client.Request(HttpMethod.Post, "/tokens/generate");
        generate.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "the-shop's-secret");
        foreach (var (request, refusal) in new[] { (post, 400), (generate, 403) })
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
            var answer = await server.Http.SendAsync(request, Ct);
            if (trusted)
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
            else
            {
                (await answer.ErrorAsync(refusal)).ShouldBe("OriginNotAllowed");
            }
        }
    }

    [Fact]
    public async Task An_origin_that_no_browser_sends_is_not_echoed()
    {
        await using var server = await DirectLineServer.StartAsync();

        foreach (var method in new[] { "OPTIONS", "GET" })
        {
            var answer = await RawHttp.SendAsync(
                server.Address,
                $"{method} /v3/directline/conversations/x HTTP/1.1\r\nHost: x\r\nOrigin: https://ἄλφα.example\r\n"
                    + "Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n",
                hangUp: false);

            answer.ShouldMatch("^HTTP/1.1 (204|401) ");
            answer.ShouldNotContain("Access-Control-Allow-Origin");
        }
    }

    [Fact]
    public async Task A_token_can_narrow_the_sites_origins_and_not_widen_them()
    {
        await using var server = await DirectLineServer.StartAsync();
        var narrowed = (await server.Tokens.CheckAsync(
            (await server.Tokens.IssueAsync(DirectLineServer.Demo, trustedOrigins: [Origin, "https://b.example"])).Text, Ct)).Grant!;
        var widened = (await server.Tokens.CheckAsync(
            (await server.Tokens.IssueAsync(DirectLineServer.Shop, trustedOrigins: ["https://b.example"])).Text, Ct)).Grant!;

        narrowed.Trusts(Origin).ShouldBeTrue();
        narrowed.Trusts("https://b.example").ShouldBeTrue();
        narrowed.Trusts("https://evil.example").ShouldBeFalse();
        widened.Trusts("https://b.example").ShouldBeFalse();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static void ShouldBeReadable(HttpResponseMessage answer)
    {
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(Origin);
        Header(answer, "Access-Control-Allow-Credentials").ShouldBe("true");
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
