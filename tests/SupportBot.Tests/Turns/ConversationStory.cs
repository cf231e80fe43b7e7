using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>What a customer lives through, over Direct Line, with the sample company.</summary>
public sealed class ConversationStory(SampleService sample) : IClassFixture<SampleService>
{
    private Service Service => sample.Service;

    [Fact]
    public async Task A_question_is_answered_from_an_article_with_a_citation_that_opens()
    {
        var customer = await Service.CustomerAsync();

        var answer = await customer.AskAsync("How long do I have to return something?");

        ((string)answer["text"]!).ShouldContain("[1]");
        var message = answer["entities"]!.AsArray().Single(e => (string?)e!["type"] == "https://schema.org/Message")!;
        var url = (string)message["citation"]![0]!["appearance"]!["url"]!;
        url.ShouldStartWith($"{Service.BaseAddress}help/");
        var page = await Service.Http.GetStringAsync(new Uri(url));
        page.ShouldContain($"<h1>{(string)message["citation"]![0]!["appearance"]!["name"]!}</h1>");
        answer["suggestedActions"]!["actions"]!.AsArray().Select(a => (string)a!["title"]!).ShouldContain("Talk to a person");
    }

    [Fact]
    public async Task The_greeting_comes_first_and_everything_is_numbered_without_gaps()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Do you deliver to Norway?");

        var log = await customer.ReadAsync();

        ((string)log[0]["text"]!).ShouldContain("Pip");
        log.Select(a => (long)a["channelData"]!["webchat:sequence-id"]!).ShouldBe([1, 2, 3]);
        log.Select(a => (string)a["from"]!["role"]!).ShouldBe(["bot", "user", "bot"]);
    }

    [Fact]
    public async Task A_message_sent_twice_with_the_same_client_id_is_one_message_with_one_reply()
    {
        var customer = await Service.CustomerAsync();

        var first = await customer.SayAsync("What does express delivery cost?", "client-1");
        var second = await customer.SayAsync("What does express delivery cost?", "client-1");
        await customer.AskAsync("And which payment methods do you take?");

        second.ShouldBe(first);
        (await customer.ReadAsync()).Count(a => (string?)a["replyToId"] == first).ShouldBe(1);
    }

    [Fact]
    public async Task Messages_sent_at_once_are_each_answered_once_in_their_order()
    {
        var customer = await Service.CustomerAsync();
        string[] questions = ["Do you sell gift cards?", "What is the warranty on tents?", "How do I wash a down jacket?", "Which payment methods are there?", "How do I reset my password?"];

        var ids = await Task.WhenAll(questions.Select(q => customer.SayAsync(q)));
        await Eventually.HoldsAsync(async () => (await customer.ReadAsync()).Count(a => a["replyToId"] is not null) == ids.Length, "all replies");

        var log = await customer.ReadAsync();
        var asked = log.Where(a => ids.Contains((string?)a["id"])).Select(a => (string)a["id"]!);
        log.Where(a => a["replyToId"] is not null).Select(a => (string)a["replyToId"]!).ShouldBe(asked);
    }

    [Fact]
    public async Task Saying_that_it_is_solved_ends_the_clock()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("How long do I have to return something?");

        await customer.AskAsync("That solved it");

        await using var db = await Service.DatabaseAsync();
        var timings = await db.Timings.Where(t => t.ConversationId == customer.ConversationId).Select(t => t.Metric).ToListAsync();
        timings.ShouldBe([Metric.BotFirstResponse, Metric.NextResponse, Metric.Resolution], ignoreOrder: true);
    }

    [Fact]
    public async Task Whatever_breaks_in_the_bot_ends_with_a_human()
    {
        var customer = await Service.CustomerAsync();
        await using (var db = await Service.DatabaseAsync())
        {
            await db.Conversations.Where(c => c.Id == customer.ConversationId).ExecuteUpdateAsync(u => u.SetProperty(c => c.Dialogue, "not json"));
        }

        var reply = await customer.AskAsync("Do you deliver to Norway?");

        ((string)reply["text"]!).ShouldContain("colleague");
        await using var after = await Service.DatabaseAsync();
        (await after.Handoffs.SingleAsync(h => h.ConversationId == customer.ConversationId)).ReasonCode.ShouldBe("BotFailure");
    }

    [Fact]
    public async Task A_button_without_text_says_its_value()
    {
        var customer = await Service.CustomerAsync();

        var id = (string)(await customer.PostAsync(new { type = "message", from = new { id = "me" }, value = "Talk to a person", channelData = new { postBack = true } }))["id"]!;

        await Eventually.HoldsAsync(async () => (await customer.ReadAsync()).Any(a => (string?)a["replyToId"] == id), "a reply");
        await using var db = await Service.DatabaseAsync();
        (await db.Handoffs.AnyAsync(h => h.ConversationId == customer.ConversationId)).ShouldBeTrue();
    }
}

/// <summary>One service for the tests of a class.</summary>
public sealed class SampleService : IAsyncLifetime
{
    public Service Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await Service.StartAsync();

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
