using SupportBot.Company;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>
/// Holds the routes against what the ticketing systems really have: at the start, where an unknown queue stops it, and again whenever the
/// company's queues or the systems may have changed. A system that does not answer is asked again.
/// </summary>
public sealed class TicketQueues(TicketSystems systems, CurrentCompany company, OutboxTargets targets, TimeProvider time, ILogger<TicketQueues> logger) : BackgroundService
{
    /// <summary>How often the systems are asked again.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>How soon a change of the company's files is looked at.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private volatile IReadOnlyList<string> _mistakes = [];

    /// <summary>Routes that lead nowhere, a line each: the key, then what it takes.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Asks all systems that routes lead to.</summary>
    /// <returns>What is wrong. Systems that did not answer are left out.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken ct)
    {
        var mistakes = systems.StrayRoutes()
            .Select(queue => $"Tickets:Routes:{queue}: the company has no queue '{queue}'; use the name of one in company.yaml")
            .ToList();
        foreach (var routes in systems.Routes().GroupBy(r => r.Route.System))
        {
            if (systems.Find(routes.Key) is not { } system)
            {
                continue;
            }

            try
            {
                var there = (await system.DescribeAsync(ct)).Queues;
                targets.Answered(system.Name);
                mistakes.AddRange(routes
                    .Where(r => !there.Contains(r.Route.Queue, StringComparer.OrdinalIgnoreCase))
                    .Select(r => $"{r.Key}: '{system.Name}' has no queue '{r.Route.Queue}'; use one of: {string.Join(", ", there)}"));
            }
            catch (OutboxRefusal refusal)
            {
                logger.LogWarning("The queues of {System} could not be checked: {Reason}", system.Name, refusal.Message);
                if (refusal.OutOfReach)
                {
                    targets.OutOfReach(system.Name, refusal.Message, refusal.RetryAfter);
                }
            }
        }

        return _mistakes = mistakes;
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        var (facts, checkedAt) = (company.Facts, time.GetTimestamp());
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Look, time, ct);
            if (!ReferenceEquals(facts, company.Facts) || time.GetElapsedTime(checkedAt) >= Every)
            {
                (facts, checkedAt) = (company.Facts, time.GetTimestamp());
                foreach (var mistake in await CheckAsync(ct))
                {
                    logger.LogError("{Mistake}", mistake);
                }
            }
        }
    }
}
