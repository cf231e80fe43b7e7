using Microsoft.Extensions.Diagnostics.HealthChecks;
using SupportBot.Outbox;

namespace SupportBot.Tickets;

/// <summary>Degraded while a ticketing system does not answer or a route leads nowhere: chats go on, and tickets wait.</summary>
public sealed class TicketHealth(TicketSystems systems, TicketQueues queues, OutboxTargets targets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string[] troubles =
        [
            .. systems.All
                .Select(s => (s.Name, State: targets.StateOf(s.Name)))
                .Where(s => s.State.DownSince is not null)
                .Select(s => $"{s.Name} does not answer since {s.State.DownSince:u} ({s.State.Reason}); tickets wait."),
            .. queues.Mistakes,
        ];
        return Task.FromResult(troubles.Length == 0
            ? HealthCheckResult.Healthy(string.Join(", ", systems.All.Select(s => s.Name)))
            : HealthCheckResult.Degraded(string.Join(' ', troubles)));
    }
}
