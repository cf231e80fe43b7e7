using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.Connector;

namespace SupportBot.BotFramework.Hosting;

/// <summary>
/// Turns in waiting. Each conversation is a lane: its turns run one after the other in the order they came, those of
/// different conversations side by side. A turn takes a place while it waits, and places are bounded. When the host stops,
/// what waits is still done, as long as the host has patience.
/// </summary>
internal sealed partial class TurnQueue : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _running;
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationToken _aborted;
    private readonly TimeSpan _turnTimeout;
    private readonly TimeProvider _time;
    private readonly ILogger<TurnQueue> _logger;
    private bool _stopping;

    public TurnQueue(IOptions<ConnectorOptions> options, TimeProvider time, ILogger<TurnQueue> logger)
    {
        _places = new SemaphoreSlim(options.Value.MaxWaitingTurns);
        _running = new SemaphoreSlim(options.Value.MaxConcurrentTurns);
        _turnTimeout = options.Value.TurnTimeout;
        _time = time;
        _logger = logger;
        _aborted = _aborting.Token;
    }

    /// <summary>Takes a place for a turn; <c>false</c> when there is none.</summary>
    public bool TryReserve() => _places.Wait(TimeSpan.Zero);

    /// <summary>Takes a place for a turn, or waits for one.</summary>
    public Task ReserveAsync(CancellationToken ct) => _places.WaitAsync(ct);

    /// <summary>Gives back a place that was not used.</summary>
    public void GiveBack() => _places.Release();

    /// <summary>
    /// Adds a turn, for which a place was taken, to the end of its conversation's lane. <c>false</c> when the host is
    /// stopping; the place is given back then.
    /// </summary>
    public bool Enqueue(string conversation, Func<CancellationToken, Task> turn)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                GiveBack();
                return false;
            }

            if (_lanes.TryGetValue(conversation, out var lane))
            {
                lane.Turns.Enqueue(turn);
                return true;
            }

            lane = new Lane();
            lane.Turns.Enqueue(turn);
            _lanes.Add(conversation, lane);
            lane.Running = Task.Run(() => RunAsync(conversation, lane));
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] lanes;
        lock (_gate)
        {
            _stopping = true;
            lanes = [.. _lanes.Values.Select(lane => lane.Running)];
        }

        try
        {
            await Task.WhenAll(lanes).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogLeft(lanes.Count(lane => !lane.IsCompleted));
            await _aborting.CancelAsync();
        }
    }

    public void Dispose() => _aborting.Dispose();

    private async Task RunAsync(string conversation, Lane lane)
    {
        while (TryTake(conversation, lane, out var turn))
        {
            await _running.WaitAsync();
            GiveBack();
            try
            {
                await RunAsync(turn);
            }
            finally
            {
                _running.Release();
            }
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> turn)
    {
        using var patience = new CancellationTokenSource(_turnTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _aborted);
        try
        {
            await turn(either.Token);
        }
        catch (Exception exception)
        {
            // One bad turn ends neither its conversation nor the others.
            LogFault(exception);
        }
    }

    private bool TryTake(string conversation, Lane lane, [NotNullWhen(true)] out Func<CancellationToken, Task>? turn)
    {
        lock (_gate)
        {
            if (lane.Turns.TryDequeue(out turn))
            {
                return true;
            }

            _lanes.Remove(conversation);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The bot failed in a turn.")]
    private partial void LogFault(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The host stopped while the bot was not through with {Count} conversations.")]
    private partial void LogLeft(int count);

    private sealed class Lane
    {
        public Queue<Func<CancellationToken, Task>> Turns { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
