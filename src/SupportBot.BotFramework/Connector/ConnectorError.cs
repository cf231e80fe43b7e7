using System.Globalization;
using Microsoft.AspNetCore.Http;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.BotFramework.Connector;

/// <summary>A refusal of an activity that a channel brought: <c>{"error":{"code","message"}}</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs.</param>
/// <param name="Message">For developers, in English.</param>
/// <param name="RetryAfter">When to try again; sent in whole seconds.</param>
internal sealed record ConnectorError(int Status, string Code, string Message, TimeSpan? RetryAfter = null) : IResult
{
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(2);

    /// <summary>429: the bot is behind.</summary>
    public static ConnectorError TooManyTurns { get; } = new(
        StatusCodes.Status429TooManyRequests, "TooManyTurns", "The bot has too much to do. Wait a moment.", RetryWhenFull);

    /// <summary>500: the bot failed where somebody waits for its answer.</summary>
    public static ConnectorError BotFailed { get; } =
        new(StatusCodes.Status500InternalServerError, "BotFailed", "The bot failed.");

    /// <summary>501: no bot answers this invoke.</summary>
    public static ConnectorError NotImplemented { get; } =
        new(StatusCodes.Status501NotImplemented, "NotImplemented", "The bot does not know this invoke.");

    /// <summary>400: the request cannot be understood.</summary>
    public static ConnectorError BadArgument(string message) => new(StatusCodes.Status400BadRequest, "BadArgument", message);

    /// <summary>401: the check named by the code failed.</summary>
    public static ConnectorError Unauthorized(string code, string message) =>
        new(StatusCodes.Status401Unauthorized, code, message);

    /// <summary>503: whether the token is good cannot be told.</summary>
    public static ConnectorError KeysUnavailable(TimeSpan retryAfter) => new(
        StatusCodes.Status503ServiceUnavailable, "KeysUnavailable", "The issuer's keys cannot be read. Try again later.", retryAfter);

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
