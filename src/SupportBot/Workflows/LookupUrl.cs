namespace SupportBot.Workflows;

/// <summary>A look-up's address: which one it is never depends on what a customer wrote.</summary>
public static class LookupUrl
{
    private const string Stand = "x";

    /// <summary>What is wrong with a template for an address; null when nothing is.</summary>
    public static string? Problem(Template url)
    {
        var settings = url.Settings.ToArray();
        if (settings.Length > 1 || (settings.Length == 1 && !url.Text.StartsWith("${", StringComparison.Ordinal)))
        {
            return "an address from the configuration stands at the beginning";
        }

        if (settings.Length == 1)
        {
            return url.Start[(url.Start.IndexOf('}', StringComparison.Ordinal) + 1)..].StartsWith('/') ? null : "after ${name} comes a path";
        }

        if (!Uri.TryCreate(url.Fill(_ => Stand), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo != "")
        {
            return $"'{url.Text}' is not a web address";
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            return "http is for this machine only";
        }

        return url.Start.IndexOf('/', "https://".Length) < 0 ? "a value stands in the host's name" : null;
    }

    /// <summary>
    /// The address with its values in place; null when a value would make it another one than the company wrote, as <c>..</c> does in a path.
    /// </summary>
    /// <param name="url">A template without a <see cref="Problem"/>.</param>
    /// <param name="value">A value by name.</param>
    /// <param name="address">An address from the configuration, without a slash at its end.</param>
    public static Uri? Fill(Template url, Func<string, string> value, Func<string, string> address)
    {
        var segments = true;
        var text = url.Fill(
            name =>
            {
                var given = value(name).Trim();
                segments &= given.Length > 0 && given.Trim('.').Length > 0;
                return Uri.EscapeDataString(given);
            },
            name => address(name).TrimEnd('/'));
        return segments && Uri.TryCreate(text, UriKind.Absolute, out var filled) && filled.UserInfo == "" ? filled : null;
    }

    /// <summary>A host as it is allowed in the configuration: with the port, unless it is the scheme's own.</summary>
    public static string HostOf(Uri address) => address.IsDefaultPort ? address.Host : $"{address.Host}:{address.Port}";
}
