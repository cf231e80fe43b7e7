using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Lets a request pass whose credentials are good for the address it asks for, from a trusted page, and not too often.
/// What they grant is then a feature of the request.
/// </summary>
internal sealed class RequireGrant(RequestGrants grants) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (grant, refusal) = await grants.FindAsync(http);
        if (grant is null)
        {
            return refusal;
        }

        http.Features.Set(grant);
        return await next(context);
    }
}

/// <summary>How endpoints behind <see cref="RequireGrant"/> get at the grant.</summary>
internal static class GrantOfRequest
{
    public static DirectLineGrant Grant(this HttpContext http) =>
        http.Features.Get<DirectLineGrant>() ?? throw new InvalidOperationException("The endpoint is not behind RequireGrant.");
}
