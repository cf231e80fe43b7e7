using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.Connector;

/// <summary>What the ranges of single settings cannot say: one line for each fault, which names the key and the way out.</summary>
internal sealed class ConnectorOptionsCheck : IValidateOptions<ConnectorOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectorOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ConnectorOptions options)
    {
        foreach (var (key, address) in new[]
        {
            (nameof(ConnectorOptions.ChannelOpenIdMetadataUrl), options.ChannelOpenIdMetadataUrl),
            (nameof(ConnectorOptions.EmulatorOpenIdMetadataUrl), options.EmulatorOpenIdMetadataUrl),
            (nameof(ConnectorOptions.AuthorityHost), options.AuthorityHost),
        })
        {
            if (!ServiceAddress.IsSafe(address))
            {
                yield return $"{key}: give an absolute https address (http only on this machine).";
            }
        }

        if (options.MicrosoftAppId.Length == 0)
        {
            if (options.MicrosoftAppPassword.Length > 0 || options.CertificatePath.Length > 0)
            {
                yield return "MicrosoftAppId: is empty though there is a password or a certificate; set the bot's app id.";
            }

            yield break;
        }

        foreach (var fault in IdentityFaults(options))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> IdentityFaults(ConnectorOptions options)
    {
        var hasPassword = options.MicrosoftAppPassword.Length > 0;
        var hasCertificate = options.CertificatePath.Length > 0;
        if (options.MicrosoftAppType == BotAppType.UserAssignedMSI)
        {
            if (hasPassword || hasCertificate)
            {
                yield return "MicrosoftAppType: a managed identity has no password or certificate; "
                    + "remove MicrosoftAppPassword and CertificatePath, or set the type to SingleTenant.";
            }

            yield break;
        }

        if (!hasPassword && !hasCertificate)
        {
            yield return "MicrosoftAppPassword: set it, or CertificatePath, or MicrosoftAppType to UserAssignedMSI; "
                + "with an app id alone the bot cannot reply.";
        }
        else if (hasPassword && hasCertificate)
        {
            yield return "CertificatePath: is set beside MicrosoftAppPassword; keep one of them.";
        }

        if (hasCertificate && !File.Exists(options.CertificatePath))
        {
            yield return $"CertificatePath: there is no file {options.CertificatePath}.";
        }

        if (options.MicrosoftAppType == BotAppType.SingleTenant && options.MicrosoftAppTenantId.Length == 0)
        {
            yield return "MicrosoftAppTenantId: set the tenant of the app, which is of type SingleTenant.";
        }
    }
}
