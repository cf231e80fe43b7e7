using System.Text.Json;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Hosting;

public class LiveReplyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task An_answer_is_shown_while_it_is_written_and_kept_when_it_is_done()
    {
        var time = new ManualTime();
        var isSeen = new TaskCompletionSource();
        await using var server = await BotServer.StartAsync(async (turn, ct) =>
        {
            if (turn.Activity.Type == ActivityTypes.Message)
            {
                var reply = turn.StartStream(Pace, time);
                foreach (var word in new[] { "We", " deliver", " in", " two" })
                {
                    await reply.AppendAsync(word, ct);
                    time.Advance(Pace / 2);
                }

                // Parts that nobody has got yet are not shown any more once the answer is there.
                await isSeen.Task.WaitAsync(Limit, ct);
                await reply.FinishAsync(Activity.Message("We deliver in two days."), ct);
            }
        });
        var client = await server.StartClientAsync();
        await using var stream = await client.ConnectAsync();

        await client.SayAsync("When?");

        var shown = (await stream.ActivitiesAsync(3).WaitAsync(Limit)).Skip(1).ToList();
        isSeen.SetResult();
        shown.AddRange(await stream.ActivitiesAsync(1).WaitAsync(Limit));
        var first = shown[0];
        var id = first.GetProperty("id").GetString();
        first.GetProperty("type").GetString().ShouldBe("typing");
        first.GetProperty("text").GetString().ShouldBe("We");
        StreamOf(first).ShouldBe(("streaming", 1, null));
        shown[1].GetProperty("text").GetString().ShouldBe("We deliver in");
        StreamOf(shown[1]).ShouldBe(("streaming", 2, id));
        shown[2].GetProperty("type").GetString().ShouldBe("message");
        shown[2].GetProperty("text").GetString().ShouldBe("We deliver in two days.");
        StreamOf(shown[2]).ShouldBe(("final", null, id));
        var stored = await client.StoredAsync(2);
        stored.Select(activity => activity.GetProperty("text").GetString()).ShouldBe(["When?", "We deliver in two days."]);
    }

    [Fact]
    public async Task Where_it_cannot_be_shown_only_the_finished_answer_is_sent()
    {
        var adapter = new BlindAdapter();
        var turn = new TurnContext(Activity.Message("When?"), adapter);
        var time = new ManualTime();

        var reply = turn.StartStream(Pace, time);
        for (var i = 0; i < 3; i++)
        {
            await reply.AppendAsync("word ");
            time.Advance(Pace);
        }

        await reply.FinishAsync();

        adapter.Shown.ShouldBe(1);
        var sent = adapter.Sent.ShouldHaveSingleItem();
        sent.Text.ShouldBe("word word word ");
        sent.ChannelData.ShouldBeNull();
    }

    [Fact]
    public async Task A_finished_answer_is_finished()
    {
        var reply = new TurnContext(Activity.Message("When?"), new BlindAdapter()).StartStream();
        await reply.FinishAsync(Activity.Message("Now."));

        await Should.ThrowAsync<InvalidOperationException>(reply.AppendAsync("more"));
        await Should.ThrowAsync<InvalidOperationException>(async () => await reply.FinishAsync());
    }

    private static (string? Type, int? Sequence, string? Id) StreamOf(JsonElement activity)
    {
        var data = activity.GetProperty("channelData");
        return (
            data.GetProperty("streamType").GetString(),
            data.TryGetProperty("streamSequence", out var sequence) ? sequence.GetInt32() : null,
            data.TryGetProperty("streamId", out var id) ? id.GetString() : null);
    }

    /// <summary>A channel that shows nothing that is not sent.</summary>
    private sealed class BlindAdapter : BotAdapter
    {
        public List<Activity> Sent { get; } = [];

        public int Shown { get; private set; }

        public override Task<string?> SendAsync(TurnContext turn, Activity activity, CancellationToken ct)
        {
            Sent.Add(activity);
            return Task.FromResult<string?>(null);
        }

        public override Task<string?> ShowAsync(TurnContext turn, Activity activity, CancellationToken ct)
        {
            Shown++;
            return base.ShowAsync(turn, activity, ct);
        }

        public override Task UpdateAsync(TurnContext turn, Activity activity, CancellationToken ct) => throw new NotSupportedException();

        public override Task DeleteAsync(TurnContext turn, string activityId, CancellationToken ct) => throw new NotSupportedException();
    }
}
