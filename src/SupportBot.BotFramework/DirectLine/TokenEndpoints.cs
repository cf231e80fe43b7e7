using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Tokens: from a site's secret, or from a token that is still good.</summary>
internal static class TokenEndpoints
{
    private const int MaxBody = 16 * 1024;
    private const int MaxOrigins = 20;
    private const int MaxName = 256;

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
