using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>Where this server is, as the client sees it.</summary>
internal static class PublicAddress
{
    public static DirectLineError Refusal { get; } = DirectLineError.BadArgument("Host: is not a host.");

    /// <summary>
    /// Scheme, host and path base of a request; <c>null</c> when its Host header is well-formed and still no part of an
    /// address, such as one with port 99999.
    /// </summary>
    public static Uri? Of(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}{request.PathBase}", UriKind.Absolute, out var uri) ? uri : null;
}
