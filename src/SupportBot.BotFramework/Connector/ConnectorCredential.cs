using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// Who the bot is when it speaks to channels: a secret, a certificate or a managed identity. Register one of your own to
/// replace what the options say.
/// </summary>
/// <param name="Credential">What tokens come from; <c>null</c> for a bot without an app id, whose requests carry none.</param>
public sealed record ConnectorCredential(TokenCredential? Credential)
{
    private const string MultiTenantAuthority = "botframework.com";

    private static readonly Uri[] MicrosoftAuthorities =
    [
        AzureAuthorityHosts.AzurePublicCloud,
        AzureAuthorityHosts.AzureGovernment,
        AzureAuthorityHosts.AzureChina,
    ];

    internal static ConnectorCredential Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ConnectorOptions>>().Value;
        return new ConnectorCredential(options.MicrosoftAppId.Length == 0
            ? null
            : Create(options, services.GetRequiredService<IHttpMessageHandlerFactory>()));
    }

    private static TokenCredential Create(ConnectorOptions options, IHttpMessageHandlerFactory handlers)
    {
        var transport = new HttpClientTransport(handlers.CreateHandler(ConnectorServices.HttpClientName));
        if (options.MicrosoftAppType == BotAppType.UserAssignedMSI)
        {
            return new ManagedIdentityCredential(
                new ManagedIdentityCredentialOptions(ManagedIdentityId.FromUserAssignedClientId(options.MicrosoftAppId))
                {
                    Transport = transport,
                });
        }

        var tenant = options.MicrosoftAppType == BotAppType.MultiTenant ? MultiTenantAuthority : options.MicrosoftAppTenantId;
        var isForeign = !MicrosoftAuthorities.Any(authority => authority.Host == options.AuthorityHost.Host);
        if (options.CertificatePath.Length == 0)
        {
            return new ClientSecretCredential(
                tenant,
                options.MicrosoftAppId,
                options.MicrosoftAppPassword,
                new ClientSecretCredentialOptions
                {
                    AuthorityHost = options.AuthorityHost,
                    DisableInstanceDiscovery = isForeign,
                    Transport = transport,
                });
        }

        return new ClientCertificateCredential(
            tenant,
            options.MicrosoftAppId,
            LoadCertificate(options),
            new ClientCertificateCredentialOptions
            {
                AuthorityHost = options.AuthorityHost,
                DisableInstanceDiscovery = isForeign,
                SendCertificateChain = true,
                Transport = transport,
            });
    }

    private static X509Certificate2 LoadCertificate(ConnectorOptions options) =>
        X509Certificate2.GetCertContentType(options.CertificatePath) == X509ContentType.Pkcs12
            ? X509CertificateLoader.LoadPkcs12FromFile(options.CertificatePath, options.CertificatePassword)
            : X509Certificate2.CreateFromPemFile(options.CertificatePath);
}
