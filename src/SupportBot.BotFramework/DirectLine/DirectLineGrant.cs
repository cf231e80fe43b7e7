using System.Collections.ObjectModel;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>What a token allows, or a site's secret in one of the site's conversations.</summary>
/// <param name="Site">The site it was issued for, as it is configured now.</param>
/// <param name="ConversationId">The one conversation it opens.</param>
/// <param name="UserId">The user on whose behalf activities are posted; begins with <c>dl_</c> unless a site's server named it.</param>
/// <param name="UserName">The user's name, when the site vouched for it.</param>
/// <param name="TrustedOrigins">Narrows the site's origins; empty leaves them as they are.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record DirectLineGrant(
    DirectLineSite Site,
    string ConversationId,
    string UserId,
    string? UserName,
    IReadOnlyList<string> TrustedOrigins,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What the site's server says of its user, by name; empty when it said nothing.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whose word comes with it: the user's, or that of the company's own server, which has the site's secret.</summary>
    public ActivitySource Source { get; init; } = ActivitySource.User;

    /// <summary>Whether a page of this origin may use the token.</summary>
    public bool Trusts(string? origin) => Site.Trusts(origin) && OriginList.Allows(TrustedOrigins, origin);
}

/// <summary>A token as given to a client.</summary>
/// <param name="Text">The token itself.</param>
/// <param name="ConversationId">The conversation it opens.</param>
/// <param name="UserId">The user it is for.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Lifetime">How long that is from its issue.</param>
public sealed record DirectLineToken(
    string Text, string ConversationId, string UserId, DateTimeOffset ExpiresAt, TimeSpan Lifetime)
{
    /// <summary>The lifetime in seconds, the wire's <c>expires_in</c>.</summary>
    public int ExpiresIn => (int)Lifetime.TotalSeconds;
}

/// <summary>The outcome of a check.</summary>
/// <param name="Outcome">Whether the token can be used.</param>
/// <param name="Grant">What it grants, or granted; <c>null</c> when it is invalid.</param>
public readonly record struct TokenCheck(TokenOutcome Outcome, DirectLineGrant? Grant)
{
    internal static TokenCheck Invalid => new(TokenOutcome.Invalid, null);
}

/// <summary>Outcomes of a check.</summary>
public enum TokenOutcome
{
    /// <summary>Not one of ours, altered, for another purpose, or of a site that is gone.</summary>
    Invalid,

    /// <summary>Ours, but its time is over.</summary>
    Expired,

    /// <summary>Good.</summary>
    Valid,
}

/// <summary>A grant as claims. Clients read <c>user</c> without checking the signature and use that id.</summary>
internal static class GrantClaims
{
    public const string Site = "site";
    private const string Conversation = "conv";
    private const string User = "user";
    private const string Name = "name";
    private const string Origins = "origins";
    private const string Facts = "facts";

    public static Dictionary<string, object> ToClaims(this DirectLineGrant grant)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [Site] = grant.Site.Id,
            [Conversation] = grant.ConversationId,
            [User] = grant.UserId,
        };
        if (grant.UserName is not null)
        {
            claims[Name] = grant.UserName;
        }

        if (grant.TrustedOrigins.Count > 0)
        {
            // An origin has no space in it.
            claims[Origins] = string.Join(' ', grant.TrustedOrigins);
        }

        if (grant.Facts.Count > 0)
        {
            claims[Facts] = JsonSerializer.Serialize(grant.Facts, DirectLineJson.Default.IReadOnlyDictionaryStringString);
        }

        return claims;
    }

    public static DirectLineGrant? Read(JsonWebToken token, DirectLineSite site)
    {
        if (!token.TryGetPayloadValue(Conversation, out string? conversationId)
            || !token.TryGetPayloadValue(User, out string? userId)
            || !token.TryGetPayloadValue(JwtRegisteredClaimNames.Exp, out long expires)
            || conversationId is null
            || userId is null
            || !DirectLineIds.IsConversation(conversationId)
            || !DirectLineIds.IsPrintable(userId))
        {
            return null;
        }

        token.TryGetPayloadValue(Name, out string? name);
        token.TryGetPayloadValue(Origins, out string? origins);
        token.TryGetPayloadValue(Facts, out string? facts);
        return new DirectLineGrant(site, conversationId, userId, name, origins?.Split(' ') ?? [], DateTimeOffset.FromUnixTimeSeconds(expires))
        {
            Facts = facts is null ? ReadOnlyDictionary<string, string>.Empty : JsonSerializer.Deserialize(facts, DirectLineJson.Default.IReadOnlyDictionaryStringString) ?? ReadOnlyDictionary<string, string>.Empty,
        };
    }
}
