using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Turns;

/// <summary>A running bot and its conversations. Different conversations may ask at the same time, one conversation never twice.</summary>
public interface IContender : IAsyncDisposable
{
    /// <summary>What it is, for the table.</summary>
    string Name { get; }

    /// <summary>Processor time that the bot's process has used so far.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Starts the bot and opens the conversations. Throws <see cref="BenchmarkFailure"/> when it does not start.</summary>
    Task StartAsync(int conversations, CancellationToken ct);

    /// <summary>One turn: sends the question and waits for the bot's reply to it and for the end of the request.</summary>
    /// <returns>
    /// The <see cref="TimeProvider.GetTimestamp"/> at which the reply had arrived; null when none came in time or the bot refused the
    /// question, after which the conversation goes on as a new one.
    /// </returns>
    ValueTask<long?> AskAsync(int conversation, string question, CancellationToken ct);
}
