using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>What <c>/api/messages</c> takes and answers, once the caller is let in.</summary>
public class ReceptionTests
{
    [Theory]
    [InlineData("type")]
    [InlineData("conversation")]
    [InlineData("from")]
    public async Task What_is_missing_is_named(string field)
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = server.Message();
        activity.Remove(field);

        var answer = await server.BringAsync(activity);

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        (await answer.MessageOfErrorAsync()).ShouldStartWith($"$.{field}");
    }

    [Theory]
    [InlineData("ftp://files.example/")]
    [InlineData("http://smba.trafficmanager.net/")]
    [InlineData("https://user:password@smba.trafficmanager.net/")]
    [InlineData("not an address")]
    public async Task Replies_go_only_to_safe_addresses(string serviceUrl)
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = server.Message();
        activity["serviceUrl"] = serviceUrl;

        var answer = await server.BringAsync(activity);

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        (await answer.MessageOfErrorAsync()).ShouldStartWith("$.serviceUrl");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"type":"message" """)]
    [InlineData("""{"type":"message","from":5}""")]
    [InlineData("""{"type":"message","text":"\ud800"}""")]
    public async Task What_is_no_activity_is_refused(string body)
    {
        await using var server = await ConnectorServer.StartAsync();

        var answer = await server.SendAsync(body, server.Issuer.ChannelToken(server.Channel.ServiceUrl));

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
    }

    [Fact]
    public async Task Too_large_an_activity_is_refused()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.MaxActivityBytes = 2048);

        (await (await server.BringAsync(server.Message(new string('x', 2048)))).ErrorAsync(413)).ShouldBe("MessageSizeTooBig");
    }

    [Fact]
    public async Task A_strangers_body_is_not_read()
    {
        await using var server = await ConnectorServer.StartAsync(configure: options => options.MaxActivityBytes = 2048);

        (await (await server.BringAsync(server.Message(new string('x', 4096)), "forged")).ErrorAsync(401)).ShouldBe("MalformedToken");
    }

    [Fact]
    public async Task The_bot_gets_every_type_and_every_field()
    {
        var got = new TaskCompletionSource<Activity>();
        await using var server = await ConnectorServer.StartAsync((turn, _) =>
        {
            got.SetResult(turn.Activity);
            return Task.CompletedTask;
        });
        var activity = server.Message();
        activity["type"] = "some/futureType";
        activity["ofTheFuture"] = new JsonObject { ["deep"] = new JsonArray(1, "two") };

        (await server.BringAsync(activity)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        JsonNode.DeepEquals(got.Task.IsCompleted ? (await got.Task).ToJson() : (await got.Task.WaitAsync(TimeSpan.FromSeconds(20))).ToJson(), activity)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_bot_that_stores_is_done_before_the_answer()
    {
        var isDone = false;
        await using var server = await ConnectorServer.StartAsync(
            async (_, ct) =>
            {
                await Task.Yield();
                ct.IsCancellationRequested.ShouldBeFalse();
                isDone = true;
            },
            options => options.AcknowledgeFirst = false);

        (await server.BringAsync(server.Message())).StatusCode.ShouldBe(HttpStatusCode.OK);
        isDone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_fault_of_the_bot_is_told_only_to_who_waits()
    {
        await using var storing = await ConnectorServer.StartAsync(
            (_, _) => throw new InvalidOperationException("secret detail"), options => options.AcknowledgeFirst = false);
        await using var acknowledging = await ConnectorServer.StartAsync((_, _) => throw new InvalidOperationException());

        var answer = await storing.BringAsync(storing.Message());
        (await answer.ErrorAsync(500)).ShouldBe("BotFailed");
        (await answer.MessageOfErrorAsync()).ShouldNotContain("secret");
        (await acknowledging.BringAsync(acknowledging.Message())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Expected_replies_come_with_the_answer_in_order()
    {
        await using var server = await ConnectorServer.StartAsync(async (turn, ct) =>
        {
            (await turn.SendActivityAsync("one", ct)).Id.ShouldBeNull();
            await turn.SendActivityAsync(Activity.Message("two") with { SuggestedActions = SuggestedActions.Replies("Yes") }, ct);
        });
        var activity = server.Message();
        activity["deliveryMode"] = "expectReplies";

        var answer = await server.BringAsync(activity);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var replies = (await answer.JsonAsync()).GetProperty("activities");
        replies.EnumerateArray().Select(reply => reply.GetProperty("text").GetString()).ShouldBe(["one", "two"]);
        replies[0].TryGetProperty("id", out _).ShouldBeFalse();
        replies[0].GetProperty("replyToId").GetString().ShouldBe("in-1");
        replies[0].GetProperty("from").GetProperty("id").GetString().ShouldBe("28:bot");
        replies[0].GetProperty("recipient").GetProperty("id").GetString().ShouldBe("29:user");
        replies[1].GetProperty("suggestedActions").GetProperty("to").GetArrayLength().ShouldBe(0);
        server.Channel.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invoke_gets_the_bots_status_and_body()
    {
        await using var server = await ConnectorServer.StartAsync((turn, _) =>
        {
            turn.InvokeResponse = new InvokeResponse(418, JsonElement.Parse("""{"tea":true}"""));
            return Task.CompletedTask;
        });

        var answer = await server.BringAsync(Invoke(server));

        ((int)answer.StatusCode).ShouldBe(418);
        (await answer.JsonAsync()).GetProperty("tea").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_invoke_may_be_answered_without_a_body()
    {
        await using var server = await ConnectorServer.StartAsync((turn, _) =>
        {
            turn.InvokeResponse = new InvokeResponse(200);
            return Task.CompletedTask;
        });

        var answer = await server.BringAsync(Invoke(server));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invoke_that_no_bot_knows_is_not_implemented()
    {
        await using var server = await ConnectorServer.StartAsync();

        (await (await server.BringAsync(Invoke(server))).ErrorAsync(501)).ShouldBe("NotImplemented");
    }

    [Fact]
    public async Task Only_posts_are_taken()
    {
        await using var server = await ConnectorServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        (await http.GetAsync("/api/messages")).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await http.PostAsync("/api/messages", new StringContent("x", Encoding.UTF8, "text/plain"))).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static JsonObject Invoke(ConnectorServer server)
    {
        var activity = server.Message();
        activity["type"] = "invoke";
        activity["name"] = "adaptiveCard/action";
        return activity;
    }
}
