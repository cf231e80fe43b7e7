using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Tests.Running;
using SupportBot.Tests.Turns;

namespace SupportBot.Tests.Hosting;

public sealed class BadInputTests(SampleService sample) : IClassFixture<SampleService>
{
    private Service Service => sample.Service;

    public static TheoryData<string, string, int> Bodies => new()
    {
        { "not json", "{\"type\":", 400 },
        { "a list", "[]", 400 },
        { "null", "null", 400 },
        { "a number as text", "{\"type\":\"message\",\"text\":5}", 400 },
        { "an object as type", "{\"type\":{}}", 400 },
        { "no type", "{\"text\":\"hello\"}", 400 },
        { "a lone surrogate", "{\"type\":\"message\",\"text\":\"\\ud800\"}", 400 },
        { "the same field twice", "{\"type\":\"message\",\"type\":\"event\"}", 400 },
        { "a hundred levels", $"{{\"type\":\"message\",\"value\":{new string('[', 100)}{new string(']', 100)}}}", 400 },
        { "a text of 4001", $"{{\"type\":\"message\",\"text\":\"{new string('a', 4001)}\"}}", 400 },
        { "257 KB", $"{{\"type\":\"message\",\"value\":\"{new string('a', 257 * 1024)}\"}}", 413 },
        { "nothing", "", 400 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_activity_is_refused_in_the_callers_terms(string kind, string body, int status)
    {
        var customer = await Service.CustomerAsync();

        using var response = await PostAsync(customer, customer.Token, body);

        ((int)response.StatusCode).ShouldBe(status, kind);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        ((string)error["code"]!).ShouldNotBeEmpty();
        ((string)error["message"]!).ShouldNotBeEmpty();
        (await customer.ReadAsync()).Count.ShouldBe(1, "nothing but the greeting is in the log");
    }

    [Fact]
    public async Task A_token_opens_its_own_conversation_only_and_a_forged_one_none()
    {
        var ann = await Service.CustomerAsync();
        var bob = await Service.CustomerAsync();
        var body = """{"type":"message","text":"hello"}""";

        using var other = await PostAsync(bob, ann.Token, body);
        using var forged = await PostAsync(bob, bob.Token[..^4] + "AAAA", body);
        using var none = await PostAsync(bob, "", body);

        other.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        forged.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        none.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await bob.ReadAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/api/console/session", "{", "BadRequest")]
    [InlineData("/api/console/session", "{\"email\":5}", "BadRequest")]
    [InlineData("/api/console/session", "{}", "BadArgument")]
    [InlineData("/widget/token", "{}", "BadArgument")]
    [InlineData("/widget/token", "{\"site\":\"nobody\"}", "SiteNotFound")]
    public async Task Other_endpoints_explain_themselves_too(string path, string body, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Service.Http.PostAsync(path, content);

        ((int)response.StatusCode).ShouldBeInRange(400, 404);
        ((string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task Hostile_strings_are_a_normal_turn_and_come_back_as_they_were()
    {
        HostileStrings.All.Count.ShouldBeGreaterThanOrEqualTo(150);
        await using var agent = await Service.AgentAsync();
        foreach (var batch in HostileStrings.All.Chunk(20))
        {
            var customer = await Service.CustomerAsync();
            foreach (var text in batch)
            {
                var id = await customer.SayAsync(text);
                var echoed = (await customer.ReadAsync()).Single(a => (string)a["id"]! == id);
                ((string)echoed["text"]!).ShouldBe(text);
            }

            await Eventually.HoldsAsync(async () => await HandledAsync(customer, batch.Length), "every message to be handled");
            var watched = await agent.CallAsync("Watch", customer.ConversationId, 0);
            watched!["page"]!["items"]!.AsArray().Where(i => (string)i!["author"]! == "customer").Select(i => ((string)i!["text"]!).Trim())
                .ShouldBe(batch.Where(t => !string.IsNullOrEmpty(t)).Select(t => t.Trim()));
            await agent.CallAsync("Unwatch", customer.ConversationId);
        }
    }

    [Fact]
    public async Task Hostile_names_and_titles_stay_text()
    {
        const string name = "<img src=x onerror=alert(1)>";
        using var http = new HttpClient { BaseAddress = Service.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "demo-secret") },
            Content = new StringContent(JsonSerializer.Serialize(new { User = new { Id = "dl_1", Name = name } }), Encoding.UTF8, "application/json"),
        };
        var token = JsonNode.Parse(await (await http.SendAsync(request)).Content.ReadAsStringAsync())!;
        using var start = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/conversations") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", (string)token["token"]!) } };
        (await http.SendAsync(start)).EnsureSuccessStatusCode();
        var customer = new Customer(http, (string)token["conversationId"]!, (string)token["token"]!);
        await customer.AskAsync("Talk to a person");

        await using var agent = await Service.AgentAsync();
        var watched = await agent.CallAsync("Watch", customer.ConversationId, 0);
        ((string)watched!["conversation"]!["customerName"]!).ShouldBe(name);
        (await (await Service.Http.GetAsync("/help/no-such-<script>")).Content.ReadAsStringAsync()).ShouldNotContain("<script>");
    }

    private static async Task<bool> HandledAsync(Customer customer, int messages)
    {
        var log = await customer.ReadAsync();
        var replied = log.Select(a => (string?)a["replyToId"]).OfType<string>().ToHashSet();
        return log.Count(a => replied.Contains((string)a["id"]!)) == messages
            || log.Any(a => ((string?)a["text"])?.Contains("colleague", StringComparison.Ordinal) == true);
    }

    private async Task<HttpResponseMessage> PostAsync(Customer customer, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{customer.ConversationId}/activities")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Service.Http.SendAsync(request);
    }
}
