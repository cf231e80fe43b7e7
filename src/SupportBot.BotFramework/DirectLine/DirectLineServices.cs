using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Registration of the Direct Line server.</summary>
public static class DirectLineServices
{
    /// <summary>
    /// Adds the server. The host adds an <see cref="IActivityLog"/>, <see cref="IDirectLineSites"/> and
    /// <see cref="IDirectLineKeys"/>, and calls <c>UseCors()</c> and <c>UseWebSockets()</c> before the endpoints run. It may
    /// bring an <see cref="IAttachmentStore"/> of its own; by default, uploaded files are kept on disk.
    /// </summary>
    /// <returns>The options, to be bound to configuration. They are checked when the host starts.</returns>
    public static OptionsBuilder<DirectLineOptions> AddDirectLine(
        this IServiceCollection services, Action<DirectLineOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ConversationSignals>();
        services.TryAddSingleton<DirectLineTokens>();
        services.TryAddSingleton<DirectLineRateLimit>();
        services.TryAddSingleton<KnownSecrets>();
        services.TryAddSingleton<RequestGrants>();
        services.TryAddSingleton<StreamTickets>();
        services.TryAddSingleton<StreamUrls>();
        services.TryAddSingleton<OpenStreams>();
        services.TryAddSingleton<AttachmentUrls>();
        services.TryAddSingleton<IAttachmentStore>(static provider => new FileAttachmentStore(
            provider.GetRequiredService<IOptions<DirectLineOptions>>().Value.UploadFolder ?? FileAttachmentStore.DefaultFolder));
        services.AddCors(cors => cors.AddPolicy(DirectLineCors.PolicyName, DirectLineCors.Configure));

        var options = services.AddOptions<DirectLineOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }
}
