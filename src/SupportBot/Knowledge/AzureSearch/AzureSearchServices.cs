using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>Registers Azure AI Search as the engine beside the embedded one.</summary>
public static class AzureSearchServices
{
    /// <summary>
    /// Adds <see cref="AzurePassages"/> as <see cref="IPassageSearch"/> when the settings name an endpoint. A host that registers an
    /// <see cref="AzureSearchAccess"/> decides how the service is reached.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The validated settings.</param>
    public static IServiceCollection AddAzureSearch(this IServiceCollection services, AzureSearchOptions options)
    {
        services.AddSingleton(options);
        if (!options.IsOn)
        {
            return services;
        }

        services.AddMetrics();
        services.AddHealthChecks().AddCheck<AzureSearchHealth>("search");
        services.TryAddSingleton(new AzureSearchAccess());
        services.AddSingleton<AzureSearchMetrics>();
        services.AddSingleton(provider => new AzurePassages(
            options,
            provider.GetRequiredService<AzureSearchAccess>(),
            provider.GetRequiredService<AzureSearchMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AzurePassages>>()));
        return services.AddSingleton<IPassageSearch>(provider => provider.GetRequiredService<AzurePassages>());
    }
}
