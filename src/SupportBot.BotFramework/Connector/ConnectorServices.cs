using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using SupportBot.BotFramework.Hosting;

namespace SupportBot.BotFramework.Connector;

/// <summary>Registration of the Connector.</summary>
public static class ConnectorServices
{
    /// <summary>
    /// The name of the <see cref="HttpClient"/> that reaches channels and issuers of tokens, for hosts that need a proxy.
    /// It must not follow redirects, or tokens leave for wherever an answer points.
    /// </summary>
    public const string HttpClientName = "SupportBot.Connector";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds <c>/api/messages</c> and <see cref="ConnectorClient"/>. The host adds an <see cref="IBot"/>, or calls
    /// <see cref="BotServices.AddBot{TBot}"/>. Can be called again to configure more.
    /// </summary>
    /// <returns>The options, to be bound to configuration. They are checked when the host starts.</returns>
    public static OptionsBuilder<ConnectorOptions> AddConnector(
        this IServiceCollection services, Action<ConnectorOptions>? configure = null)
    {
        if (!services.Any(service => service.ServiceType == typeof(ConnectorClient)))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<IValidateOptions<ConnectorOptions>, ConnectorOptionsCheck>();
            services.AddOptions<ConnectorOptions>().ValidateDataAnnotations().ValidateOnStart();
            services.TryAddSingleton<IDocumentRetriever, IssuerDocuments>();
            services.TryAddSingleton(ConnectorCredential.Create);
            services.AddSingleton<AccessTokens>();
            services.AddSingleton<ConnectorAuthentication>();
            services.AddSingleton(static provider => new ConnectorClient(
                provider.GetRequiredService<IHttpClientFactory>(),
                provider.GetRequiredService<AccessTokens>(),
                provider.GetRequiredService<IOptions<ConnectorOptions>>(),
                provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton<ConnectorTurns>();
            services.AddSingleton<ConnectorReception>();
            services.AddSingleton<TurnQueue>();
            services.AddSingleton<BotTurns>();
            services.AddHostedService(static provider => provider.GetRequiredService<TurnQueue>());
            services.AddHttpClient(HttpClientName)
                .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
                .ConfigurePrimaryHttpMessageHandler(CreateHandler)
                .RemoveAllLoggers();
        }

        var options = services.AddOptions<ConnectorOptions>();
        return configure is null ? options : options.Configure(configure);
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        ConnectTimeout = ConnectTimeout,
    };
}
