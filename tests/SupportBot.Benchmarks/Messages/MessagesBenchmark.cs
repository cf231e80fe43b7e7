using SupportBot.Benchmarks.Contenders;
using SupportBot.Benchmarks.Measuring;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Messages;

/// <summary>The verb <c>messages</c>: an echo bot on our library against one on npm's botbuilder, both asked at <c>/api/messages</c>.</summary>
public static class MessagesBenchmark
{
    public static Task<int> RunAsync(TurnsPlan plan, bool json, CancellationToken ct) =>
        Measurement.RunAsync((time, ending) => CompareAsync(plan, time, ending), 2 * plan.Limit, json, ct);

    private static async Task<IFindings> CompareAsync(TurnsPlan plan, TimeProvider time, CancellationToken ct)
    {
        async Task<Comparison> InModeAsync(DeliveryMode mode)
        {
            await Console.Error.WriteLineAsync($"Delivery mode: {mode}");
            await using var ours = EchoBots.OnLibrary("Our library", mode, time);
            await using var theirs = EchoBots.OnBotBuilder("botbuilder", mode, time);
            return await Alternation.CompareAsync(plan, ours, theirs, time, ct);
        }

        return new MessagesFindings(await InModeAsync(DeliveryMode.Normal), await InModeAsync(DeliveryMode.ExpectReplies));
    }
}

/// <summary>Both modes of delivery.</summary>
/// <param name="Normal">Replies are sent to the <c>serviceUrl</c>.</param>
/// <param name="ExpectReplies">Replies are in the response.</param>
public sealed record MessagesFindings(Comparison Normal, Comparison ExpectReplies) : IFindings
{
    public string? Flaw => Normal.Flaw ?? ExpectReplies.Flaw;

    public string ToTable() => $"""
        Replies to the serviceUrl

        {Normal.ToTable()}

        Replies in the response (expectReplies)

        {ExpectReplies.ToTable()}
        """;

    public object ToPlain() => new { Normal = Normal.ToPlain(), ExpectReplies = ExpectReplies.ToPlain() };
}
