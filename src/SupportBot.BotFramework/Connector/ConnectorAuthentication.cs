using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// Who may bring activities. In two steps: the token is checked before the body is read, so that strangers cost little,
/// and then whether the activity is one that the token's holder may bring.
/// </summary>
internal sealed class ConnectorAuthentication : IDisposable
{
    private const int MaxTokenLength = 16 * 1024;

    // No algorithm of a shared secret: a public key would be one.
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly ConnectorOptions _options;
    private readonly TimeProvider _time;
    private readonly SigningKeys _channelKeys;
    private readonly SigningKeys _emulatorKeys;

    public ConnectorAuthentication(
        IOptions<ConnectorOptions> options, IDocumentRetriever documents, TimeProvider time, ILogger<SigningKeys> logger)
    {
        _options = options.Value;
        _time = time;
        _channelKeys = new SigningKeys(_options.ChannelOpenIdMetadataUrl, documents, time, logger);
        _emulatorKeys = new SigningKeys(_options.EmulatorOpenIdMetadataUrl, documents, time, logger);
    }

    /// <summary>Checks the token alone.</summary>
    /// <param name="bearer">The token; <c>null</c> when there is none.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<(ConnectorCaller? Caller, ConnectorError? Error)> CheckAsync(string? bearer, CancellationToken ct)
    {
        if (_options.MicrosoftAppId.Length == 0)
        {
            return _options.AllowUnauthenticated
                ? (ConnectorCaller.Unauthenticated, null)
                : (null, ConnectorError.Unauthorized("NoAppId", "This bot has no app id, so no token can be for it."));
        }

        if (bearer is null)
        {
            return (null, ConnectorError.Unauthorized("MissingAuthorization", "Send the header \"Authorization: Bearer <token>\"."));
        }

        if (bearer.Length > MaxTokenLength || Read(bearer) is not { } token)
        {
            return (null, ConnectorError.Unauthorized("MalformedToken", "The token is not a JSON web token."));
        }

        try
        {
            return await CheckAsync(token, ct);
        }
        catch (SigningKeysUnavailableException exception)
        {
            return (null, ConnectorError.KeysUnavailable(exception.RetryAfter));
        }
    }

    public void Dispose()
    {
        _channelKeys.Dispose();
        _emulatorKeys.Dispose();
    }

    private async ValueTask<(ConnectorCaller? Caller, ConnectorError? Error)> CheckAsync(JsonWebToken token, CancellationToken ct)
    {
        if (!Algorithms.Contains(token.Alg, StringComparer.Ordinal))
        {
            return (null, ConnectorError.Unauthorized("InvalidAlgorithm", "The token is not signed with RS256, RS384 or RS512."));
        }

        var isChannel = token.Issuer == ChannelToken.ChannelIssuer;
        if (!isChannel && !(_options.AllowEmulator && ChannelToken.IsEmulatorIssuer(token.Issuer, _options.MicrosoftAppTenantId)))
        {
            return (null, ConnectorError.Unauthorized("InvalidIssuer", "The token's issuer is not trusted here."));
        }

        var keys = isChannel ? _channelKeys : _emulatorKeys;
        if (string.IsNullOrEmpty(token.Kid) || await keys.FindAsync(token.Kid, ct) is not { } key)
        {
            return (null, ConnectorError.Unauthorized("UnknownKey", "The token is signed with a key that its issuer does not announce."));
        }

        if (await RefuseAsync(token, key.Key) is { } refusal
            || (!isChannel && (refusal = ChannelToken.RefuseEmulator(token, _options.MicrosoftAppId)) is not null))
        {
            return (null, refusal);
        }

        return (isChannel ? ConnectorCaller.Channel(token, key) : ConnectorCaller.Emulator, null);
    }

    private async ValueTask<ConnectorError?> RefuseAsync(JsonWebToken token, SecurityKey key)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = Algorithms,
            ValidIssuer = token.Issuer,
            ValidAudience = _options.MicrosoftAppId,
            RequireExpirationTime = true,
            LifetimeValidator = IsCurrent,
        });
        if (result.IsValid)
        {
            return null;
        }

        return result.Exception switch
        {
            SecurityTokenInvalidAudienceException =>
                ConnectorError.Unauthorized("InvalidAudience", "The token is not for this bot's app id."),
            SecurityTokenInvalidLifetimeException =>
                ConnectorError.Unauthorized("InvalidLifetime", "The token has expired or is not valid yet."),
            _ => ConnectorError.Unauthorized("InvalidSignature", "The token's signature is not good."),
        };
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end
            && end > now - _options.ClockSkew
            && (notBefore is not { } begin || begin <= now + _options.ClockSkew);
    }

    private static JsonWebToken? Read(string text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>Who brings an activity, as far as the token tells.</summary>
internal sealed class ConnectorCaller
{
    private readonly JsonWebToken? _token;
    private readonly SigningKey? _key;
    private readonly bool _localOnly;

    private ConnectorCaller(JsonWebToken? token, SigningKey? key, bool localOnly)
    {
        _token = token;
        _key = key;
        _localOnly = localOnly;
    }

    /// <summary>Nobody known, where that is allowed: replies stay on this machine.</summary>
    public static ConnectorCaller Unauthenticated { get; } = new(null, null, localOnly: true);

    /// <summary>Whoever holds the bot's own credentials.</summary>
    public static ConnectorCaller Emulator { get; } = new(null, null, localOnly: false);

    /// <summary>A channel, which speaks for those channels that its key is endorsed for.</summary>
    public static ConnectorCaller Channel(JsonWebToken token, SigningKey key) => new(token, key, localOnly: false);

    /// <summary>Why the caller may not bring this activity; <c>null</c> when it may.</summary>
    public ConnectorError? Refuse(Activity activity)
    {
        if (_token is not null)
        {
            return ChannelToken.RefuseChannel(_token, _key!, activity.ChannelId, activity.ServiceUrl);
        }

        return _localOnly && ServiceAddress.Parse(activity.ServiceUrl) is { IsLoopback: false }
            ? ConnectorError.Unauthorized("NotLocal", "Without authentication only a serviceUrl on this machine is taken.")
            : null;
    }
}
