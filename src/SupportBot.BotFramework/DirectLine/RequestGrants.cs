using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// What a request may do by the credentials in its header: a token opens its one conversation, a site's secret opens all
/// conversations of that site and begins new ones.
/// </summary>
internal sealed class RequestGrants(DirectLineTokens tokens, KnownSecrets secrets, DirectLineRateLimit rateLimit)
{
    public async ValueTask<(DirectLineGrant? Grant, DirectLineError? Refusal)> FindAsync(HttpContext http)
    {
        if (RequestCredentials.BearerOf(http.Request) is not { } bearer)
        {
            return (null, DirectLineError.MissingAuthorization);
        }

        return DirectLineTokens.LooksLikeToken(bearer) ? await OfTokenAsync(bearer, http) : await OfSecretAsync(bearer, http);
    }

    private async ValueTask<(DirectLineGrant?, DirectLineError?)> OfTokenAsync(string token, HttpContext http)
    {
        var check = await tokens.CheckAsync(token, http.RequestAborted);
        if (RequestCredentials.Refuse(check, http) is { } refusal)
        {
            return (null, refusal);
        }

        var grant = check.Grant!;
        var limited = rateLimit.RefuseSite(grant.Site) ?? rateLimit.RefuseConversation(grant.ConversationId);
        return limited is null ? (grant, null) : (null, limited);
    }

    private async ValueTask<(DirectLineGrant?, DirectLineError?)> OfSecretAsync(string secret, HttpContext http)
    {
        if (await secrets.FindAsync(secret, http.RequestAborted) is not { } site)
        {
            return (null, DirectLineError.InvalidToken);
        }

        if (!site.Trusts(RequestCredentials.OriginOf(http.Request)))
        {
            return (null, DirectLineError.OriginNotAllowed(StatusCodes.Status400BadRequest));
        }

        if (rateLimit.RefuseSite(site) is { } limited)
        {
            return (null, limited);
        }

        return http.Request.RouteValues.TryGetValue("conversationId", out var id)
            ? await OfConversationAsync(site, id as string, http)
            : (ToGrant(site, DirectLineIds.NewConversation(), DirectLineIds.NewUser(), null), null);
    }

    private async ValueTask<(DirectLineGrant?, DirectLineError?)> OfConversationAsync(DirectLineSite site, string? id, HttpContext http)
    {
        if (!DirectLineIds.IsConversation(id))
        {
            return (null, DirectLineError.ConversationNotFound);
        }

        if (rateLimit.RefuseConversation(id!) is { } limited)
        {
            return (null, limited);
        }

        // Another site's conversation is as good as none: whether it exists is not this site's business.
        var log = http.RequestServices.GetRequiredService<IActivityLog>();
        return await log.FindAsync(id!, http.RequestAborted) is { } start && start.SiteId == site.Id
            ? (ToGrant(site, id!, start.User.Id ?? DirectLineIds.NewUser(), start.User.Name), null)
            : (null, DirectLineError.ConversationNotFound);
    }

    private static DirectLineGrant ToGrant(DirectLineSite site, string conversationId, string userId, string? userName) =>
        new(site, conversationId, userId, userName, [], DateTimeOffset.MaxValue) { Source = ActivitySource.Site };
}
