using SupportBot.Workflows;

namespace SupportBot.Lookups;

/// <summary>The settings of look-ups as they are asked for: what a name stands for, and whether a host may be asked.</summary>
/// <param name="options">The configuration.</param>
/// <param name="own">Addresses of this service itself by name, known once it listens; those of the configuration come first.</param>
public sealed class LookupSettings(LookupOptions options, IReadOnlyDictionary<string, Func<string>> own)
{
    /// <summary>The address that a name stands for; null when it is not configured.</summary>
    public string? Address(string name) =>
        options.Addresses.TryGetValue(name, out var address) ? address.ToString().TrimEnd('/')
        : own.TryGetValue(name, out var ask) ? ask().TrimEnd('/')
        : null;

    /// <summary>The secret that a name stands for; null when it is not configured.</summary>
    public string? Secret(string name) => options.Secrets.GetValueOrDefault(name) is { Length: > 0 } secret ? secret : null;

    /// <summary>Whether the configuration lets look-ups ask this host.</summary>
    public bool Allows(Uri address) =>
        address.Scheme is "https" or "http" && (address.Scheme == "https" || address.IsLoopback)
        && (options.AllowedHosts.Contains(LookupUrl.HostOf(address), StringComparer.OrdinalIgnoreCase)
            || options.Addresses.Keys.Concat(own.Keys).Any(name => Uri.TryCreate(Address(name), UriKind.Absolute, out var named) && Uri.Compare(named, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0));

    /// <summary>What a look-up needs that the configuration does not give; each with the look-up's key and the fix.</summary>
    public IEnumerable<(string Key, string Message, string Fix)> Missing(Lookup lookup)
    {
        foreach (var name in lookup.Url.Settings.Where(n => !options.Addresses.ContainsKey(n) && !own.ContainsKey(n)))
        {
            yield return ("url", $"the address '${{{name}}}' is not configured", $"set Workflows:Addresses:{name}");
        }

        foreach (var (key, templates) in new[] { ("headers", lookup.Headers), ("body", lookup.Body) })
        {
            foreach (var name in templates.Values.SelectMany(t => t.Settings).Distinct().Where(n => Secret(n) is null))
            {
                yield return (key, $"the secret '${{{name}}}' is not set", $"set Workflows:Secrets:{name}");
            }
        }

        if (!lookup.Url.Settings.Any() && LookupUrl.Problem(lookup.Url) is null && Uri.TryCreate(lookup.Url.Fill(_ => "x"), UriKind.Absolute, out var address) && !Allows(address))
        {
            yield return ("url", $"the host '{LookupUrl.HostOf(address)}' may not be asked", $"add '{LookupUrl.HostOf(address)}' to Workflows:AllowedHosts");
        }
    }
}
