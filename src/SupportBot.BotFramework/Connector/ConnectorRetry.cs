using Polly;
using Polly.Retry;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// When a channel is asked again: pauses that double, give or take chance, or the pause it asks for - unless that is
/// longer than anybody should wait here.
/// </summary>
internal static class ConnectorRetry
{
    public static ResiliencePipeline Create(ConnectorOptions options, TimeProvider time) => options.MaxRetries == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = failed => ValueTask.FromResult(
                    failed.Outcome.Exception is ConnectorException { IsTransient: true } failure
                    && !(failure.RetryAfter > options.MaxRetryDelay)),
                DelayGenerator = failed => ValueTask.FromResult((failed.Outcome.Exception as ConnectorException)?.RetryAfter),
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
            })
            .Build();
}
