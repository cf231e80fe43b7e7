using System.Globalization;
using System.Runtime.InteropServices;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Fanout;

/// <summary>One message to everybody: times from the log to the client, in milliseconds.</summary>
/// <param name="P50">Half of the sockets had it by then.</param>
/// <param name="P99">99 of 100 had.</param>
/// <param name="Last">All had.</param>
public sealed record FanoutRound(double P50, double P99, double Last)
{
    public static FanoutRound Of(IEnumerable<double> latencies)
    {
        double[] sorted = [.. latencies.Order()];
        return new FanoutRound(Distribution.Percentile(sorted, 0.5), Distribution.Percentile(sorted, 0.99), Distribution.Percentile(sorted, 1));
    }

    /// <summary>How much longer the slow ones took.</summary>
    public double Ratio => P99 / P50;
}

/// <summary>All rounds.</summary>
public sealed record FanoutFindings(FanoutPlan Plan, IReadOnlyList<FanoutRound> Rounds) : IFindings
{
    // A message that is lost or doubled ends the run at once.
    public string? Flaw => null;

    public string ToTable() => string.Create(CultureInfo.InvariantCulture, $"""
        {Plan.Sockets} sockets on {Plan.Sockets} conversations, {Plan.Rounds} messages to all of them, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}

        From the log to the client, ms        median       least        most
        p50                            {Row(round => round.P50)}
        p99                            {Row(round => round.P99)}
        Last socket                    {Row(round => round.Last)}
        p99 over p50                   {Row(round => round.Ratio)}
        """);

    public object ToPlain() => new
    {
        Plan.Sockets,
        Processors = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
        Rounds,
        P50 = Distribution.Median(Rounds.Select(round => round.P50)),
        P99 = Distribution.Median(Rounds.Select(round => round.P99)),
        Ratio = Distribution.Median(Rounds.Select(round => round.Ratio)),
        WorstRatio = Rounds.Max(round => round.Ratio),
    };

    private string Row(Func<FanoutRound, double> figure) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Distribution.Median(Rounds.Select(figure)),13:0.00}{Rounds.Min(figure),12:0.00}{Rounds.Max(figure),12:0.00}");
}
