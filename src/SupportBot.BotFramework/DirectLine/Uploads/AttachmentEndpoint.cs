using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Uploaded files, to whoever has a file's address or may read its conversation. To anybody else there is no file.
/// Strangers' files are served so that no browser runs anything in them: a fixed type, as a download, in a sandbox.
/// </summary>
internal static class AttachmentEndpoint
{
    public const string Name = "SupportBot.DirectLine.Attachment";

    public static IEnumerable<string> Methods { get; } = [HttpMethods.Get, HttpMethods.Head];

    public static async Task<Results<FileStreamHttpResult, DirectLineError>> GetAsync(
        HttpContext http, string conversationId, string attachmentId, string? k, IAttachmentStore store, RequestGrants grants)
    {
        if (string.IsNullOrEmpty(k) && await grants.FindAsync(http) is { Refusal: { } refusal })
        {
            return refusal.Status == StatusCodes.Status429TooManyRequests ? refusal : DirectLineError.NotFound;
        }

        if (await store.OpenAsync(conversationId, attachmentId, http.RequestAborted) is not { } attachment)
        {
            return DirectLineError.NotFound;
        }

        if (!string.IsNullOrEmpty(k) && !IsKey(k, attachment.Info))
        {
            await attachment.DisposeAsync();
            return DirectLineError.NotFound;
        }

        Protect(http.Response.Headers);
        var info = attachment.Info;
        return TypedResults.Stream(
            attachment.Content,
            info.ContentType == ContentSniffer.PlainText ? info.ContentType + "; charset=utf-8" : info.ContentType,
            info.Name,
            attachment.SavedAt,
            new EntityTagHeaderValue($"\"{attachmentId}\""),
            enableRangeProcessing: attachment.Content.CanSeek);
    }

    private static bool IsKey(string presented, AttachmentInfo info) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(info.Key));

    // A file never changes under its address. An answer to a picture carries no cross-origin headers and must not be
    // taken from a cache for a script that needs them, hence Vary.
    private static void Protect(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers.Vary = HeaderNames.Origin;
    }
}
