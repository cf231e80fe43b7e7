using System.Globalization;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Sockets;

/// <summary>What is run.</summary>
/// <param name="Sockets">How many sockets, each on a conversation of its own.</param>
/// <param name="Idle">How long nothing happens before memory is read.</param>
public sealed record SocketsPlan(int Sockets, TimeSpan Idle)
{
    private static readonly TimeSpan ForStarting = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan PerSocket = TimeSpan.FromMilliseconds(50);

    public TimeSpan Limit => ForStarting + (3 * Idle) + (Sockets * PerSocket);
}

/// <summary>
/// The verb <c>sockets</c>: managed memory of the server for each idle Direct Line socket. Read three times: after a few clients came and
/// went, so that what is made once is there; with all sockets open and quiet; and when all have gone and only their conversations are left.
/// </summary>
public static class SocketsBenchmark
{
    private const int First = 100;

    public static Task<int> RunAsync(SocketsPlan plan, bool json, CancellationToken ct) =>
        Measurement.RunAsync((time, ending) => MeasureAsync(plan, time, ending), plan.Limit, json, ct);

    private static async Task<IFindings> MeasureAsync(SocketsPlan plan, TimeProvider time, CancellationToken ct)
    {
        async Task IdleAsync()
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Idle for {plan.Idle.TotalSeconds:0} s"));
            await Task.Delay(plan.Idle, time, ct);
        }

        await using var server = await DirectLineServer.StartAsync(ct);
        await using (var first = await Audience.OpenAsync(server, First, time, ct))
        {
            await first.HearAsync(ct);
            await first.LeaveAsync(ct);
        }

        await IdleAsync();
        var before = await server.MeasureAsync(ct);

        await using var audience = await Audience.OpenAsync(server, plan.Sockets, time, ct);
        await audience.HearAsync(ct);
        await IdleAsync();
        var open = await server.MeasureAsync(ct);
        var broken = audience.Listeners.Count(listener => listener.End is not null);
        var keptAlive = audience.Listeners.Count(listener => listener.KeepAlives > 0);

        await audience.LeaveAsync(ct);
        await IdleAsync();
        return new SocketsFindings(plan, before, open, await server.MeasureAsync(ct), broken, keptAlive);
    }
}
