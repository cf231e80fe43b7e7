using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Activities from the client, and activities to a client that polls.</summary>
internal static class ActivityEndpoints
{
    public static async Task<Results<JsonHttpResult<ResourceBody>, DirectLineError>> PostAsync(
        HttpContext http, IActivityLog log, ConversationSignals signals, IOptions<DirectLineOptions> options)
    {
        var (activity, error) = await ActivityBody.ReadAsync(http.Request, options.Value);
        if (activity is null)
        {
            return error!;
        }

        var grant = http.Grant();
        var accepted = InboundActivity.Accept(activity, grant);
        if (InboundActivity.IsEphemeral(accepted))
        {
            return ToResult(signals.PublishEphemeral(grant.ConversationId, accepted));
        }

        // Not cancelled with the request: a client that gives up and sends again must find the first one stored.
        var result = await log.AppendAsync(grant.ConversationId, accepted, grant.Source, CancellationToken.None);
        return result.Outcome == AppendOutcome.UnknownConversation
            ? DirectLineError.ConversationNotFound
            : ToResult(result.ActivityId!);
    }

    public static async Task<Results<ActivitySetResult, DirectLineError>> PollAsync(
        HttpContext http, string? watermark, IActivityLog log, IOptions<DirectLineOptions> options)
    {
        var conversationId = http.Grant().ConversationId;
        var after = Watermark.Parse(watermark);
        var page = await log.ReadAsync(conversationId, after, options.Value.PageSize, http.RequestAborted);
        if (page is not null && Watermark.IsBeyond(after, page))
        {
            after = 0;
            page = await log.ReadAsync(conversationId, after, options.Value.PageSize, http.RequestAborted);
        }

        return page is null ? DirectLineError.ConversationNotFound : new ActivitySetResult(page, after);
    }

    private static JsonHttpResult<ResourceBody> ToResult(string id) =>
        TypedResults.Json(new ResourceBody(id), DirectLineJson.Default.ResourceBody);
}

/// <summary>A page of activities as it is stored, up to the size of a frame; the watermark says where to go on.</summary>
internal sealed class ActivitySetResult(ActivityPage page, long after) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var frame = ActivityFrame.Create(page.Items, 0, after);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = frame.Utf8.Length;
        await httpContext.Response.Body.WriteAsync(frame.Utf8, httpContext.RequestAborted);
    }
}
