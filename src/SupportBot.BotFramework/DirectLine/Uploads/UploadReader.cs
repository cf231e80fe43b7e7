using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine.Uploads;

/// <summary>
/// Takes an upload's body apart: several parts in any order, one of them the activity, or a single file as it is. Files
/// go to the store as they come.
/// </summary>
internal static class UploadReader
{
    private const int MaxBoundary = 200;
    private const int MaxPartHeaders = 16;
    private const int MaxPartHeaderBytes = 8 * 1024;
    private const string ActivityType = "application/vnd.microsoft.activity";
    private const string ActivityPart = "activity";
    private const string FilePart = "file";

    /// <summary>Reads the request into the upload, or says why not.</summary>
    public static async ValueTask<DirectLineError?> ReadAsync(HttpRequest request, Upload upload, DirectLineOptions options)
    {
        var isMultipart = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase);
        var error = isMultipart
            ? await ReadPartsAsync(request, HeaderUtilities.RemoveQuotes(type!.Boundary).ToString(), upload, options)
            : await ReadFileAsync(request, upload);
        return error ?? (upload.IsEmpty ? DirectLineError.BadArgument("The upload is empty.") : null);
    }

    private static async ValueTask<DirectLineError?> ReadPartsAsync(
        HttpRequest request, string boundary, Upload upload, DirectLineOptions options)
    {
        if (boundary.Length is 0 or > MaxBoundary)
        {
            return DirectLineError.BadArgument("Content-Type: the boundary is missing or too long.");
        }

        var reader = new MultipartReader(boundary, request.Body)
        {
            HeadersCountLimit = MaxPartHeaders,
            HeadersLengthLimit = MaxPartHeaderBytes,
        };
        while (true)
        {
            var (part, error) = await NextAsync(reader, request, options);
            if (part is null)
            {
                return error;
            }

            error = await ReadPartAsync(part, upload, options, request.HttpContext.RequestAborted);
            if (error is not null)
            {
                return error;
            }
        }
    }

    private static async ValueTask<(MultipartSection? Part, DirectLineError? Error)> NextAsync(
        MultipartReader reader, HttpRequest request, DirectLineOptions options)
    {
        try
        {
            return (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted), null);
        }
        catch (Exception exception) when (BodyFault.Is(exception))
        {
            return (null, BodyFault.ToRefusal(exception, options.MaxUploadBytes));
        }
    }

    private static async ValueTask<DirectLineError?> ReadPartAsync(
        MultipartSection part, Upload upload, DirectLineOptions options, CancellationToken ct)
    {
        ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition);
        var field = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).ToString();
        var fileName = FileNameOf(disposition);

        // By its type first: files may be called "activity", and browsers call the activity's part "blob".
        if (IsActivity(part.ContentType) || (field == ActivityPart && fileName is null))
        {
            return await ReadActivityAsync(part, upload, options, ct);
        }

        // Other fields of a form say nothing here.
        return fileName is null && field != FilePart ? null : await upload.AddAsync(fileName, part.Body, ct);
    }

    private static async ValueTask<DirectLineError?> ReadActivityAsync(
        MultipartSection part, Upload upload, DirectLineOptions options, CancellationToken ct)
    {
        if (upload.Activity is not null)
        {
            return DirectLineError.BadArgument("One activity goes with an upload.");
        }

        var (activity, error) = await ActivityBody.ReadAsync(part.Body, options, ct);
        upload.Activity = activity;
        return error;
    }

    private static async ValueTask<DirectLineError?> ReadFileAsync(HttpRequest request, Upload upload)
    {
        if (request.ContentLength == 0)
        {
            return null;
        }

        ContentDispositionHeaderValue.TryParse(request.Headers.ContentDisposition.ToString(), out var disposition);
        return await upload.AddAsync(FileNameOf(disposition), request.Body, request.HttpContext.RequestAborted);
    }

    private static bool IsActivity(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(ActivityType, StringComparison.OrdinalIgnoreCase);

    // The header's own parser decodes RFC 5987 (filename*) and RFC 2047 (=?utf-8?B?...?=); raw UTF-8 comes through as it is.
    // Browsers do not escape a backslash, so only one before a quotation mark is taken for an escape.
    private static string? FileNameOf(ContentDispositionHeaderValue? disposition)
    {
        if (disposition is { FileNameStar: { HasValue: true, Length: > 0 } encoded })
        {
            return encoded.ToString();
        }

        return disposition is { FileName: { HasValue: true } name }
            ? HeaderUtilities.RemoveQuotes(name).ToString().Replace("\\\"", "\"", StringComparison.Ordinal)
            : null;
    }
}
