using System.Globalization;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Lists of origins: exact, in any case, a trailing slash forgiven. <c>http://localhost:*</c> is any port of a host, for
/// those who develop.
/// </summary>
internal static class OriginList
{
    private const string AnyPort = ":*";

    public static bool Allows(IReadOnlyList<string> trusted, string? origin)
    {
        if (trusted.Count == 0 || string.IsNullOrEmpty(origin))
        {
            return true;
        }

        for (var i = 0; i < trusted.Count; i++)
        {
            if (Matches(trusted[i].AsSpan().TrimEnd('/'), origin))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<char> trusted, ReadOnlySpan<char> origin)
    {
        if (!trusted.EndsWith(AnyPort, StringComparison.Ordinal))
        {
            return trusted.Equals(origin, StringComparison.OrdinalIgnoreCase);
        }

        var host = trusted[..^AnyPort.Length];
        if (!origin.StartsWith(host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var port = origin[host.Length..];
        return port.IsEmpty || (port[0] == ':' && ushort.TryParse(port[1..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    /// <summary>Whether a text is an origin (scheme, host, port) and not an address with a path.</summary>
    public static bool IsOrigin(string text) =>
        text.Length <= 300
        && !text.Contains(' ')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
