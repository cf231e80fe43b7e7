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
            Median(rounds.Select(r => r.TurnsPerSecond)),
            [.. rounds.Select(r => r.TurnsPerSecond)],
            Percentile(latencies, 0.5),
            Percentile(latencies, 0.99),
            rounds.Sum(r => r.BotTime.TotalMilliseconds) / Math.Max(1, latencies.Length),
            rounds.Sum(r => r.LoadTime.TotalMilliseconds) / Math.Max(1, latencies.Length),
            latencies.Length,
            rounds.Sum(r => r.Unanswered));
    }

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The smallest value that the given part of all values does not exceed.</summary>
    private static double Percentile(double[] sorted, double part) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
}

/// <summary>Both sides of one run.</summary>
/// <param name="Ratios">SupportBot's turns per second over the echo bot's, of each pair of neighbouring rounds.</param>
public sealed record Comparison(TurnsPlan Plan, Figures SupportBot, Figures EchoBot, IReadOnlyList<double> Ratios)
{
    public static Comparison Of(TurnsPlan plan, Figures supportBot, Figures echoBot) =>
        new(plan, supportBot, echoBot, [.. supportBot.Rounds.Zip(echoBot.Rounds, (ours, theirs) => ours / theirs)]);

    /// <summary>The median of the ratios.</summary>
    public double Ratio => Figures.Median(Ratios);

    public bool EveryTurnAnswered => SupportBot is { Unanswered: 0, Turns: > 0 } && EchoBot is { Unanswered: 0, Turns: > 0 };
}
