using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>Adds the room's services.</summary>
public static class TicketServices
{
    /// <param name="services">The services.</param>
    /// <param name="options">Section <c>Tickets</c>.</param>
    public static IServiceCollection AddTickets(this IServiceCollection services, TicketOptions options)
    {
        services.AddSingleton(options).AddSingleton<TicketSystems>().AddSingleton<TicketFiles>().AddSingleton<TicketDesk>().AddSingleton<TicketSync>().AddSingleton<TicketHints>();
        services.AddSingleton<EmbeddedSystem>().AddSingleton<ITicketSystem>(provider => provider.GetRequiredService<EmbeddedSystem>());
        services.AddTicketSystem(RequestTrackerSystem.Type, (system, http, time) => new RequestTrackerSystem(system, http, time));
        services.AddTicketSystem(ZendeskSystem.Type, (system, http, time) => new ZendeskSystem(system, http, time));
        services.AddTicketSystem(ZammadSystem.Type, (system, http, time) => new ZammadSystem(system, http, time));
        services.AddTicketSystem(FreshdeskSystem.Type, (system, http, time) => new FreshdeskSystem(system, http, time));
        services.AddTicketSystem(JiraServiceManagementSystem.Type, (system, http, time) => new JiraServiceManagementSystem(system, http, time));
        services.AddTicketSystem(SignedWebhookSystem.Type, (system, http, time) => new SignedWebhookSystem(system, http, time));
        services.AddSingleton<IOutboxEffect, TicketDelivery>();
        services.AddSingleton<TicketQueues>().AddHostedService(provider => provider.GetRequiredService<TicketQueues>());
        services.AddHostedService<TicketPolling>();
        services.AddHealthChecks().AddCheck<TicketHealth>("tickets");
        return services;
    }

    /// <summary>Adds a kind of ticketing system that <c>Tickets:Systems:0:Type</c> can name.</summary>
    public static IServiceCollection AddTicketSystem(
        this IServiceCollection services, string type, Func<TicketSystemOptions, VendorHttp, TimeProvider, ITicketSystem> make) =>
        services.AddSingleton(new TicketSystemType(type, make));
}
