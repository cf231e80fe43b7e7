using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>What goes out to channels.</summary>
public class ConnectorClientTests
{
    [Fact]
    public async Task A_reply_goes_to_the_activity_it_answers()
    {
        await using var server = await ConnectorServer.StartAsync();

        var sent = await SendAsync(server, Activity.Message("hello"), "19:general@thread.tacv2;messageid=1", "f/1");

        sent.Id.ShouldBe("from-the-channel");
        var request = server.Channel.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Path.ShouldBe("/teams/v3/conversations/19%3Ageneral%40thread.tacv2%3Bmessageid%3D1/activities/f%2F1");
        request.Authorization.ShouldBe("Bearer token-1");
    }

    [Fact]
    public async Task What_answers_nothing_goes_to_the_conversation()
    {
        await using var server = await ConnectorServer.StartAsync();

        await SendAsync(server, Activity.Message("hello"));

        server.Channel.Requests.ShouldHaveSingleItem().Path.ShouldBe("/teams/v3/conversations/c1/activities");
    }

    [Fact]
    public async Task Our_own_marks_stay_here()
    {
        await using var server = await ConnectorServer.StartAsync();
        var activity = ActivityStamp.Apply(
            Activity.Message("hello") with
            {
                ChannelData = new JsonObject { ["teams"] = 1 },
                SuggestedActions = SuggestedActions.Replies("Yes"),
            },
            "c1", 7, server.Time.GetUtcNow());

        await SendAsync(server, activity);
        await SendAsync(server, ActivityStamp.Apply(Activity.Message("hello"), "c1", 8, server.Time.GetUtcNow()));

        var first = server.Channel.Requests[0].Json;
        first.TryGetProperty("id", out _).ShouldBeFalse();
        first.GetProperty("channelData").GetRawText().ShouldBe("""{"teams":1}""");
        first.GetProperty("suggestedActions").GetProperty("to").GetArrayLength().ShouldBe(0);
        server.Channel.Requests[1].Json.TryGetProperty("channelData", out _).ShouldBeFalse();
        activity.ChannelData!["webchat:sequence-id"]!.GetValue<long>().ShouldBe(7);
    }

    [Fact]
    public async Task Activities_can_be_replaced_and_taken_back()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(200).Then(200);

        var updated = await server.Client.UpdateAsync(server.Channel.Service, "c1", "a1", Activity.Message("better"), default);
        await server.Client.DeleteAsync(server.Channel.Service, "c1", "a1", default);

        updated.Id.ShouldBe("a1");
        server.Channel.Requests.Select(request => $"{request.Method} {request.Path}").ShouldBe(
            ["PUT /teams/v3/conversations/c1/activities/a1", "DELETE /teams/v3/conversations/c1/activities/a1"]);
        server.Channel.Requests[0].Json.GetProperty("id").GetString().ShouldBe("a1");
        server.Channel.Requests[1].Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Conversations_can_be_begun()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(201, """{"id":"new","activityId":"a1","serviceUrl":"https://elsewhere.example/"}""");

        var created = await server.Client.CreateConversationAsync(
            server.Channel.Service,
            new ConversationParameters
            {
                Members = [new ChannelAccount { Id = "29:user" }],
                Activity = Activity.Message("hello") with { Id = "ours" },
            },
            default);

