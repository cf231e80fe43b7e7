using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SupportBot.BotFramework.Connector;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Hosting;

/// <summary>Registration of a bot.</summary>
public static class BotServices
{
    /// <summary>
    /// Adds a bot for both channels, the Connector and Direct Line. It sees what users do in the conversations of the
    /// <see cref="IActivityLog"/> that is registered before; without one they are kept in memory, as are the
    /// <see cref="IDirectLineKeys"/>. A bot is made for each turn unless its class is registered with another lifetime.
    /// </summary>
    public static IServiceCollection AddBot<TBot>(this IServiceCollection services)
        where TBot : class, IBot
    {
        services.AddDirectLine();
        services.AddConnector();
        services.TryAddSingleton<IDirectLineKeys>(static _ => new InMemoryDirectLineKeys());
        services.TryAddTransient<TBot>();
        services.AddTransient<IBot>(static provider => provider.GetRequiredService<TBot>());

        var log = services.LastOrDefault(service => service.ServiceType == typeof(IActivityLog));
        if (log is not null)
        {
            services.Remove(log);
        }

        services.Add(Within(log));
        return services.AddSingleton<IActivityLog, BotActivityLog>();
    }

    // Kept as a service, so that the container goes on owning what it made.
    private static ServiceDescriptor Within(ServiceDescriptor? log) => log switch
    {
        { ImplementationInstance: { } instance } => new ServiceDescriptor(typeof(IActivityLog), BotActivityLog.Within, instance),
        { ImplementationFactory: { } factory } => new ServiceDescriptor(
            typeof(IActivityLog), BotActivityLog.Within, (provider, _) => factory(provider), ServiceLifetime.Singleton),
        _ => new ServiceDescriptor(
            typeof(IActivityLog),
            BotActivityLog.Within,
            log?.ImplementationType ?? typeof(InMemoryActivityLog),
            ServiceLifetime.Singleton),
    };
}
