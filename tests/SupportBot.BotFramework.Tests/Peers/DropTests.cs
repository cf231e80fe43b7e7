using System.Globalization;
using System.Text.Json;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;
using SupportBot.Tests.Peers;

namespace SupportBot.BotFramework.Tests.Peers;

/// <summary>
/// The official client on a bad line. Whatever is under way when the line is cut is lost: parts of frames, posts whose
/// answer never comes, requests to reconnect.
/// </summary>
public sealed class DropTests(DirectLineJs client) : IClassFixture<DirectLineJs>
{
    private const int Drops = 50;
    private const int Seed = 3795;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order_over_fifty_drops_while_both_sides_talk()
    {
        await using var server = await DirectLineServer.StartAsync(o => o.LimitRate = false);
        await using var line = new CuttableLine(server.Address);
        var options = await server.OptionsAsync(Credential.Token, webSocket: true, through: line.Address);
        // The client waits as long before it tries again to reconnect, and gives up requests after that.
        options["timeout"] = 1_000;

        var playing = client.PlayAsync("endure", options, limit: Limit);
        await Waiting.UntilAsync(() => server.Conversations.Count > 0);
        var conversation = server.Conversations.Single();
        using var dropping = new CancellationTokenSource();
        var talking = TalkAsync(server, conversation, dropping.Token);
        await DropAsync(line, playing);
        await dropping.CancelAsync();
        var said = await talking;
        await server.Log.AppendAsync(conversation, Activity.Message("enough"), CancellationToken.None);
        var seen = await playing;

        var stored = await ReadAsync(server, conversation);
        stored.Where(IsUsers).Select(a => a.Text).ShouldBe(Numbers(seen.GetProperty("sent").GetInt32()));
        stored.Where(a => !IsUsers(a)).Select(a => a.Text).ShouldBe([.. Numbers(said), "enough"]);
        var received = seen.GetProperty("received").EnumerateArray().ToList();
        received.Select(Id).ShouldBeUnique();
        // The client itself gives on activities of different frames side by side; who shows them orders them by this.
        received.OrderBy(Answers.Sequence).Select(Id).ShouldBe(stored.Select(a => a.Id));
        // Both sides had something to say all the time, the line was in use, and each drop was answered with one stream.
        seen.GetProperty("sent").GetInt32().ShouldBeGreaterThan(Drops);
        said.ShouldBeGreaterThan(Drops);
        line.Streams.ShouldBeInRange(Drops * 3 / 4, Drops + 1);
    }

    /// <summary>Cuts the line at random moments: mostly soon after a stream is asked for, sometimes while the client is still at it.</summary>
    private static async Task DropAsync(CuttableLine line, Task playing)
    {
        var random = new Random(Seed);
        var streams = 0;
        for (var drop = 0; drop < Drops; drop++)
        {
            if (random.Next(5) > 0)
            {
                await Waiting.UntilAsync(() => line.Streams > streams || playing.IsFaulted);
                streams = line.Streams;
            }

            await Task.Delay(random.Next(80));
            line.Cut();
        }
    }

    /// <returns>How much was said.</returns>
    private static async Task<int> TalkAsync(DirectLineServer server, string conversation, CancellationToken until)
    {
        var random = new Random(Seed);
        var said = 0;
        while (!until.IsCancellationRequested)
        {
            await server.Log.AppendAsync(conversation, Activity.Message(Number(said)), CancellationToken.None);
            said++;
            await Task.Delay(random.Next(15), CancellationToken.None);
        }

        return said;
    }

    private static async Task<List<Activity>> ReadAsync(DirectLineServer server, string conversation)
    {
        var page = await server.Log.ReadAsync(conversation, 0, int.MaxValue, CancellationToken.None);
        return [.. page!.Items.Select(item => ActivityJson.Parse(item.Json))];
    }

    private static string? Id(JsonElement activity) => activity.GetProperty("id").GetString();

    private static bool IsUsers(Activity activity) => activity.From!.Role == RoleTypes.User;

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(Number);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
