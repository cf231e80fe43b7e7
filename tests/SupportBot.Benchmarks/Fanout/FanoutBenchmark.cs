using System.Globalization;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Fanout;

/// <summary>What is run.</summary>
/// <param name="Sockets">How many sockets, each on a conversation of its own.</param>
/// <param name="Rounds">How often a message goes to all of them.</param>
public sealed record FanoutPlan(int Sockets, int Rounds)
{
    /// <summary>Rounds that are not measured.</summary>
    public const int WarmUp = 10;

    /// <summary>How long it is quiet before a round.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan ForStarting = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PerSocket = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PerRound = TimeSpan.FromSeconds(5);

    public TimeSpan Limit => ForStarting + (Sockets * PerSocket) + ((Rounds + WarmUp) * PerRound);
}

/// <summary>
/// The verb <c>fanout</c>: a message is stored in each of many conversations, one right after the other, and each conversation's socket is
/// to have its frame soon. What is told is from the log to the client, whose own work on the same processors is part of it.
/// </summary>
public static class FanoutBenchmark
{
    public static Task<int> RunAsync(FanoutPlan plan, bool json, CancellationToken ct) =>
        Measurement.RunAsync((time, ending) => MeasureAsync(plan, time, ending), plan.Limit, json, ct);

    private static async Task<IFindings> MeasureAsync(FanoutPlan plan, TimeProvider time, CancellationToken ct)
    {
        await using var server = await DirectLineServer.StartAsync(ct);
        await using var audience = await Audience.OpenAsync(server, plan.Sockets, time, ct);

        async Task<FanoutRound> RoundAsync()
        {
            // Our own garbage is not the server's to pay for.
            GC.Collect();
            await Task.Delay(FanoutPlan.Pause, time, ct);
            return FanoutRound.Of(await audience.HearAsync(ct));
        }

        for (var i = 0; i < FanoutPlan.WarmUp; i++)
        {
            await RoundAsync();
        }

        var rounds = new List<FanoutRound>();
        for (var i = 1; i <= plan.Rounds; i++)
        {
            var round = await RoundAsync();
            rounds.Add(round);
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Round {i}: p50 {round.P50:0.00} ms, p99 {round.P99:0.00} ms, ratio {round.Ratio:0.00}"));
        }

        return new FanoutFindings(plan, rounds);
    }
}
