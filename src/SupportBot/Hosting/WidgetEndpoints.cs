using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Company;

namespace SupportBot.Hosting;

/// <param name="Site">The site's id, as in <c>data-site</c>.</param>
/// <param name="Token">The token of an earlier visit, to go on with its conversation; it may have expired.</param>
public sealed record WidgetTokenRequest(string? Site, string? Token);

public sealed record WidgetCompany(string Name, string Bot);

/// <summary>What the widget needs to talk to us.</summary>
public sealed record WidgetToken(
    string Token,
    string ConversationId,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn,
    string UserId,
    string Domain,
    bool Resumed,
    WidgetCompany Company);

/// <summary>Gives the widget a Direct Line token without a secret in the page: the site is known by the origin that the browser vouches for.</summary>
public static class WidgetEndpoints
{
    /// <summary>How long after its expiry a token still resumes its conversation.</summary>
    private static readonly TimeSpan ResumeWithin = TimeSpan.FromDays(30);

    public static void MapWidget(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/widget/token", TokenAsync)
            .RequireCors(Cors.Widget)
            .RequireRateLimiting(RateLimits.WidgetToken)
            .WithTags("Widget")
            .WithSummary("A Direct Line token for a page of a known site");

    private static async Task<Results<Ok<WidgetToken>, JsonHttpResult<ErrorBody>>> TokenAsync(
        WidgetTokenRequest request, HttpContext http, IDirectLineSites sites, DirectLineTokens tokens, CurrentCompany company)
    {
        if (request.Site is not { Length: > 0 and <= 128 } siteId)
        {
            return ErrorBody.Result(400, "BadArgument", "site is needed: the id in data-site of the script tag.", "site");
        }

        if (await sites.FindByIdAsync(siteId, http.RequestAborted) is not { } site)
        {
            return ErrorBody.Result(404, "SiteNotFound", "There is no site with this id. Sites are added with: SupportBot sites add.", "site");
        }

        if (!site.Trusts(http.Request))
        {
            return ErrorBody.Result(403, "OriginNotAllowed", "This site may not be used from this origin. Origins are given with: SupportBot sites add --origin.");
        }

        var previous = await tokens.CheckForResumeAsync(request.Token, ResumeWithin, http.RequestAborted);
        var resumed = previous?.Site.Id == site.Id;
        var issued = resumed ? await tokens.RenewAsync(previous!, http.RequestAborted) : await tokens.IssueAsync(site, ct: http.RequestAborted);
        return TypedResults.Ok(new WidgetToken(
            issued.Text,
            issued.ConversationId,
            issued.ExpiresIn,
            issued.UserId,
            $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase}/v3/directline",
            resumed,
            new WidgetCompany(company.Facts.Name, company.Facts.Bot)));
    }
}

/// <summary>Who may call from other origins: the widget's own calls, which carry no cookie.</summary>
public static class Cors
{
    public const string Widget = "widget";

    public static IServiceCollection AddWidgetCors(this IServiceCollection services) => services.AddCors(cors =>
        cors.AddPolicy(Widget, policy => policy.AllowAnyOrigin().WithMethods("GET", "POST").WithHeaders("content-type").WithExposedHeaders("Retry-After")));
}
