using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// A refusal: <c>{"error":{"code","message"}}</c>. The status codes matter beyond their meaning: on 403 clients
/// disconnect for good, so only a token that expired gets one once a conversation runs.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs.</param>
/// <param name="Message">For developers, in English.</param>
/// <param name="RetryAfter">When to try again; sent in whole seconds.</param>
public sealed record DirectLineError(int Status, string Code, string Message, TimeSpan? RetryAfter = null) : IResult
{
    /// <summary>401: no Bearer token.</summary>
    public static DirectLineError MissingAuthorization { get; } =
        new(StatusCodes.Status401Unauthorized, "MissingAuthorization", "Send the header \"Authorization: Bearer <token>\".");

    /// <summary>401: a token that is not good here.</summary>
    public static DirectLineError InvalidToken { get; } =
        new(StatusCodes.Status401Unauthorized, "InvalidToken", "The token is not valid for this request.");

    /// <summary>403: a token that was good.</summary>
    public static DirectLineError TokenExpired { get; } =
        new(StatusCodes.Status403Forbidden, "TokenExpired", "The token has expired. Ask for a new one.");

    /// <summary>404: nothing was begun under this id, or it is gone.</summary>
    public static DirectLineError ConversationNotFound { get; } =
        new(StatusCodes.Status404NotFound, "ConversationNotFound", "There is no such conversation. Start it first.");

    /// <summary>404: no such address.</summary>
    public static DirectLineError NotFound { get; } =
        new(StatusCodes.Status404NotFound, "NotFound", "There is nothing at this address.");

    /// <summary>405: the address exists and wants another method.</summary>
    public static DirectLineError MethodNotAllowed { get; } =
        new(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "This address does not take this method.");

    /// <summary>400: the request cannot be understood.</summary>
    public static DirectLineError BadArgument(string message) => new(StatusCodes.Status400BadRequest, "BadArgument", message);

    /// <summary>400: the text is too long.</summary>
    public static DirectLineError TextTooLong(int limit) => new(
        StatusCodes.Status400BadRequest,
        "TextTooLong",
        string.Create(CultureInfo.InvariantCulture, $"$.text: at most {limit} characters."));

    /// <summary>413: the body is too large.</summary>
    public static DirectLineError MessageSizeTooBig(int limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        "MessageSizeTooBig",
        string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limit} bytes."));

    /// <summary>415: a file is of a type that is not taken, whatever its name says.</summary>
    public static DirectLineError UnsupportedMediaType(string fileName) =>
        new(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", $"Files like \"{fileName}\" are not taken: send a picture, a PDF, a document or plain text.");

    /// <summary>429: too much at once.</summary>
    public static DirectLineError RateLimited(TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "RateLimited", "Too many requests. Wait a moment.", retryAfter);

    /// <summary>The page's origin is not on the list: 403 where a token is asked for, 400 where a client would take 403 for the end.</summary>
    public static DirectLineError OriginNotAllowed(int status) =>
        new(status, "OriginNotAllowed", "Pages of this origin may not use this bot.");

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(
            new ErrorBody(new ErrorDetail(Code, Message)),
            DirectLineJson.Default.ErrorBody,
            cancellationToken: httpContext.RequestAborted);
    }
}
