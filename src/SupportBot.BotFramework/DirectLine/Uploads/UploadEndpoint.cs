using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Messages with files. Files are stored before the activity is, so that nobody sees an attachment that cannot be
/// fetched, and deleted again when the activity does not follow.
/// </summary>
internal static class UploadEndpoint
{
    // Beside files and activity: boundaries and the headers of parts.
    private const int Envelope = 64 * 1024;

    public static async Task<Results<JsonHttpResult<ResourceBody>, DirectLineError>> PostAsync(
        HttpContext http,
        string? userId,
        IActivityLog log,
        IAttachmentStore store,
        AttachmentUrls urls,
        IOptions<DirectLineOptions> options)
    {
        if (RaiseLimit(http, options.Value) is { } tooLarge)
        {
            return tooLarge;
        }

        if (PublicAddress.Of(http.Request) is not { } baseUri)
        {
            return PublicAddress.Refusal;
        }

        var grant = http.Grant();
        if (await log.FindAsync(grant.ConversationId, http.RequestAborted) is null)
        {
            return DirectLineError.ConversationNotFound;
        }

        var upload = new Upload(grant.ConversationId, store, options.Value);
        var stored = false;
        try
        {
            var error = await UploadReader.ReadAsync(http.Request, upload, options.Value);
            if (error is not null)
            {
                return error;
            }

            (var activity, error) = upload.PutTogether(file => urls.Create(http, baseUri, grant.ConversationId, file));
            if (activity is null || (error = InboundActivity.Refuse(activity, options.Value.MaxTextLength)) is not null)
            {
                return error!;
            }

            // Not cancelled with the request: a client that gives up and sends again must find the first one stored.
            var accepted = InboundActivity.Accept(activity with { From = activity.From ?? new ChannelAccount { Id = userId } }, grant);
            var result = await log.AppendAsync(grant.ConversationId, accepted, grant.Source, CancellationToken.None);
            stored = result.Outcome == AppendOutcome.Appended;
            return result.Outcome == AppendOutcome.UnknownConversation
                ? DirectLineError.ConversationNotFound
                : TypedResults.Json(new ResourceBody(result.ActivityId!), DirectLineJson.Default.ResourceBody);
        }
        finally
        {
            if (!stored)
            {
                await upload.DiscardAsync();
            }
        }
    }

    // Raised only: a host's larger limit lets the rest of what is refused run out, so that the client reads the refusal.
    private static DirectLineError? RaiseLimit(HttpContext http, DirectLineOptions options)
    {
        var limit = (long)options.MaxUploadBytes + options.MaxActivityBytes + Envelope;
        if (http.Request.ContentLength > limit)
        {
            return DirectLineError.MessageSizeTooBig(options.MaxUploadBytes);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature && feature.MaxRequestBodySize < limit)
        {
            feature.MaxRequestBodySize = limit;
        }

        return null;
    }
}
