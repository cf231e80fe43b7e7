using System.Collections.Concurrent;
using System.Net;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Activities that are acknowledged before the bot sees them.</summary>
public class TurnOrderTests
{
    [Fact]
    public async Task Each_conversation_is_handled_in_order_and_conversations_side_by_side()
    {
        const int conversations = 8;
        const int messages = 25;
        var seen = new ConcurrentDictionary<string, ConcurrentQueue<string>>();
        var busy = new ConcurrentDictionary<string, int>();
        var sideBySide = 0;
        await using var server = await ConnectorServer.StartAsync(async (turn, _) =>
        {
            var id = turn.Activity.Conversation!.Id!;
            busy.AddOrUpdate(id, 1, (_, count) => count + 1).ShouldBe(1);
            InterlockedMax(ref sideBySide, busy.Values.Sum());
            await Task.Delay(1);
            seen.GetOrAdd(id, _ => new ConcurrentQueue<string>()).Enqueue(turn.Activity.Text!);
            busy[id] = 0;
        });

        await Task.WhenAll(Enumerable.Range(0, conversations).Select(async conversation =>
        {
            for (var i = 0; i < messages; i++)
            {
                (await server.BringAsync(server.Message($"{i}", $"c{conversation}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            }
        }));

        await server.StopAsync();
        seen.Count.ShouldBe(conversations);
        seen.Values.ShouldAllBe(texts => texts.SequenceEqual(Enumerable.Range(0, messages).Select(i => $"{i}")));
        sideBySide.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Not_more_conversations_are_answered_at_once_than_allowed()
    {
        var busy = 0;
        var most = 0;
        var done = 0;
        var areTwo = new TaskCompletionSource();
        await using var server = await ConnectorServer.StartAsync(
            async (_, _) =>
            {
                var now = Interlocked.Increment(ref busy);
                InterlockedMax(ref most, now);
                if (now == 2)
                {
                    areTwo.TrySetResult();
                }

                await areTwo.Task.WaitAsync(TimeSpan.FromSeconds(20));
                Interlocked.Decrement(ref busy);
                Interlocked.Increment(ref done);
            },
            options => options.MaxConcurrentTurns = 2);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => server.BringAsync(server.Message("hello", $"c{i}"))));
        await server.StopAsync();

        done.ShouldBe(30);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task A_bot_that_is_behind_says_so()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var server = await ConnectorServer.StartAsync(
            (_, _) =>
            {
                begun.TrySetResult();
                return gate.Task;
            },
            options => options.MaxWaitingTurns = 2);
        await server.BringAsync(server.Message("at work"));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await server.BringAsync(server.Message("waits"));
        await server.BringAsync(server.Message("waits too"));

        var answer = await server.BringAsync(server.Message("too much"));
        var another = await server.BringAsync(server.Message("too much", "another"));

        (await answer.ErrorAsync(429)).ShouldBe("TooManyTurns");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await another.ErrorAsync(429)).ShouldBe("TooManyTurns");
        gate.SetResult();
        await server.StopAsync();
    }

    [Fact]
    public async Task Places_become_free_again()
    {
        var done = 0;
        await using var server = await ConnectorServer.StartAsync(
            (_, _) =>
            {
                Interlocked.Increment(ref done);
                throw new InvalidOperationException("A turn that fails takes up no place either.");
            },
            options => options.MaxWaitingTurns = 1);

        for (var i = 1; i <= 5; i++)
        {
            (await server.BringAsync(server.Message())).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await Waiting.UntilAsync(() => Volatile.Read(ref done) == i);
        }
    }

    [Fact]
    public async Task What_was_acknowledged_is_done_before_the_host_stops()
    {
        var gate = new TaskCompletionSource();
        var done = 0;
        await using var server = await ConnectorServer.StartAsync(async (turn, ct) =>
        {
            await gate.Task;
            await turn.SendActivityAsync(turn.Activity.Text!, ct);
            Interlocked.Increment(ref done);
        });
        for (var i = 0; i < 10; i++)
        {
            (await server.BringAsync(server.Message($"{i}", $"c{i % 3}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        var stopping = server.StopAsync();
        gate.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        done.ShouldBe(10);
        server.Channel.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_bot_that_does_not_end_is_cancelled_when_the_host_loses_patience()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var server = await ConnectorServer.StartAsync(async (_, ct) =>
        {
            begun.SetResult();
            using var ended = ct.Register(cancelled.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        });
        await server.BringAsync(server.Message());
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        using var patience = new CancellationTokenSource();
        var stopping = server.StopAsync(patience.Token);
        await patience.CancelAsync();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Should.NotThrowAsync(stopping.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_turn_that_takes_too_long_is_cancelled_and_the_next_one_begins()
    {
        var turns = 0;
        await using var server = await ConnectorServer.StartAsync(
            async (_, ct) =>
            {
                if (Interlocked.Increment(ref turns) == 1)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, ct);
                }
            },
            options => options.TurnTimeout = TimeSpan.FromMinutes(1));
        await server.BringAsync(server.Message("one"));
        await server.BringAsync(server.Message("two"));
        await Waiting.UntilAsync(() => Volatile.Read(ref turns) == 1);

        server.Time.Advance(TimeSpan.FromMinutes(1));

        await Waiting.UntilAsync(() => Volatile.Read(ref turns) == 2);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var known = Volatile.Read(ref target);
        while (value > known)
        {
            known = Interlocked.CompareExchange(ref target, value, known);
        }
    }
}
