using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.RequestTracker;

internal static class RequestTrackerSteps
{
    /// <summary>Sends the sample company's tickets to RT, queue by queue.</summary>
    public static void ToRequestTracker(this WebApplicationBuilder builder, TicketSystemOptions system)
    {
        system.PollSeconds = 1;
        builder.Services.AddSingleton(new TicketOptions
        {
            Systems = { system },
            Routes = new[] { "Orders", "Returns", "Payments", "Accounts", "Gear", "General" }
                .ToDictionary(queue => queue.ToLowerInvariant(), queue => new TicketRouteOptions { Queue = queue }, StringComparer.Ordinal),
        });
    }
}
