using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class ReconnectTests
{
    /// <summary>
    /// A client drops its stream wherever it happens to be, while both sides go on talking, and comes back with the last
    /// watermark it has seen.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_is_lost_or_doubled_however_often_the_stream_drops(int seed)
    {
        const int spoken = 120;
        await using var server = await DirectLineServer.StartAsync(options =>
        {
            options.LimitRate = false;
            options.PageSize = 7;
        });
        var client = await server.StartedClientAsync();
        var random = new Random(seed);
        var talking = TalkAsync(server, client, spoken, new Random(seed));

        var seen = new List<long>();
        var watermark = "";
        while (seen.Count < spoken)
        {
            await using var stream = await client.ConnectAsync(watermark);
            for (var frames = random.Next(1, 5); frames > 0 && seen.Count < spoken; frames--)
            {
                foreach (var activity in (await stream.ActivitySetAsync()).GetProperty("activities").EnumerateArray())
                {
                    seen.Add(activity.Sequence());
                }

                watermark = stream.Watermark!;
            }

            if (random.Next(2) == 0)
            {
                await stream.CloseAsync();
            }
        }

        await talking;
        seen.ShouldBe(Enumerable.Range(1, spoken).Select(i => (long)i));
    }

    [Fact]
    public async Task After_a_reload_the_whole_history_comes_again()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        foreach (var text in new[] { "a", "b", "c" })
        {
            await server.SayAsync(client, text);
        }

        await using var stream = await client.ConnectAsync("0");

        (await stream.ActivitiesAsync(3)).Select(activity => activity.GetProperty("text").GetString()).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_can_be_sent_again()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        await client.SayAsync("first", "c1");
        await server.SayAsync(client, "answer");

        var again = await (await client.SayAsync("first", "c1")).JsonAsync();

        again.GetProperty("id").GetString().ShouldBe(client.ConversationId + "-0000001");
        (await (await client.PollAsync("1")).JsonAsync()).Texts().ShouldBe(["answer"]);
    }

    private static async Task TalkAsync(DirectLineServer server, DirectLineClient client, int count, Random random)
    {
        for (var i = 0; i < count; i++)
        {
            if (random.Next(2) == 0)
            {
                (await client.SayAsync($"user {i}")).EnsureSuccessStatusCode();
            }
            else
            {
                await server.SayAsync(client, $"bot {i}");
            }

            if (random.Next(4) == 0)
            {
                await Task.Delay(random.Next(10), TestContext.Current.CancellationToken);
            }
        }
    }
}
