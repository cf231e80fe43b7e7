using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SupportBot.Benchmarks.Turns;

/// <summary>A comparison as a table for people and as JSON for programs.</summary>
public static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Table(Comparison comparison)
    {
        var (plan, ours, theirs) = (comparison.Plan, comparison.SupportBot, comparison.EchoBot);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {plan.Conversations} conversations at once, {plan.Rounds} pairs of rounds of {plan.Length.TotalSeconds:0} s, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}

                                            {ours.Name,14}  {theirs.Name,14}
            Turns per second (median)       {ours.TurnsPerSecond,14:0.0}  {theirs.TurnsPerSecond,14:0.0}
            Latency p50, ms                 {ours.P50,14:0.00}  {theirs.P50,14:0.00}
            Latency p99, ms                 {ours.P99,14:0.00}  {theirs.P99,14:0.00}
            Bot's processor time, ms/turn   {ours.BotTimePerTurn,14:0.00}  {theirs.BotTimePerTurn,14:0.00}
            Load generator's, ms/turn       {ours.LoadTimePerTurn,14:0.00}  {theirs.LoadTimePerTurn,14:0.00}
            Turns                           {ours.Turns,14}  {theirs.Turns,14}
            Without a reply                 {ours.Unanswered,14}  {theirs.Unanswered,14}

            {Line(ours)}
            {Line(theirs)}
            {"Ratio",-16}{string.Join("  ", comparison.Ratios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture).PadLeft(7)))}
            Median of the ratios: {comparison.Ratio:0.00}
            """);
    }

    public static string ToJson(Comparison comparison) => JsonSerializer.Serialize(
        new
        {
            comparison.Plan.Conversations,
            Seconds = comparison.Plan.Length.TotalSeconds,
            Processors = Environment.ProcessorCount,
            Runtime = RuntimeInformation.FrameworkDescription,
            comparison.SupportBot,
            comparison.EchoBot,
            comparison.Ratios,
            comparison.Ratio,
            comparison.EveryTurnAnswered,
        },
        Json);

    private static string Line(Figures figures) =>
        $"{figures.Name,-16}{string.Join("  ", figures.Rounds.Select(r => r.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(7)))}";
}