        created.ShouldBe(new ConversationResource("new", "a1", "https://elsewhere.example/"));
        var request = server.Channel.Requests.ShouldHaveSingleItem();
        request.Path.ShouldBe("/teams/v3/conversations");
        request.Body.ShouldBe("""{"members":[{"id":"29:user"}],"activity":{"type":"message","text":"hello"}}""");
    }

    [Fact]
    public async Task A_conversation_without_an_id_was_not_begun()
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(200, "{}");

        await Should.ThrowAsync<ConnectorException>(
            server.Client.CreateConversationAsync(server.Channel.Service, new ConversationParameters(), default));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(201, "{}")]
    [InlineData(202, "not json")]
    [InlineData(200, "[]")]
    public async Task An_answer_need_not_have_an_id(int status, string body)
    {
        await using var server = await ConnectorServer.StartAsync();
        server.Channel.Then(status, body);

        (await SendAsync(server, Activity.Message("hello"))).Id.ShouldBeNull();
        server.Channel.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_enormous_answer_is_not_read_to_its_end()
    {
        await using var server = await ConnectorServer.StartAsync();
        var cut = new TaskCompletionSource();
        server.Channel.Then(async http =>
        {
            using var gone = http.RequestAborted.Register(cut.SetResult);
            var chunk = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // What is hoped for.
            }
        });

        (await SendAsync(server, Activity.Message("hello"))).Id.ShouldBeNull();
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("https://smba.example/.")]
    [InlineData("http://smba.example/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Nothing_is_sent_in_the_clear(string address)
    {
        await using var server = await ConnectorServer.StartAsync();
        var service = new Uri(address);

        var sending = service.Scheme == "https"
            ? server.Client.SendAsync(service, "..", null, Activity.Message("hello"), default)
            : server.Client.SendAsync(service, "c1", null, Activity.Message("hello"), default);

        await Should.ThrowAsync<ArgumentException>(sending);
    }

    [Fact]
    public async Task A_redirection_is_not_followed_so_that_the_token_stays_where_it_belongs()
    {
        await using var server = await ConnectorServer.StartAsync();
        await using var elsewhere = await ChannelServer.StartAsync();
        server.Channel.Then(http =>
        {
            http.Response.Redirect(elsewhere.ServiceUrl, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });

        var failure = await Should.ThrowAsync<ConnectorException>(SendAsync(server, Activity.Message("hello")));

        failure.Status.ShouldBe(HttpStatusCode.TemporaryRedirect);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_replies_take_one_token_until_it_is_nearly_over()
    {
        await using var server = await ConnectorServer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SendAsync(server, Activity.Message($"{i}"))));
        server.Credential.Asked.ShouldBe(1);

        server.Time.Advance(TimeSpan.FromMinutes(56));
        await SendAsync(server, Activity.Message("later"));
        server.Channel.Requests[^1].Authorization.ShouldBe("Bearer token-2");
    }

    [Fact]
    public async Task A_token_outlives_an_issuer_that_is_down_and_then_sending_may_succeed_later()
    {
        await using var server = await ConnectorServer.StartAsync();
        await SendAsync(server, Activity.Message("one"));
        server.Credential.IsDown = true;

        server.Time.Advance(TimeSpan.FromMinutes(56));
        await SendAsync(server, Activity.Message("two"));
        server.Channel.Requests[^1].Authorization.ShouldBe("Bearer token-1");

        server.Time.Advance(TimeSpan.FromMinutes(4));
        var failure = await Should.ThrowAsync<ConnectorException>(SendAsync(server, Activity.Message("three")));
        failure.Code.ShouldBe("TokenUnavailable");
        failure.IsTransient.ShouldBeTrue();
        server.Channel.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Typing_is_sent_every_two_seconds_at_most()
    {
        await using var server = await ConnectorServer.StartAsync();
        var typing = new Activity { Type = ActivityTypes.Typing };

        await SendAsync(server, typing);
        (await SendAsync(server, typing)).Id.ShouldBeNull();
        await SendAsync(server, typing, "another");
        server.Time.Advance(TimeSpan.FromSeconds(2));
        await SendAsync(server, typing);

        server.Channel.Requests.Select(request => request.Path.Split('/')[4]).ShouldBe(["c1", "another", "c1"]);
    }

    private static Task<ResourceResponse> SendAsync(
        ConnectorServer server, Activity activity, string conversation = "c1", string? replyTo = null) =>
        server.Client.SendAsync(server.Channel.Service, conversation, replyTo, activity, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(20));
}
