using System.Globalization;
using System.Runtime.InteropServices;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Turns;

/// <summary>Both sides of one run.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Ours">The side that is measured.</param>
/// <param name="Theirs">The side that it is measured against.</param>
/// <param name="Ratios">Our turns per second over theirs, of each pair of neighbouring rounds.</param>
public sealed record Comparison(TurnsPlan Plan, Figures Ours, Figures Theirs, IReadOnlyList<double> Ratios) : IFindings
{
    public static Comparison Of(TurnsPlan plan, Figures ours, Figures theirs) =>
        new(plan, ours, theirs, [.. ours.Rounds.Zip(theirs.Rounds, (our, their) => our / their)]);

    /// <summary>The median of the ratios.</summary>
    public double Ratio => Distribution.Median(Ratios);

    /// <summary>Their processor time per turn over ours.</summary>
    public double BotTimeRatio => Ours.BotTimePerTurn > 0 ? Theirs.BotTimePerTurn / Ours.BotTimePerTurn : 0;

    public bool EveryTurnAnswered => Ours is { Unanswered: 0, Turns: > 0 } && Theirs is { Unanswered: 0, Turns: > 0 };

    public string? Flaw => EveryTurnAnswered ? null : "There were turns without a reply.";

    public string ToTable() => string.Create(CultureInfo.InvariantCulture, $"""
        {Plan.Conversations} conversations at once, {Plan.Rounds} pairs of rounds of {Plan.Length.TotalSeconds:0} s, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}

                                        {Ours.Name,14}  {Theirs.Name,14}
        Turns per second (median)       {Ours.TurnsPerSecond,14:0.0}  {Theirs.TurnsPerSecond,14:0.0}
        Latency p50, ms                 {Ours.P50,14:0.00}  {Theirs.P50,14:0.00}
        Latency p99, ms                 {Ours.P99,14:0.00}  {Theirs.P99,14:0.00}
        Bot's processor time, ms/turn   {Ours.BotTimePerTurn,14:0.000}  {Theirs.BotTimePerTurn,14:0.000}
        Load generator's, ms/turn       {Ours.LoadTimePerTurn,14:0.000}  {Theirs.LoadTimePerTurn,14:0.000}
        Turns                           {Ours.Turns,14}  {Theirs.Turns,14}
        Without a reply                 {Ours.Unanswered,14}  {Theirs.Unanswered,14}

        {Ours.Name,-16}{Row(Ours.Rounds, "0.0")}
        {Theirs.Name,-16}{Row(Theirs.Rounds, "0.0")}
        {"Ratio",-16}{Row(Ratios, "0.00")}
        Median of the ratios: {Ratio:0.00}; of the bots' processor time per turn: {BotTimeRatio:0.00}
        """);

    public object ToPlain() => new
    {
        Plan.Conversations,
        Seconds = Plan.Length.TotalSeconds,
        Processors = Environment.ProcessorCount,
        Runtime = RuntimeInformation.FrameworkDescription,
        Ours,
        Theirs,
        Ratios,
        Ratio,
        BotTimeRatio,
        EveryTurnAnswered,
    };

    private static string Row(IEnumerable<double> values, string format) =>
        string.Join("  ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture).PadLeft(7)));
}
