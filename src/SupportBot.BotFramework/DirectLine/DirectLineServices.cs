using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Registration of the Direct Line server.</summary>
public static class DirectLineServices
{
    /// <summary>
    /// Adds the server. The host adds an <see cref="IActivityLog"/>, <see cref="IDirectLineSites"/> and
    /// <see cref="IDirectLineKeys"/>, and calls <c>UseCors()</c> and <c>UseWebSockets()</c> before the endpoints run.
    /// </summary>
    /// <returns>The options, to be bound to configuration. They are checked when the host starts.</returns>
    public static OptionsBuilder<DirectLineOptions> AddDirectLine(
        this IServiceCollection services, Action<DirectLineOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ConversationSignals>();
        services.TryAddSingleton<DirectLineTokens>();
        services.TryAddSingleton<DirectLineRateLimit>();
        services.TryAddSingleton<StreamUrls>();
        services.AddCors(cors => cors.AddPolicy(DirectLineCors.PolicyName, DirectLineCors.Configure));

        var options = services.AddOptions<DirectLineOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }
}
