using System.Buffers.Text;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Tokens: JWTs signed with HMAC-SHA-256, each bound to one conversation, one user and one site.
/// </summary>
public sealed class DirectLineTokens(
    IDirectLineKeys keys, IDirectLineSites sites, IOptions<DirectLineOptions> options, TimeProvider time)
{
    private const string Issuer = "directline";
    private const string Audience = "directline";

    // Far above what we issue: longer texts are not ours and not worth a hash.
    private const int MaxTokenLength = 8 * 1024;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly VerifiedTokens _verified = new(time);

    /// <summary>Issues a token. Does not start the conversation.</summary>
    /// <param name="site">The site it is for.</param>
    /// <param name="conversationId">A conversation to resume; new when <c>null</c>.</param>
    /// <param name="userId">A user to resume, who must begin with <c>dl_</c>; new when <c>null</c>.</param>
    /// <param name="trustedOrigins">Narrows the site's origins; <c>null</c> or empty leaves them as they are.</param>
    /// <param name="userName">The user's name, when the site vouches for it.</param>
    /// <param name="facts">What the site says of its user, by name.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ArgumentException">An id has characters or a length that ids may not have, or an origin is none.</exception>
    public ValueTask<DirectLineToken> IssueAsync(
        DirectLineSite site,
        string? conversationId = null,
        string? userId = null,
        IReadOnlyList<string>? trustedOrigins = null,
        string? userName = null,
        IReadOnlyDictionary<string, string>? facts = null,
        CancellationToken ct = default)
    {
        if (conversationId is not null && !DirectLineIds.IsConversation(conversationId))
        {
            throw new ArgumentException("Not a conversation id.", nameof(conversationId));
        }

        if (userId is not null && !DirectLineIds.IsUser(userId))
        {
            throw new ArgumentException("Not a user id.", nameof(userId));
        }

        foreach (var origin in trustedOrigins ?? [])
        {
            if (!OriginList.IsOrigin(origin))
            {
                throw new ArgumentException("Not an origin.", nameof(trustedOrigins));
            }
        }

        var grant = new DirectLineGrant(
            site,
            conversationId ?? DirectLineIds.NewConversation(),
            userId ?? DirectLineIds.NewUser(),
            userName,
            trustedOrigins ?? [],
            default)
        {
            Facts = facts ?? ReadOnlyDictionary<string, string>.Empty,
        };
        return RenewAsync(grant, ct);
    }

    /// <summary>Issues a fresh token for what an earlier one granted.</summary>
    public async ValueTask<DirectLineToken> RenewAsync(DirectLineGrant grant, CancellationToken ct = default)
    {
        var (text, expires) = await SignAsync(grant, options.Value.TokenLifetime, ct);
        return new DirectLineToken(text, grant.ConversationId, grant.UserId, expires, options.Value.TokenLifetime);
    }

    /// <summary>
    /// Checks a token. An expired one that was ours comes back as <see cref="TokenOutcome.Expired"/> with its grant.
    /// Good tokens are remembered for some minutes, so that a busy client costs one hash a request.
    /// </summary>
    public async ValueTask<TokenCheck> CheckAsync(string? token, CancellationToken ct = default)
    {
        if (!IsPlausible(token) || !IsSignedStrictly(token))
        {
            return TokenCheck.Invalid;
        }

        var fingerprint = new TokenFingerprint(token);
        if (_verified.Find(fingerprint) is { } known)
        {
            return Judge(known);
        }

        if (await VerifyAsync(token, ct) is not { } grant)
        {
            return TokenCheck.Invalid;
        }

        _verified.Remember(fingerprint, grant);
        return Judge(grant);
    }

    /// <summary>
    /// What a token grants even if it expired up to <paramref name="grace"/> ago, so that a laptop that slept over night
    /// finds its conversation again; <c>null</c> when it cannot be used any more.
    /// </summary>
    public async ValueTask<DirectLineGrant?> CheckForResumeAsync(string? token, TimeSpan grace, CancellationToken ct = default)
    {
        var check = await CheckAsync(token, ct);
        return check.Grant is { } grant && grant.ExpiresAt + grace > time.GetUtcNow() ? grant : null;
    }

    private async ValueTask<(string Text, DateTimeOffset Expires)> SignAsync(
        DirectLineGrant grant, TimeSpan lifetime, CancellationToken ct)
    {
        var key = await keys.SigningKeyAsync(ct);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + lifetime;
        var text = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = grant.ToClaims(),
            SigningCredentials = new SigningCredentials(ToSecurityKey(key), SecurityAlgorithms.HmacSha256),
        });
        return (text, expires);
    }

    private TokenCheck Judge(DirectLineGrant grant) =>
        new(grant.ExpiresAt > time.GetUtcNow() ? TokenOutcome.Valid : TokenOutcome.Expired, grant);

    private async ValueTask<DirectLineGrant?> VerifyAsync(string token, CancellationToken ct)
    {
        var signingKeys = new List<SecurityKey>();
        foreach (var key in await keys.ValidationKeysAsync(ct))
        {
            signingKeys.Add(ToSecurityKey(key));
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKeys = signingKeys,
            TryAllIssuerSigningKeys = false,
            // Expiry is read against our own clock, and an expired token is still worth knowing.
            ValidateLifetime = false,
        });
        if (!result.IsValid
            || result.SecurityToken is not JsonWebToken jwt
            || !jwt.TryGetPayloadValue(GrantClaims.Site, out string? siteId)
            || siteId is null
            || await sites.FindByIdAsync(siteId, ct) is not { } site)
        {
            return null;
        }

        return GrantClaims.Read(jwt, site);
    }

    /// <summary>Whether a text has a token's shape: three parts of which the first is JSON. A secret that has it would not be taken for one.</summary>
    internal static bool LooksLikeToken(string text) =>
        text.StartsWith("eyJ", StringComparison.Ordinal) && text.AsSpan().Count('.') == 2;

    private static bool IsPlausible([NotNullWhen(true)] string? token) => token is { Length: > 0 and <= MaxTokenLength };

    // Decoders forgive a signature whose last character has bits that stand for nothing. Then one token would have several texts.
    private static bool IsSignedStrictly(string token)
    {
        var signature = token.AsSpan(token.LastIndexOf('.') + 1);
        return Base64Url.IsValid(signature)
            && signature.Equals(Base64Url.EncodeToString(Base64Url.DecodeFromChars(signature)), StringComparison.Ordinal);
    }

    private static SymmetricSecurityKey ToSecurityKey(DirectLineKey key) => new(key.Secret) { KeyId = key.Id };
}
