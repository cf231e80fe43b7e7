using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SupportBot.Models;

/// <summary>Registers what words answers.</summary>
public static class ModelServices
{
    /// <summary>
    /// Adds <see cref="ModelAnswers"/>. An <see cref="IChatClient"/> that the host registers itself, before or after, takes the place of the
    /// one that the settings name; that is how Semantic Kernel or any other client is plugged in.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The validated settings.</param>
    public static IServiceCollection AddModelAnswers(this IServiceCollection services, ModelOptions options)
    {
        if (options.Provider != ModelProvider.None)
        {
            services.TryAddSingleton(_ => ModelClients.Create(options));
        }

        services.AddMetrics();
        services.AddSingleton<ModelMetrics>();
        return services.AddSingleton(provider => new ModelAnswers(
            options,
            provider.GetRequiredService<ModelMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ModelAnswers>>(),
            provider.GetService<IChatClient>()));
    }
}
