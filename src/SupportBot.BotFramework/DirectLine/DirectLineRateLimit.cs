using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// A bucket per conversation, which is what a token stands for: refreshing it does not fill the bucket. Buckets that are
/// not used are dropped by the limiter itself.
/// </summary>
internal sealed class DirectLineRateLimit : IAsyncDisposable
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<string>? _limiter;

    public DirectLineRateLimit(IOptions<DirectLineOptions> options)
    {
        if (!options.Value.LimitRate)
        {
            return;
        }

        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.RequestBurst,
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        _limiter = PartitionedRateLimiter.Create<string, string>(
            conversationId => RateLimitPartition.GetTokenBucketLimiter(conversationId, _ => bucket));
    }

    /// <summary>How long to wait before the next try; <c>null</c> when the request may pass.</summary>
    public TimeSpan? Refuse(string conversationId)
    {
        if (_limiter is null)
        {
            return null;
        }

        using var lease = _limiter.AttemptAcquire(conversationId);
        if (lease.IsAcquired)
        {
            return null;
        }

        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : DefaultWait;
    }

    public ValueTask DisposeAsync() => _limiter?.DisposeAsync() ?? ValueTask.CompletedTask;
}
