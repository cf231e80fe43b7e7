using Microsoft.IdentityModel.JsonWebTokens;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// The families of tokens that may come with an activity, told apart by their issuer, and what each one's claims must
/// say. Pure.
/// </summary>
internal static class ChannelToken
{
    public const string ChannelIssuer = "https://api.botframework.com";
    public const string ServiceUrlClaim = "serviceurl";

    // Microsoft's own tenants, from which the emulator gets its tokens.
    private static readonly string[] EmulatorTenants =
    [
        "d6d49420-f39b-4df7-a1dc-d59a935871db",
        "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    ];

    /// <summary>Whether an issuer is one that gives the bot's own app id its tokens.</summary>
    public static bool IsEmulatorIssuer(string issuer, string ownTenant) =>
        EmulatorTenants.Any(tenant => IsIssuerOf(tenant, issuer)) || (ownTenant.Length > 0 && IsIssuerOf(ownTenant, issuer));

    /// <summary>Why a token of an emulator issuer is not the bot's own; <c>null</c> when it is.</summary>
    public static ConnectorError? RefuseEmulator(JsonWebToken token, string appId)
    {
        var claim = Claim(token, "ver") switch
        {
            "1.0" => "appid",
            "2.0" => "azp",
            _ => null,
        };
        if (claim is null)
        {
            return ConnectorError.Unauthorized("InvalidVersion", "The token's version (ver) is not one that is known here.");
        }

        return string.Equals(Claim(token, claim), appId, StringComparison.OrdinalIgnoreCase)
            ? null
            : ConnectorError.Unauthorized("InvalidApp", $"The token's {claim} is not this bot's app id.");
    }

    /// <summary>Why a channel's token does not go with this activity; <c>null</c> when it does.</summary>
    /// <param name="token">The token, whose signature is good.</param>
    /// <param name="key">The key it is signed with.</param>
    /// <param name="channelId">The activity's channel.</param>
    /// <param name="serviceUrl">The activity's address for replies.</param>
    public static ConnectorError? RefuseChannel(JsonWebToken token, SigningKey key, string? channelId, string? serviceUrl)
    {
        if (string.IsNullOrEmpty(channelId))
        {
            return ConnectorError.Unauthorized("MissingChannel", "$.channelId: is missing, so nobody can vouch for it.");
        }

        if (!key.Endorsements.Contains(channelId))
        {
            return ConnectorError.Unauthorized("NotEndorsed", "The key that signed the token is not endorsed for the channel.");
        }

        return ServiceAddress.AreSame(Claim(token, ServiceUrlClaim), serviceUrl)
            ? null
            : ConnectorError.Unauthorized("InvalidServiceUrl", "The token's serviceurl is not the activity's serviceUrl.");
    }

    private static bool IsIssuerOf(string tenant, string issuer) =>
        string.Equals(issuer, $"https://sts.windows.net/{tenant}/", StringComparison.OrdinalIgnoreCase)
        || string.Equals(issuer, $"https://login.microsoftonline.com/{tenant}/v2.0", StringComparison.OrdinalIgnoreCase);

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue(name, out string? value) ? value : null;
}
