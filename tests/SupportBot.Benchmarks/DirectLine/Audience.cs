using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>Many listeners, each in a conversation of its own.</summary>
public sealed class Audience : IAsyncDisposable
{
    private const int OpenedAtOnce = 16;

    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly DirectLineServer _server;
    private readonly Listener?[] _listeners;
    private readonly TimeProvider _time;
    private string[] _conversations = [];
    private int _said;

    private Audience(DirectLineServer server, int size, TimeProvider time)
    {
        (_server, _listeners, _time) = (server, new Listener?[size], time);
    }

    public IEnumerable<Listener> Listeners => _listeners.OfType<Listener>();

    /// <exception cref="BenchmarkFailure">This process or the server may not have as many sockets.</exception>
    public static async Task<Audience> OpenAsync(DirectLineServer server, int size, TimeProvider time, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Opening {size} sockets"));
        var audience = new Audience(server, size, time);
        try
        {
            await Parallel.ForAsync(
                0,
                size,
                new ParallelOptions { MaxDegreeOfParallelism = OpenedAtOnce, CancellationToken = ct },
                async (i, _) => audience._listeners[i] = await Listener.OpenAsync(server, i, time, ct));
            audience._conversations = [.. audience.Listeners.Select(listener => listener.ConversationId)];
            return audience;
        }
        catch (Exception e) when (e is HttpRequestException or WebSocketException or SocketException)
        {
            var opened = audience.Listeners.Count();
            await audience.DisposeAsync();
            throw new BenchmarkFailure(
                $"Only {opened} sockets could be opened ({e.Message}). This process and the server each need one open file for every socket: see ulimit -n.");
        }
        catch
        {
            await audience.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the bot say something to everybody at once.</summary>
    /// <returns>Of each listener, how long its message took from the log to here, in milliseconds.</returns>
    /// <exception cref="BenchmarkFailure">A message did not arrive, or arrived twice.</exception>
    public async Task<IReadOnlyList<double>> HearAsync(CancellationToken ct)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"Message number {++_said} to everybody.");
        var arrivals = new Arrivals(Encoding.UTF8.GetBytes(text), _listeners.Length);
        foreach (var listener in Listeners)
        {
            listener.Expect(arrivals);
        }

        var committed = await _server.SayAsync(_conversations, text, ct);
        await arrivals.AllAsync(DeliveryLimit, _time, ct);
        return arrivals.Doubled == 0
            ? [.. committed.Zip(arrivals.At, (from, to) => _time.GetElapsedTime(from, to).TotalMilliseconds)]
            : throw new BenchmarkFailure($"{arrivals.Doubled} messages arrived twice.");
    }

    /// <summary>Hangs up; waits until the server has noticed.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        await DisposeAsync();
        var start = _time.GetTimestamp();
        while (await _server.CountStreamsAsync(_conversations, ct) is var left && left > 0)
        {
            if (_time.GetElapsedTime(start) > ClosingLimit)
            {
                throw new BenchmarkFailure($"The server still has {left} streams whose clients are gone.");
            }

            await Task.Delay(BetweenLooks, _time, ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _listeners.Length; i++)
        {
            if (Interlocked.Exchange(ref _listeners[i], null) is { } listener)
            {
                await listener.DisposeAsync();
            }
        }
    }
}
