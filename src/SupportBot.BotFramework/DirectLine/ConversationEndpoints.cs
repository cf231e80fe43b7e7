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

        if (PublicAddress.Of(http.Request) is not { } baseUri)
        {
            return PublicAddress.Refusal;
        }

        var grant = http.Grant();
        if (grant.Source == ActivitySource.Site && parameters?.UserId is { } named && DirectLineIds.IsForeignUser(named))
        {
            grant = grant with { UserId = named };
        }

        var start = new ConversationStart(
            grant.ConversationId,
            new ChannelAccount
            {
                Id = grant.UserId,
                Name = grant.UserName ?? InboundActivity.Name(parameters?.UserName),
                Role = RoleTypes.User,
            },
            grant.Site.Id,
            InboundActivity.Locale(parameters?.Locale),
            baseUri)
        {
            Facts = grant.Facts,
        };
        var created = await log.StartAsync(start, http.RequestAborted);
        var body = await ToBodyAsync(http, baseUri, grant, Watermark.Start, tokens, streamUrls);
        return TypedResults.Json(
            body,
            DirectLineJson.Default.ConversationBody,
            statusCode: created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    public static async Task<Results<JsonHttpResult<ConversationBody>, DirectLineError>> ReconnectAsync(
        HttpContext http, string? watermark, IActivityLog log, DirectLineTokens tokens, StreamUrls streamUrls)
    {
        if (PublicAddress.Of(http.Request) is not { } baseUri)
        {
            return PublicAddress.Refusal;
        }

        var grant = http.Grant();
        var after = Watermark.Parse(watermark);
        if (await log.ReadAsync(grant.ConversationId, after, 1, http.RequestAborted) is null)
        {
            return DirectLineError.ConversationNotFound;
        }

        var body = await ToBodyAsync(http, baseUri, grant, Watermark.Format(after), tokens, streamUrls);
        return TypedResults.Json(body, DirectLineJson.Default.ConversationBody);
    }

    private static async ValueTask<ConversationBody> ToBodyAsync(
        HttpContext http, Uri baseUri, DirectLineGrant grant, string watermark, DirectLineTokens tokens, StreamUrls streamUrls)
    {
        var token = await tokens.RenewAsync(grant, http.RequestAborted);
        var streamUrl = await streamUrls.CreateAsync(http, baseUri, grant, watermark);
        return new ConversationBody(grant.ConversationId, token.Text, token.ExpiresIn, streamUrl);
    }
}
