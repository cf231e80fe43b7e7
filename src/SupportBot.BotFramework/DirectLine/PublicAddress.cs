using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Where this server is, as the client sees it. The Host header is taken as it was sent: written as a part of an address,
/// some that pass for a host throw.
/// </summary>
internal static class PublicAddress
{
    public static DirectLineError Refusal { get; } = DirectLineError.BadArgument("Host: is not a host.");

    /// <summary>
    /// Scheme, host and path base of a request; <c>null</c> when its Host header is well-formed and still no part of an
    /// address, such as one with port 99999.
    /// </summary>
    public static Uri? Of(HttpRequest request) =>
        Uri.TryCreate(OriginOf(request) + request.PathBase, UriKind.Absolute, out var uri) ? uri : null;

    /// <summary>The origin that a page of this server would have.</summary>
    public static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";
}
