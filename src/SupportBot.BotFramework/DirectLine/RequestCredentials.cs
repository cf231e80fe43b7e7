using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>What a request shows of who asks: the bearer's credentials and the page's origin.</summary>
internal static class RequestCredentials
{
    private const string Scheme = "Bearer ";

    /// <summary>The token or secret of the request's header; <c>null</c> when there is none.</summary>
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
        return origin is not null && origin.Equals(PublicAddress.OriginOf(request), StringComparison.OrdinalIgnoreCase) ? null : origin;
    }
}
