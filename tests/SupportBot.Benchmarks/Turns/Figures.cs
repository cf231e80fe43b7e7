using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Turns;

/// <summary>What a contender's rounds come to. Times in milliseconds.</summary>
/// <param name="Name">The contender.</param>
/// <param name="TurnsPerSecond">The median of the rounds.</param>
/// <param name="Rounds">Turns per second of each round.</param>
/// <param name="P50">Half of all turns took no longer.</param>
/// <param name="P99">99 of 100 turns took no longer.</param>
/// <param name="BotTimePerTurn">Processor time that the bot's process used, per turn.</param>
/// <param name="LoadTimePerTurn">Processor time that the load generator used, per turn.</param>
/// <param name="Turns">Turns that got their reply.</param>
/// <param name="Unanswered">Turns that got none.</param>
public sealed record Figures(
    string Name,
    double TurnsPerSecond,
    IReadOnlyList<double> Rounds,
    double P50,
    double P99,
    double BotTimePerTurn,
    double LoadTimePerTurn,
    int Turns,
    int Unanswered)
{
    public static Figures Of(string name, IReadOnlyList<RoundResult> rounds)
    {
        double[] latencies = [.. rounds.SelectMany(r => r.Latencies).Order()];
        return new Figures(
            name,
            Distribution.Median(rounds.Select(r => r.TurnsPerSecond)),
            [.. rounds.Select(r => r.TurnsPerSecond)],
            Distribution.Percentile(latencies, 0.5),
            Distribution.Percentile(latencies, 0.99),
            rounds.Sum(r => r.BotTime.TotalMilliseconds) / Math.Max(1, latencies.Length),
            rounds.Sum(r => r.LoadTime.TotalMilliseconds) / Math.Max(1, latencies.Length),
            latencies.Length,
            rounds.Sum(r => r.Unanswered));
    }
}
