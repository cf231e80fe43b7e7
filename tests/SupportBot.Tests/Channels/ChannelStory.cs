using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Channels;

/// <summary>A conversation that came in through <c>/api/messages</c> is like any other to the bot, the console and the reports.</summary>
public sealed class ChannelStory(ChannelService running) : IClassFixture<ChannelService>
{
    private Service Service => running.Service;

    [Fact]
    public async Task A_customer_on_a_channel_is_greeted_once_answered_with_links_and_handed_to_an_agent()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        foreach (var member in (string[])["28:bot", "29:user", "29:user"])
        {
            var joined = channel.Activity("conversationUpdate");
            joined["membersAdded"] = new JsonArray(new JsonObject { ["id"] = member });
            (await channel.PostAsync(joined)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var answer = await channel.AskAsync("How long do I have to return something?");
        channel.Received.Count(a => ((string?)a["text"])?.Contains("Pip") == true && a["replyToId"] is null).ShouldBe(1);
        ((string)answer["text"]!).ShouldContain("[1] [");
        ((string)answer["text"]!).ShouldContain("/help/");
        ((string)answer["from"]!["id"]!).ShouldBe("28:bot");
        ((string)answer["recipient"]!["id"]!).ShouldBe("29:user");
        ((string)answer["conversation"]!["id"]!).ShouldBe(channel.Conversation);
        answer["id"].ShouldBeNull();
        answer["suggestedActions"]!["to"]!.AsArray().ShouldBeEmpty();

        await using var agent = await Service.AgentAsync();
        await channel.AskAsync("Let me talk to a human please");
        var waiting = await agent.EventAsync("ConversationChanged", a => (string?)a[0]!["channel"] == "msteams" && (string?)a[0]!["state"] == "waiting");
        var id = (string)waiting[0]!["id"]!;
        ((string)waiting[0]!["customerName"]!).ShouldBe("Aoife Byrne");
        (await agent.OutcomeAsync("Claim", id)).ShouldBe("claimed");
        (await agent.OutcomeAsync("Reply", id, "r1", "Hello, how can I help?")).ShouldBe("sent");
        await channel.WaitForAsync("Maeve joined");
        ((string)(await channel.WaitForAsync("how can I help"))["text"]!).ShouldBe("Maeve: Hello, how can I help?");
        (await agent.OutcomeAsync("Resolve", id)).ShouldBe("resolved");
        await channel.WaitForAsync("closed the conversation");

        await using var db = await Service.DatabaseAsync();
        (await db.Timings.Where(t => t.ConversationId == id).Select(t => t.Metric.ToString()).ToListAsync())
            .ShouldBe(["BotFirstResponse", "NextResponse", "TimeToHuman", "HumanFirstResponse", "Resolution"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_channel_sends_twice_is_answered_once()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        var question = channel.Activity("message", "How long do I have to return something?");
        await channel.PostAsync(question);
        await channel.PostAsync(question);
        await channel.AskAsync("What does delivery cost?");

        channel.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_channel_that_is_out_of_order_for_a_while_gets_everything_in_order()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        channel.RefuseNext(503, 502, 500, 503, 500, 503);
        var first = await channel.SayAsync("How long do I have to return something?");
        await Eventually.HoldsAsync(() => Task.FromResult(channel.Refused > 0), "a refused reply");
        var second = await channel.SayAsync("What does delivery cost?");

        await Eventually.HoldsAsync(() => Task.FromResult(channel.Received.Count == 2), "both replies");
        channel.Received.Select(a => (string?)a["replyToId"]).ShouldBe([first, second]);
    }

    [Fact]
    public async Task A_reply_that_a_channel_refuses_for_good_is_given_up_and_the_next_one_goes_out()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        channel.RefuseNext(400);
        await channel.SayAsync("How long do I have to return something?");
        await channel.AskAsync("What does delivery cost?");

        channel.Received.Count.ShouldBe(1);
        await using var db = await Service.DatabaseAsync();
        var given = await db.Outbox.SingleAsync(o => !o.Open && o.DoneAt == null && db.Activities.Any(a => a.ActivityId == o.Key));
        given.LastError!.ShouldContain("400");
    }

    [Fact]
    public async Task A_channel_that_waits_for_replies_gets_them_in_the_answer_and_nothing_else()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        var question = channel.Activity("message", "How long do I have to return something?");
        question["deliveryMode"] = "expectReplies";

        using var response = await channel.PostAsync(question);

        var replies = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["activities"]!.AsArray();
        ((string)replies.ShouldHaveSingleItem()!["text"]!).ShouldContain("/help/");
        await channel.AskAsync("What does delivery cost?");
        channel.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Edits_and_deletions_are_in_the_transcript()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        await channel.AskAsync("Let me talk to a human please");
        var said = await channel.SayAsync("My order is TT-123456");
        await channel.PostAsync(channel.Activity("messageUpdate", "My order is TT-654321", said));
        await channel.PostAsync(channel.Activity("messageDelete", null, said));

        await using var db = await Service.DatabaseAsync();
        var conversation = await db.Conversations.SingleAsync(c => db.ChannelAddresses.Any(a => a.ConversationId == c.Id && a.ServiceUrl == channel.ServiceUrl));
        await using var agent = await Service.AgentAsync();
        var texts = (await agent.CallAsync("Watch", conversation.Id, 0))!["page"]!["items"]!.AsArray().Select(i => (string)i!["text"]!).ToList();
        texts.ShouldContain("Aoife Byrne changed an earlier message to: “My order is TT-654321”");
        texts.ShouldContain("Aoife Byrne took an earlier message back.");
        var update = await db.Activities.SingleAsync(a => a.ConversationId == conversation.Id && a.Type == "messageUpdate");
        (await db.Activities.SingleAsync(a => a.ConversationId == conversation.Id && a.ClientId == said)).ActivityId
            .ShouldBe((string?)JsonNode.Parse(update.Json)!["replyToId"]);
    }

    [Fact]
    public async Task In_a_group_the_mention_of_the_bot_is_not_part_of_the_question()
    {
        await using var channel = await FakeChannel.OpenAsync(Service);
        var question = channel.Activity("message", "<at>Pip</at> How long do I have to return something?");
        question["entities"] = new JsonArray(new JsonObject
        {
            ["type"] = "mention",
            ["text"] = "<at>Pip</at>",
            ["mentioned"] = new JsonObject { ["id"] = "28:bot", ["name"] = "Pip" },
        });
        await channel.PostAsync(question);

        await channel.WaitForAsync("/help/");
        await using var db = await Service.DatabaseAsync();
        (await db.Conversations.SingleAsync(c => db.ChannelAddresses.Any(a => a.ConversationId == c.Id && a.ServiceUrl == channel.ServiceUrl))).Subject
            .ShouldBe("How long do I have to return something?");
    }
}

/// <summary>A service that takes unauthenticated local channels.</summary>
public sealed class ChannelService : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await Service.StartAsync(builder => builder.Configuration["Connector:AllowUnauthenticated"] = "true");

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
