using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>A search service that is down degrades readiness and does not end it: the embedded index answers.</summary>
internal sealed class AzureSearchHealth(AzurePassages service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(service.State.IsAnswering ? HealthCheckResult.Healthy(service.State.Sentence) : HealthCheckResult.Degraded(service.State.Sentence));
}
