using System.Collections.Concurrent;
using SupportBot.Turns;

namespace SupportBot.Tests.Turns;

public sealed class TurnQueueTests
{
    [Fact]
    public async Task A_conversation_is_with_one_worker_at_a_time_and_no_request_is_lost()
    {
        var queue = new TurnQueue();
        var asked = new int[8];
        var done = new int[8];
        var busy = new ConcurrentDictionary<string, bool>();
        using var end = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var id = await queue.DequeueAsync(end.Token);
                busy.TryAdd(id, true).ShouldBeTrue("two workers had the same conversation");
                var index = int.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
                Volatile.Write(ref done[index], Volatile.Read(ref asked[index]));
                await Task.Yield();
                busy.TryRemove(id, out var _);
                queue.Done(id);
            }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5000; i++)
            {
                var index = random.Next(8);
                Interlocked.Increment(ref asked[index]);
                queue.Enqueue(index.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        })));

        await Running.Eventually.HoldsAsync(() => Task.FromResult(done.SequenceEqual(asked)), "all requests seen");
        await end.CancelAsync();
        foreach (var worker in workers)
        {
            await Should.ThrowAsync<OperationCanceledException>(worker);
        }
    }
}
