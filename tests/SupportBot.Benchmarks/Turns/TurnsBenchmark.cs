using System.Globalization;
using SupportBot.Benchmarks.Contenders;

namespace SupportBot.Benchmarks.Turns;

/// <summary>
/// The verb <c>turns</c>. Both bots run for the whole time and take turns, round by round, so that what else happens on the machine
/// meets both; the ratio is taken pair by pair.
/// </summary>
public static class TurnsBenchmark
{
    /// <summary>The exit code after Ctrl+C, as shells count: 128 and the number of the signal.</summary>
    private const int Interrupted = 130;

    /// <returns>0; 1 when a turn got no reply or a bot did not start; 130 when interrupted.</returns>
    public static async Task<int> RunAsync(TurnsPlan plan, bool json, CancellationToken ct)
    {
        var time = TimeProvider.System;
        using var limit = new CancellationTokenSource(plan.Limit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            var comparison = await CompareAsync(plan, time, ending.Token);
            Console.WriteLine(json ? Report.ToJson(comparison) : Report.Table(comparison));
            if (comparison.EveryTurnAnswered)
            {
                return 0;
            }

            await Console.Error.WriteLineAsync("There were turns without a reply: the figures do not count.");
            return 1;
        }
        catch (BenchmarkFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Given up after {plan.Limit.TotalMinutes:0} minutes."));
            return 1;
        }
    }

    private static async Task<Comparison> CompareAsync(TurnsPlan plan, TimeProvider time, CancellationToken ct)
    {
        await using var supportBot = new SupportBotContender(time);
        await using var echoBot = new EchoBotContender(time);
        IContender[] contenders = [supportBot, echoBot];
        foreach (var contender in contenders)
        {
            await Console.Error.WriteLineAsync($"Starting {contender.Name}");
            await contender.StartAsync(plan.Conversations, ct);
        }

        async Task<RoundResult> RoundAsync(IContender contender, string title)
        {
            var result = await Round.RunAsync(contender, plan.Conversations, plan.Length, time, ct);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{title}: {contender.Name} {result.TurnsPerSecond:0.0} turns/s"));
            return result;
        }

        foreach (var contender in contenders)
        {
            if ((await RoundAsync(contender, "Warm-up")).Unanswered > 0)
            {
                throw new BenchmarkFailure($"{contender.Name} left turns without a reply while warming up.");
            }
        }

        var (ours, theirs) = (new List<RoundResult>(), new List<RoundResult>());
        for (var i = 1; i <= plan.Rounds; i++)
        {
            ours.Add(await RoundAsync(supportBot, $"Round {i}"));
            theirs.Add(await RoundAsync(echoBot, $"Round {i}"));
        }

        return Comparison.Of(plan, Figures.Of(supportBot.Name, ours), Figures.Of(echoBot.Name, theirs));
    }
}
