namespace SupportBot.BotFramework.DirectLine;

/// <summary>Lists of origins: exact, in any case, a trailing slash forgiven.</summary>
internal static class OriginList
{
    public static bool Allows(IReadOnlyList<string> trusted, string? origin)
    {
        if (trusted.Count == 0 || string.IsNullOrEmpty(origin))
        {
            return true;
        }

        for (var i = 0; i < trusted.Count; i++)
        {
            if (trusted[i].AsSpan().TrimEnd('/').Equals(origin, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is an origin (scheme, host, port) and not an address with a path.</summary>
    public static bool IsOrigin(string text) =>
        text.Length <= 300
        && !text.Contains(' ')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Host.Length > 0
        && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
