using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Starting a conversation and coming back to it.</summary>
internal static class ConversationEndpoints
{
    private const int MaxBody = 16 * 1024;

    public static async Task<Results<JsonHttpResult<ConversationBody>, DirectLineError>> StartAsync(
        HttpContext http, IActivityLog log, DirectLineTokens tokens, StreamUrls streamUrls)
    {
        var (parameters, error) = await JsonBody.ReadOptionalAsync(http.Request, MaxBody, DirectLineJson.Default.StartParameters);
        if (error is not null)
        {
            return error;
        }

        // A Host header may be well-formed and still no part of an address, such as one with port 99999.
        if (!Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}", UriKind.Absolute, out var baseUri))
        {
            return DirectLineError.BadArgument("Host: is not a host.");
        }

        var grant = http.Grant();
        var start = new ConversationStart(
            grant.ConversationId,
            new ChannelAccount
            {
                Id = grant.UserId,
                Name = grant.UserName ?? InboundActivity.Name(parameters?.User?.Name),
                Role = RoleTypes.User,
            },
            grant.Site.Id,
            InboundActivity.Locale(parameters?.Locale),
            baseUri);
        var created = await log.StartAsync(start, http.RequestAborted);
        var body = await ToBodyAsync(http, grant, Watermark.Start, tokens, streamUrls);
        return TypedResults.Json(
            body,
            DirectLineJson.Default.ConversationBody,
            statusCode: created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public static async Task<Results<JsonHttpResult<ConversationBody>, DirectLineError>> ReconnectAsync(
        HttpContext http, string? watermark, IActivityLog log, DirectLineTokens tokens, StreamUrls streamUrls)
    {
        var grant = http.Grant();
        var after = Watermark.Parse(watermark);
        if (await log.ReadAsync(grant.ConversationId, after, 1, http.RequestAborted) is null)
        {
            return DirectLineError.ConversationNotFound;
        }

        var body = await ToBodyAsync(http, grant, Watermark.Format(after), tokens, streamUrls);
        return TypedResults.Json(body, DirectLineJson.Default.ConversationBody);
    }

    private static async ValueTask<ConversationBody> ToBodyAsync(
        HttpContext http, DirectLineGrant grant, string watermark, DirectLineTokens tokens, StreamUrls streamUrls)
    {
        var token = await tokens.RenewAsync(grant, http.RequestAborted);
        var streamUrl = await streamUrls.CreateAsync(http, grant, watermark);
        return new ConversationBody(grant.ConversationId, token.Text, token.ExpiresIn, streamUrl);
    }
}
