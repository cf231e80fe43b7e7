using System.ComponentModel.DataAnnotations;

namespace SupportBot.Tickets.Systems;

/// <summary>One ticketing system: <c>Tickets:Systems:0</c> and so on.</summary>
public sealed record TicketSystemOptions
{
    /// <summary>What routes and addresses name it by; a lower case word.</summary>
    [RegularExpression("[a-z][a-z0-9-]{0,30}", ErrorMessage = "use lower case letters, digits and -, at most 31")]
    public string Name { get; set; } = "";

    /// <summary>The kind of system, such as <c>RequestTracker</c>.</summary>
    [Required(ErrorMessage = "name the kind of system, such as RequestTracker")]
    public string Type { get; set; } = "";

    /// <summary>Where its API is.</summary>
    public Uri? Url { get; set; }

    /// <summary>Who calls it, where a token alone does not say so.</summary>
    public string? User { get; set; }

    /// <summary>The secret that our calls carry.</summary>
    public string? Token { get; set; }

    /// <summary>The secret that signs its calls to <c>/api/tickets/webhooks/NAME</c>; without one they are refused.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>How long one call may take, seconds.</summary>
    [Range(1, 30, ErrorMessage = "from 1 to 30 seconds")]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>How often it is asked what has changed, seconds.</summary>
    [Range(1, 3600, ErrorMessage = "from 1 to 3600 seconds")]
    public int PollSeconds { get; set; } = 15;

    /// <summary>What only this kind of system needs; the vendor's file names and checks it.</summary>
    public Dictionary<string, string> Settings { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A setting of the vendor's that must be there.</summary>
    /// <exception cref="TicketSystemProblem">It is not.</exception>
    public string Need(string setting, string explanation) =>
        Settings.TryGetValue(setting, out var value) && value.Length > 0 ? value : throw new TicketSystemProblem($"Settings:{setting}", explanation);

    /// <summary>The address, ending with a slash.</summary>
    /// <exception cref="TicketSystemProblem">There is none, or it would send secrets over an open line.</exception>
    public Uri NeedUrl()
    {
        if (Url is not { IsAbsoluteUri: true } url)
        {
            throw new TicketSystemProblem(nameof(Url), "name the address, such as https://tickets.example");
        }

        if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        {
            throw new TicketSystemProblem(nameof(Url), "use https: the token travels with every call");
        }

        return url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    /// <summary>The token.</summary>
    /// <exception cref="TicketSystemProblem">There is none.</exception>
    public string NeedToken() => Token is { Length: > 0 } token ? token : throw new TicketSystemProblem(nameof(Token), "give the token that our calls carry");
}

/// <summary>A setting of a ticketing system that cannot be used.</summary>
/// <param name="key">The key below the system's section.</param>
/// <param name="fix">What it takes.</param>
public sealed class TicketSystemProblem(string key, string fix) : Exception($"{key}: {fix}")
{
    public string Key { get; } = key;

    public string Fix { get; } = fix;
}
