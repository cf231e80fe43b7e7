using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Lets a request pass that carries a good token of the conversation in its address, from a trusted page, and not too
/// often. The token's grant is then a feature of the request.
/// </summary>
internal sealed class RequireToken(DirectLineTokens tokens, DirectLineRateLimit rateLimit) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (BearerOf(http.Request) is not { } token)
        {
            return DirectLineError.MissingAuthorization;
        }

        var check = await tokens.CheckAsync(token, http.RequestAborted);
        if (Refuse(check, http) is { } refusal)
        {
            return refusal;
        }

        var grant = check.Grant!;
        if (rateLimit.Refuse(grant.ConversationId) is { } wait)
        {
            return DirectLineError.RateLimited(wait);
        }

        http.Features.Set(grant);
        return await next(context);
    }

    /// <summary>The token of the request's header; <c>null</c> when there is none.</summary>
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1
            && header[0] is { } value
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && value.AsSpan(Scheme.Length).Trim() is { IsEmpty: false } token
                ? token.ToString()
                : null;
    }

    /// <summary>Why a checked token does not do for this request; <c>null</c> when it does.</summary>
    public static DirectLineError? Refuse(TokenCheck check, HttpContext http)
    {
        if (check.Outcome == TokenOutcome.Expired)
        {
            return DirectLineError.TokenExpired;
        }

        if (check.Grant is not { } grant)
        {
            return DirectLineError.InvalidToken;
        }

        if (http.Request.RouteValues.TryGetValue("conversationId", out var id)
            && !string.Equals(id as string, grant.ConversationId, StringComparison.Ordinal))
        {
            return DirectLineError.InvalidToken;
        }

        return grant.Trusts(OriginOf(http.Request))
            ? null
            : DirectLineError.OriginNotAllowed(StatusCodes.Status400BadRequest);
    }

    /// <summary>The origin of the page that asks; <c>null</c> for no page, and for this server's own pages, which need no trust.</summary>
    public static string? OriginOf(HttpRequest request)
    {
        string? origin = request.Headers[HeaderNames.Origin];
        return origin is not null && origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) ? null : origin;
    }
}

/// <summary>How endpoints behind <see cref="RequireToken"/> get at the grant.</summary>
internal static class GrantOfRequest
{
    public static DirectLineGrant Grant(this HttpContext http) =>
        http.Features.Get<DirectLineGrant>() ?? throw new InvalidOperationException("The endpoint is not behind RequireToken.");
}
