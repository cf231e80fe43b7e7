namespace SupportBot.Benchmarks.Turns;

/// <summary>One round of one contender.</summary>
/// <param name="Elapsed">From the first question to the last reply.</param>
/// <param name="Latencies">Of every turn that got its reply, in milliseconds, in no order.</param>
/// <param name="Unanswered">Turns without a reply.</param>
/// <param name="BotTime">Processor time that the bot used.</param>
/// <param name="LoadTime">Processor time that the load generator used.</param>
public sealed record RoundResult(TimeSpan Elapsed, IReadOnlyList<double> Latencies, int Unanswered, TimeSpan BotTime, TimeSpan LoadTime)
{
    public double TurnsPerSecond => Latencies.Count / Elapsed.TotalSeconds;
}

/// <summary>All conversations at once, one turn at a time in each, for as long as a round lasts.</summary>
public static class Round
{
    /// <summary>How long a reply is waited for.</summary>
    public static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(10);

    public static async Task<RoundResult> RunAsync(IContender contender, int conversations, TimeSpan length, TimeProvider time, CancellationToken ct)
    {
        // Garbage of the other contender's round is not this one's to pay for.
        GC.Collect();
        var (botBefore, loadBefore) = (contender.ProcessorTime, Environment.CpuUsage.TotalTime);
        var start = time.GetTimestamp();
        var talks = await Task.WhenAll(Enumerable.Range(0, conversations).Select(i => TalkAsync(contender, i, start, length, time, ct)));
        return new RoundResult(
            time.GetElapsedTime(start),
            [.. talks.SelectMany(t => t.Latencies)],
            talks.Sum(t => t.Unanswered),
            contender.ProcessorTime - botBefore,
            Environment.CpuUsage.TotalTime - loadBefore);
    }

    private static async Task<(List<double> Latencies, int Unanswered)> TalkAsync(
        IContender contender, int conversation, long start, TimeSpan length, TimeProvider time, CancellationToken ct)
    {
        await Task.Yield();
        var latencies = new List<double>(capacity: 4096);
        var unanswered = 0;

        // Every conversation begins elsewhere: at any moment the bot is asked different things.
        for (var next = conversation; time.GetElapsedTime(start) < length; next++)
        {
            var asked = time.GetTimestamp();
            if (await contender.AskAsync(conversation, Questions.All[next % Questions.All.Count], ct) is { } replied)
            {
                latencies.Add(time.GetElapsedTime(asked, replied).TotalMilliseconds);
            }
            else
            {
                unanswered++;
            }
        }

        return (latencies, unanswered);
    }
}
