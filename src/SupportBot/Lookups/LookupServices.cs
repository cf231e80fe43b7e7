using SupportBot.Conversations;

namespace SupportBot.Lookups;

/// <summary>Registers what looks things up.</summary>
public static class LookupServices
{
    /// <summary>The address of this name is the demo's order API, which this service serves itself in Development.</summary>
    private const string DemoOrders = "orders";

    /// <param name="services">The host's services.</param>
    /// <param name="options">The validated settings.</param>
    public static IServiceCollection AddLookups(this IServiceCollection services, LookupOptions options) => services
        .AddSingleton(options)
        .AddSingleton(provider => new LookupSettings(provider.GetRequiredService<LookupOptions>(), Own(provider)))
        .AddSingleton<LookupClient>();

    private static Dictionary<string, Func<string>> Own(IServiceProvider provider) =>
        provider.GetRequiredService<IWebHostEnvironment>().IsDevelopment()
            ? new() { [DemoOrders] = () => $"{provider.GetRequiredService<PublicAddress>().Listening}/demo/api" }
            : [];
}
