using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Hosting;

public class AddBotTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_conversation_that_begins_is_a_turn_and_only_once()
    {
        var joined = new List<Activity>();
        await using var server = await BotServer.StartAsync((turn, ct) =>
        {
            joined.Add(turn.Activity);
            return turn.SendActivityAsync("Welcome", ct);
        });
        var client = await server.StartClientAsync("ga-IE");
        await client.StartAsync("ga-IE");

        var welcome = (await client.StoredAsync(1)).ShouldHaveSingleItem();

        welcome.GetProperty("text").GetString().ShouldBe("Welcome");
        welcome.GetProperty("from").GetProperty("role").GetString().ShouldBe("bot");
        welcome.GetProperty("recipient").GetProperty("id").GetString().ShouldBe(client.UserId);
        var update = joined.ShouldHaveSingleItem();
        update.Type.ShouldBe(ActivityTypes.ConversationUpdate);
        update.MembersAdded!.ShouldHaveSingleItem().Id.ShouldBe(client.UserId);
        update.From!.Name.ShouldBe("Ann");
        update.Recipient!.Role.ShouldBe("bot");
        update.Locale.ShouldBe("ga-IE");
        update.Conversation!.Id.ShouldBe(client.ConversationId);
    }

    [Fact]
    public async Task A_clients_own_activity_comes_before_the_reply_and_the_reply_says_what_it_answers()
    {
        await using var server = await BotServer.StartAsync(EchoAsync);
        var client = await server.StartClientAsync();
        await using var stream = await client.ConnectAsync();

        await client.SayAsync("hello");

        var activities = await stream.ActivitiesAsync(2).WaitAsync(Limit);
        activities.Select(activity => activity.GetProperty("text").GetString()).ShouldBe(["hello", "you said hello"]);
        activities[1].GetProperty("replyToId").GetString().ShouldBe(activities[0].GetProperty("id").GetString());
        activities[1].GetProperty("from").GetProperty("id").GetString().ShouldBe("bot");
    }

    [Fact]
    public async Task Each_conversations_turns_come_in_the_order_in_which_they_are_stored()
    {
        const int messages = 40;
        await using var server = await BotServer.StartAsync(EchoAsync, services => services.AddDirectLine(options => options.LimitRate = false));
        var client = await server.StartClientAsync();

        await Task.WhenAll(Enumerable.Range(0, messages).Select(i => client.SayAsync($"{i}")));

        var stored = await client.StoredAsync(2 * messages);
        var said = stored.Where(IsOfUser).Select(TextOf).ToList();
        said.Count.ShouldBe(messages);
        stored.Where(activity => !IsOfUser(activity)).Select(TextOf).ShouldBe(said.Select(text => $"you said {text}"));
    }

    [Fact]
    public async Task What_the_bot_says_is_no_turn_and_a_users_typing_is_none_either()
    {
        var turns = new List<string?>();
        await using var server = await BotServer.StartAsync((turn, ct) =>
        {
            turns.Add(turn.Activity.Type);
            return turn.Activity.Type == ActivityTypes.Event ? turn.SendActivityAsync("got it", ct) : Task.CompletedTask;
        });
        var client = await server.StartClientAsync();

        await client.SayAsync("", "typing");
        await client.SayAsync("", "event");

        await client.StoredAsync(2);
        turns.ShouldBe([ActivityTypes.ConversationUpdate, ActivityTypes.Event]);
    }

    [Fact]
    public async Task A_bots_typing_is_seen_and_not_kept()
    {
        await using var server = await BotServer.StartAsync(async (turn, ct) =>
        {
            if (turn.Activity.Type == ActivityTypes.Message)
            {
                await turn.SendActivityAsync(new Activity { Type = ActivityTypes.Typing }, ct);
                turn.Responded.ShouldBeFalse();
            }
        });
        var client = await server.StartClientAsync();
        await using var stream = await client.ConnectAsync();

        await client.SayAsync("hello");

        var activities = await stream.ActivitiesAsync(2).WaitAsync(Limit);
        activities[1].GetProperty("type").GetString().ShouldBe("typing");
        (await client.StoredAsync(1)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_turn_that_fails_does_not_hold_up_the_next()
    {
        await using var server = await BotServer.StartAsync((turn, ct) =>
            turn.Activity.Text == "bad" ? throw new InvalidOperationException() : EchoAsync(turn, ct));
        var client = await server.StartClientAsync();

        await client.SayAsync("bad");
        await client.SayAsync("good");

        (await client.StoredAsync(3)).Select(TextOf).ShouldBe(["bad", "good", "you said good"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_said_on_direct_line_stays()
    {
        var refused = new TaskCompletionSource<int>();
        await using var server = await BotServer.StartAsync(async (turn, ct) =>
        {
            await Should.ThrowAsync<NotSupportedException>(() => turn.UpdateActivityAsync(Activity.Message("better") with { Id = "x" }, ct));
            await Should.ThrowAsync<NotSupportedException>(() => turn.DeleteActivityAsync("x", ct));
            refused.SetResult(2);
        });

        await server.StartClientAsync();

        (await refused.Task.WaitAsync(Limit)).ShouldBe(2);
    }

    [Fact]
    public async Task The_log_that_was_there_before_is_kept()
    {
        await using var server = await BotServer.StartAsync(
            EchoAsync, services => services.AddSingleton<InMemoryActivityLog>().AddSingleton<IActivityLog>(
                provider => provider.GetRequiredService<InMemoryActivityLog>()));
        var client = await server.StartClientAsync();

        await client.SayAsync("hello");
        await client.StoredAsync(2);

        var page = await server.Get<InMemoryActivityLog>().ReadAsync(client.ConversationId, 0, 10, CancellationToken.None);
        page!.Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_bot_answers_on_the_connector()
    {
        await using var server = await BotServer.StartAsync(EchoAsync);

        var answer = await server.Http.PostAsJsonAsync("/api/messages", new
        {
            type = "message",
            text = "hello",
            channelId = "emulator",
            from = new { id = "u" },
            conversation = new { id = "c" },
            deliveryMode = "expectReplies",
        });

        (await answer.JsonAsync()).Texts().ShouldBe(["you said hello"]);
    }

    private static Task EchoAsync(TurnContext turn, CancellationToken ct) => turn.Activity.Type == ActivityTypes.Message
        ? turn.SendActivityAsync($"you said {turn.Activity.Text}", ct)
        : Task.CompletedTask;

    private static bool IsOfUser(JsonElement activity) => activity.GetProperty("from").GetProperty("role").GetString() == "user";

    private static string TextOf(JsonElement activity) => activity.GetProperty("text").GetString()!;
}
