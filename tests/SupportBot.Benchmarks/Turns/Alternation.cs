using System.Globalization;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Turns;

/// <summary>
/// Two bots that both run for the whole time and take turns, round by round, so that what else happens on the machine meets both; the
/// ratio is taken pair by pair.
/// </summary>
public static class Alternation
{
    public static async Task<Comparison> CompareAsync(TurnsPlan plan, IContender ours, IContender theirs, TimeProvider time, CancellationToken ct)
    {
        IContender[] contenders = [ours, theirs];
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

        var (our, their) = (new List<RoundResult>(), new List<RoundResult>());
        for (var i = 1; i <= plan.Rounds; i++)
        {
            our.Add(await RoundAsync(ours, $"Round {i}"));
            their.Add(await RoundAsync(theirs, $"Round {i}"));
        }

        return Comparison.Of(plan, Figures.Of(ours.Name, our), Figures.Of(theirs.Name, their));
    }
}
