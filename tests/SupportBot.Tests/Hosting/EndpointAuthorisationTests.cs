using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tests.Running;
using SupportBot.Tests.Turns;

namespace SupportBot.Tests.Hosting;

public sealed class EndpointAuthorisationTests(SampleService sample) : IClassFixture<SampleService>
{
    /// <summary>What strangers may call. Direct Line checks its own tokens.</summary>
    private static readonly string[] Public =
    [
        "/v3/directline", "/widget/token", "/help", "/api/messages", "/api/tickets/webhooks/", "/healthz", "/readyz", "/openapi/", "/console/", "/api/console/session", "/demo/api/",
    ];

    [Fact]
    public void Every_endpoint_is_public_by_name_or_needs_a_policy()
    {
        var open = sample.Service.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(e => $"/{e.RoutePattern.RawText!.TrimStart('/')}")
            .Where(path => !Public.Any(p => path.StartsWith(p, StringComparison.Ordinal)));

        open.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/console/conversations")]
    [InlineData("/api/console/conversations/x")]
    [InlineData("/api/console/conversations/x/activities")]
    [InlineData("/api/console/session")]
    [InlineData("/api/console/intents")]
    [InlineData("/api/console/learning")]
    [InlineData("/api/console/learning/labels")]
    [InlineData("/api/reports/response-times")]
    [InlineData("/api/reports/response-times/resolution/conversations")]
    [InlineData("/hubs/agent")]
    public async Task Nobody_gets_in_without_signing_in(string path)
    {
        using var response = await sample.Service.Http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).ShouldContain("SignInNeeded");
    }

    [Theory]
    [InlineData("GET", "/api/console/learning")]
    [InlineData("GET", "/api/console/learning/labels")]
    [InlineData("PUT", "/api/console/learning/labels/1")]
    [InlineData("POST", "/api/console/learning/training")]
    [InlineData("PUT", "/api/console/learning/in-force")]
    public async Task What_the_bot_learns_is_the_managers_business(string method, string path)
    {
        using var agent = await Agent.SignInAsync(sample.Service.BaseAddress, "agent@demo.test");
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : System.Net.Http.Json.JsonContent.Create(new { }) };
        using var response = await agent.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).ShouldContain("NotAllowed");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_saying_which_half_was_wrong()
    {
        var wrong = await Should.ThrowAsync<HttpRequestException>(() => Agent.SignInAsync(sample.Service.BaseAddress, "agent@demo.test", "wrong-password"));
        var unknown = await Should.ThrowAsync<HttpRequestException>(() => Agent.SignInAsync(sample.Service.BaseAddress, "nobody@demo.test"));

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(wrong.StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_for_this_site_only_and_not_for_scripts()
    {
        using var response = await sample.Service.Http.PostAsync("/api/console/session", System.Net.Http.Json.JsonContent.Create(new { email = "agent@demo.test", password = "demo-password" }));

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldContain("httponly", Case.Insensitive);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/console/reports")]
    [InlineData("/help/")]
    [InlineData("/widget.js")]
    public async Task Pages_come_with_a_content_security_policy_without_inline_code(string path)
    {
        using var response = await sample.Service.Http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }
}
