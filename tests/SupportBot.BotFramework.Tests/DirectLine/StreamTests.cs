using System.Net.WebSockets;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class StreamTests
{
    [Fact]
    public async Task A_stream_brings_what_was_said_before_and_then_what_is_said()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await server.SayAsync(client, "welcome");
        await using var stream = await client.ConnectAsync();

        (await stream.ActivitySetAsync()).Texts().ShouldBe(["welcome"]);
        await client.SayAsync("hi", "c1");

        var echo = (await stream.ActivitySetAsync()).GetProperty("activities")[0];
        echo.GetProperty("text").GetString().ShouldBe("hi");
        echo.GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("c1");
        stream.Watermark.ShouldBe("2");
    }

    [Fact]
    public async Task Every_tab_of_a_conversation_has_its_own_stream()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var one = await client.ConnectAsync();
        await using var other = await client.ConnectAsync();
        await client.SayAsync("hi");

        (await one.ActivitySetAsync()).Texts().ShouldBe(["hi"]);
        (await other.ActivitySetAsync()).Texts().ShouldBe(["hi"]);
    }

    [Fact]
    public async Task Typing_reaches_every_stream_without_moving_the_watermark()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await client.SayAsync("one");
        await using var one = await client.ConnectAsync();
        await using var other = await client.ConnectAsync();
        await one.ActivitySetAsync();
        await other.ActivitySetAsync();

        await client.PostAsync("""{"type":"typing","channelData":{"clientActivityID":"t"}}""");
        var seen = await one.ActivitySetAsync();
        seen.GetRawText().ShouldBe((await other.ActivitySetAsync()).GetRawText());
        await client.SayAsync("two");

        seen.TryGetProperty("watermark", out _).ShouldBeFalse();
        var typing = seen.GetProperty("activities")[0];
        typing.GetProperty("type").GetString().ShouldBe("typing");
        typing.GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        typing.GetProperty("timestamp").GetString().ShouldEndWith("Z");
        typing.GetProperty("from").GetProperty("role").GetString().ShouldBe("user");
        typing.GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("t");
        typing.Sequence().ShouldBe(1);
        (await one.ActivitySetAsync()).Texts().ShouldBe(["two"]);
        one.Watermark.ShouldBe("2");
    }

    [Fact]
    public async Task A_live_answer_goes_through_in_order_and_only_its_end_is_kept()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await client.SayAsync("question");
        await using var stream = await client.ConnectAsync();
        await stream.ActivitySetAsync();

        foreach (var text in new[] { "It", "It takes", "It takes two" })
        {
            server.Signals.PublishEphemeral(client.ConversationId, new Activity { Type = ActivityTypes.Typing, Text = text });
            (await stream.ActivitySetAsync()).Texts().ShouldBe([text]);
        }

        await server.SayAsync(client, "It takes two days.");
        (await stream.ActivitySetAsync()).Texts().ShouldBe(["It takes two days."]);
        (await (await client.PollAsync()).JsonAsync()).Texts().ShouldBe(["question", "It takes two days."]);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive_with_empty_frames()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();

        var quiet = TimeSpan.FromSeconds(15);
        for (var i = 0; i < 3; i++)
        {
            await Waiting.UntilAsync(() => time.IsAwaited(quiet));
            time.Advance(quiet);
            (await stream.FrameAsync()).ShouldBe("");
        }
    }

    [Fact]
    public async Task What_is_announced_before_it_can_be_read_comes_with_the_next_keep_alive()
    {
        var time = new ManualTime();
        await using var server = await DirectLineServer.StartAsync(time: time);
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        var quiet = TimeSpan.FromSeconds(15);
        server.Signals.Appended(client.ConversationId, 1);
        await Waiting.UntilAsync(() => time.IsAwaited(quiet));
        await server.SayAsync(client, "late");
        time.Advance(quiet);

        (await stream.ActivitySetAsync()).Texts().ShouldBe(["late"]);
    }

    [Fact]
    public async Task Small_frames_from_the_client_are_ignored()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        await stream.SendAsync([]);
        await stream.SendAsync("not even JSON"u8.ToArray());
        await stream.SendAsync(new byte[3_000], endOfMessage: false);
        await stream.SendAsync([], endOfMessage: true);
        await client.SayAsync("hi");

        (await stream.ActivitySetAsync()).Texts().ShouldBe(["hi"]);
    }

    [Fact]
    public async Task Large_frames_from_the_client_end_its_stream()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        await stream.SendAsync(new byte[10_000]);

        (await stream.FrameAsync()).ShouldBeNull();
        stream.CloseStatus.ShouldBe(WebSocketCloseStatus.MessageTooBig);
        await Waiting.UntilAsync(() => server.Signals.SubscriberCount(client.ConversationId) == 0);
    }

    [Fact]
    public async Task A_client_that_leaves_is_forgotten()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var polite = await client.ConnectAsync();
        await using var rude = await client.ConnectAsync();
        server.Signals.SubscriberCount(client.ConversationId).ShouldBe(2);
        await polite.CloseAsync();
        polite.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
        await rude.DisposeAsync();

        await Waiting.UntilAsync(() => server.Signals.SubscriberCount(client.ConversationId) == 0);
    }

    [Fact]
    public async Task A_stream_ends_with_its_conversation()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        (await server.Memory.RemoveAsync(client.ConversationId)).ShouldBeTrue();

        (await stream.FrameAsync()).ShouldBeNull();
        (await (await client.ReconnectAsync()).ErrorAsync(404)).ShouldBe("ConversationNotFound");
    }

    [Fact]
    public async Task A_stream_ends_when_the_host_stops()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        var stopping = server.StopAsync();

        (await stream.FrameAsync()).ShouldBeNull();
        stream.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_let_go()
    {
        await using var server = await DirectLineServer.StartAsync(options => options.SendTimeout = TimeSpan.FromSeconds(1));
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        var text = new string('x', 200_000);
        for (var i = 0; i < 150; i++)
        {
            await server.SayAsync(client, text);
        }

        await Waiting.UntilAsync(() => server.Signals.SubscriberCount(client.ConversationId) == 0);
    }

    [Fact]
    public async Task A_stream_that_begins_beyond_the_end_replays_everything()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await server.SayAsync(client, "a");
        await using var stream = await client.ConnectAsync("7");

        (await stream.ActivitySetAsync()).Texts().ShouldBe(["a"]);
        stream.Watermark.ShouldBe("1");
        await server.SayAsync(client, "b");
        (await stream.ActivitySetAsync()).Texts().ShouldBe(["b"]);
    }

    [Fact]
    public async Task An_echo_comes_before_what_answers_it()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            var asked = (await (await client.SayAsync($"question {i}")).JsonAsync()).GetProperty("id").GetString();
            await server.Log.AppendAsync(
                client.ConversationId, Activity.Message($"answer {i}") with { ReplyToId = asked }, CancellationToken.None);
        }

        var known = new HashSet<string?>();
        foreach (var activity in await stream.ActivitiesAsync(40))
        {
            known.Add(activity.GetProperty("id").GetString());
            if (activity.TryGetProperty("replyToId", out var answered))
            {
                known.ShouldContain(answered.GetString());
            }
        }
    }
}
