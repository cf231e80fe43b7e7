using System.Diagnostics.CodeAnalysis;

namespace SupportBot.BotFramework.Connector;

/// <summary>Addresses of channels: which ones may be called, and what is where below them. Pure.</summary>
internal static class ServiceAddress
{
    /// <summary>Whether something may be sent there at all: in the clear only within this machine.</summary>
    public static bool IsSafe([NotNullWhen(true)] Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    /// <summary>The address that an activity gives for replies; <c>null</c> when nothing may be sent there.</summary>
    public static Uri? Parse(string? serviceUrl) =>
        Uri.TryCreate(serviceUrl, UriKind.Absolute, out var address) && IsSafe(address) ? address : null;

    /// <summary>Whether two spellings name the same service: neither letter case nor a slash at the end tells them apart.</summary>
    public static bool AreSame(string? one, string? other) =>
        !string.IsNullOrEmpty(one)
        && !string.IsNullOrEmpty(other)
        && one.AsSpan().TrimEnd('/').Equals(other.AsSpan().TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Where conversations are made.</summary>
    public static Uri Conversations(Uri service) => Below(service, "conversations");

    /// <summary>Where activities of a conversation are sent, as a reply to one of them or to none.</summary>
    public static Uri Activities(Uri service, string conversationId, string? replyToId) => Below(
        service,
        string.IsNullOrEmpty(replyToId)
            ? $"conversations/{Segment(conversationId)}/activities"
            : $"conversations/{Segment(conversationId)}/activities/{Segment(replyToId)}");

    // A query or fragment of the service's address is no part of it.
    private static Uri Below(Uri service, string path) =>
        new($"{service.GetLeftPart(UriPartial.Path).TrimEnd('/')}/v3/{path}");

    // A segment of dots would climb out of the conversation, and no escape keeps it from being resolved.
    private static string Segment(string id) => id.AsSpan().ContainsAnyExcept('.')
        ? Uri.EscapeDataString(id)
        : throw new ArgumentException("Not an id.", nameof(id));
}
