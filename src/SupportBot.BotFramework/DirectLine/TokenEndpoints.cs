using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Tokens: from a site's secret, or from a token that is still good.</summary>
internal static class TokenEndpoints
{
    private const int MaxBody = 16 * 1024;
    private const int MaxOrigins = 20;
    private const int MaxName = 256;
    private const int MaxFacts = 20;
    private const int MaxFactName = 40;

    // All of them travel in the token, with every request.
    private const int MaxFactCharacters = 2_000;

    public static async Task<Results<JsonHttpResult<TokenBody>, DirectLineError>> GenerateAsync(
        HttpContext http, IDirectLineSites sites, DirectLineTokens tokens, DirectLineRateLimit rateLimit)
    {
        if (RequestCredentials.BearerOf(http.Request) is not { } secret)
        {
            return DirectLineError.MissingAuthorization;
        }

        if (await sites.FindBySecretAsync(secret, http.RequestAborted) is not { } site)
        {
            return DirectLineError.InvalidToken;
        }

        if (!site.Trusts(RequestCredentials.OriginOf(http.Request)))
        {
            return DirectLineError.OriginNotAllowed(StatusCodes.Status403Forbidden);
        }

        if (rateLimit.RefuseSite(site) is { } limited)
        {
            return limited;
        }

        var (parameters, error) = await JsonBody.ReadOptionalAsync(http.Request, MaxBody, DirectLineJson.Default.TokenParameters);
        if (error is not null || (error = Refuse(parameters)) is not null)
        {
            return error;
        }

        var token = await tokens.IssueAsync(
            site,
            userId: parameters?.User?.Id,
            trustedOrigins: parameters?.TrustedOrigins!,
            userName: parameters?.User?.Name,
            facts: parameters?.Facts?.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal),
            ct: http.RequestAborted);
        return ToResult(token);
    }

    public static async Task<Results<JsonHttpResult<TokenBody>, DirectLineError>> RefreshAsync(HttpContext http, DirectLineTokens tokens) =>
        http.Grant().Source == ActivitySource.Site
            ? DirectLineError.BadArgument("Authorization: a token is refreshed, a secret has no need of it.")
            : ToResult(await tokens.RenewAsync(http.Grant(), http.RequestAborted));

    private static JsonHttpResult<TokenBody> ToResult(DirectLineToken token) => TypedResults.Json(
        new TokenBody(token.ConversationId, token.Text, token.ExpiresIn), DirectLineJson.Default.TokenBody);

    private static DirectLineError? Refuse(TokenParameters? parameters)
    {
        if (parameters?.User?.Id is { } id && !DirectLineIds.IsUser(id))
        {
            return DirectLineError.BadArgument(
                "$.user.id: begins with dl_ and has at most 128 letters, digits, _, -, . and @.");
        }

        if (parameters?.User?.Name is { Length: > MaxName })
        {
            return DirectLineError.BadArgument("$.user.name: at most 256 characters.");
        }

        var facts = parameters?.Facts ?? new Dictionary<string, string?>();
        if (facts.Count > MaxFacts || facts.Keys.Any(name => name.Length is 0 or > MaxFactName) || facts.Sum(f => f.Key.Length + (f.Value?.Length ?? 0)) > MaxFactCharacters)
        {
            return DirectLineError.BadArgument("$.facts: at most 20, with names of at most 40 characters, 2000 characters in all.");
        }

        var origins = parameters?.TrustedOrigins ?? [];
        if (origins.Count > MaxOrigins)
        {
            return DirectLineError.BadArgument("$.trustedOrigins: at most 20.");
        }

        for (var i = 0; i < origins.Count; i++)
        {
            if (origins[i] is not { } origin || !OriginList.IsOrigin(origin))
            {
                return DirectLineError.BadArgument($"$.trustedOrigins[{i}]: an origin such as https://shop.example is expected.");
            }
        }

        return null;
    }
}
