using System.Text.Json;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class ActivityTests
{
    [Fact]
    public async Task What_a_client_says_comes_back_as_its_echo()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var posted = await (await client.PostAsync("""
            {"type":"message","text":"hello","from":{"id":"dl_impostor","name":"Ann","role":"bot"},"localTimezone":"Europe/Dublin",
             "id":"mine","timestamp":"1999-01-01T00:00:00Z","serviceUrl":"https://evil.example","conversation":{"id":"other"},
             "channelId":"email","recipient":{"id":"x"},"deliveryMode":"stream","entities":[{"type":"ClientCapabilities"}],
             "channelData":{"clientActivityID":"c1","webchat:sequence-id":999,"postBack":true}}
            """)).JsonAsync();

        var echo = (await (await client.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        echo.GetProperty("id").GetString().ShouldBe(posted.GetProperty("id").GetString());
        echo.GetProperty("id").GetString().ShouldBe(client.ConversationId + "-0000001");
        echo.GetProperty("from").GetRawText().ShouldBe($$"""{"id":"{{client.UserId}}","name":"Ann","role":"user"}""");
        echo.GetProperty("conversation").GetRawText().ShouldBe($$"""{"id":"{{client.ConversationId}}"}""");
        echo.GetProperty("channelId").GetString().ShouldBe("directline");
        echo.GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("c1");
        echo.Sequence().ShouldBe(1);
        echo.GetProperty("timestamp").GetDateTimeOffset().Year.ShouldBeGreaterThan(2000);
        echo.GetProperty("localTimezone").GetString().ShouldBe("Europe/Dublin");
        echo.TryGetProperty("serviceUrl", out _).ShouldBeFalse();
        echo.TryGetProperty("recipient", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Sending_again_with_the_same_client_id_stores_nothing_new()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.SayAsync("once", "same")));

        var ids = new HashSet<string>();
        foreach (var answer in answers)
        {
            ids.Add((await answer.JsonAsync()).GetProperty("id").GetString()!);
        }

        ids.Count.ShouldBe(1);
        (await (await client.PollAsync()).JsonAsync()).Texts().ShouldBe(["once"]);
    }

    [Fact]
    public async Task Polling_goes_on_after_the_watermark()
    {
        await using var server = await DirectLineServer.StartAsync(options => options.PageSize = 2);
        var client = await server.StartedClientAsync();
        foreach (var text in new[] { "a", "b", "c", "d", "e" })
        {
            await server.SayAsync(client, text);
        }

        var (watermark, pages) = ("", new List<string>());
        do
        {
            var page = await (await client.PollAsync(watermark)).JsonAsync();
            watermark = page.GetProperty("watermark").GetString()!;
            pages.Add(string.Concat(page.Texts()));
        }
        while (pages[^1].Length > 0);

        pages.ShouldBe(["ab", "cd", "e", ""]);
        watermark.ShouldBe("5");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("null")]
    [InlineData("undefined")]
    [InlineData("-5")]
    [InlineData("1.0")]
    [InlineData("%2B1")]
    [InlineData("%201")]
    [InlineData("1%00")]
    [InlineData("99999999999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("3")]
    [InlineData("1&watermark=1")]
    [InlineData("%F0%9F%91%8B%22%27")]
    public async Task A_watermark_that_means_nothing_replays_everything(string watermark)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await server.SayAsync(client, "a");
        await server.SayAsync(client, "b");

        var page = await (await client.PollAsync(watermark)).JsonAsync();

        page.Texts().ShouldBe(["a", "b"]);
        page.GetProperty("watermark").GetString().ShouldBe("2");
        await using var stream = await client.ConnectAsync(watermark);
        (await stream.ActivitiesAsync(2)).Select(activity => activity.Sequence()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Only_messages_typing_and_events_are_forwarded_yet_all_are_counted()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        string[] types = ["message", "conversationUpdate", "event", "invoke", "trace", "endOfConversation", "typing", "custom"];
        foreach (var type in types)
        {
            await server.Log.AppendAsync(client.ConversationId, new Activity { Type = type, Text = type }, CancellationToken.None);
        }

        var page = await (await client.PollAsync()).JsonAsync();

        page.Texts().ShouldBe(["message", "event", "typing"]);
        page.GetProperty("watermark").GetString().ShouldBe("8");
        await using var stream = await client.ConnectAsync();
        (await stream.ActivitiesAsync(3)).Select(activity => activity.Sequence()).ShouldBe([1, 3, 7]);
    }

    [Fact]
    public async Task A_large_page_comes_in_pieces_that_lose_nothing()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var texts = Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), 5_000 * (i % 7) + i)).ToList();
        foreach (var text in texts)
        {
            await server.SayAsync(client, text);
        }

        var (watermark, polled) = ("", new List<string>());
        while (watermark != "40")
        {
            var page = await (await client.PollAsync(watermark)).JsonAsync();
            polled.AddRange(page.Texts());
            watermark = page.GetProperty("watermark").GetString()!;
        }

        polled.ShouldBe(texts);
        await using var stream = await client.ConnectAsync();
        (await stream.ActivitiesAsync(40)).Select(activity => activity.GetProperty("text").GetString()).ShouldBe(texts!);
    }

    [Fact]
    public async Task Typing_is_not_stored_and_seen_by_the_host()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var typists = new List<string?>();
        server.Signals.EphemeralPublished += (conversationId, activity) =>
        {
            conversationId.ShouldBe(client.ConversationId);
            typists.Add(activity.From!.Id);
        };

        var posted = await client.PostAsync("""{"type":"typing","from":{"id":"dl_impostor"}}""");

        (await posted.JsonAsync()).GetProperty("id").GetString().ShouldStartWith(client.ConversationId + "-e");
        typists.ShouldBe([client.UserId]);
        (await (await client.PollAsync()).JsonAsync()).GetProperty("activities").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_name_that_the_site_vouched_for_is_not_the_clients_to_change()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = new DirectLineClient(server, await server.Tokens.IssueAsync(DirectLineServer.Demo, userName: "Ann"));
        await client.StartAsync();

        await client.PostAsync("""{"type":"message","text":"hi","from":{"name":"The boss"}}""");

        var echo = (await (await client.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        echo.GetProperty("from").GetProperty("name").GetString().ShouldBe("Ann");
    }

    [Fact]
    public async Task Very_long_names_are_cut_between_characters()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var name = new string('a', 255) + "👋";

        await client.PostAsync(JsonSerializer.Serialize(new { type = "message", text = "hi", from = new { name } }));

        var echo = (await (await client.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        echo.GetProperty("from").GetProperty("name").GetString().ShouldBe(name[..255]);
    }
}
