using SupportBot.Benchmarks.Contenders;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Turns;

/// <summary>The verb <c>turns</c>: the whole service against an echo bot.</summary>
public static class TurnsBenchmark
{
    public static Task<int> RunAsync(TurnsPlan plan, bool json, CancellationToken ct) =>
        Measurement.RunAsync((time, ending) => CompareAsync(plan, time, ending), plan.Limit, json, ct);

    private static async Task<IFindings> CompareAsync(TurnsPlan plan, TimeProvider time, CancellationToken ct)
    {
        await using var supportBot = new SupportBotContender(time);
        await using var echoBot = EchoBots.OnBotBuilder("Echo bot", DeliveryMode.Normal, time);
        return await Alternation.CompareAsync(plan, supportBot, echoBot, time, ct);
    }
}
