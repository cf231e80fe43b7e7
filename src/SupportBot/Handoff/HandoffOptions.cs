namespace SupportBot.Handoff;

/// <summary>Who takes escalated conversations.</summary>
public enum AgentDesk
{
    /// <summary>Our own console.</summary>
    Console,

    /// <summary>An external agent hub that is told with the protocol's handoff events; our console is what it falls back to.</summary>
    Hub,
}

/// <summary>Section <c>Handoff</c>.</summary>
public sealed record HandoffOptions
{
    public AgentDesk Agents { get; set; }

    /// <summary>
    /// Connector channels on which <c>handoff.status</c> events come from the hub and not from customers, such as <c>omnichannel</c>. On
    /// Direct Line the hub shows itself by the site's secret.
    /// </summary>
    public IReadOnlyList<string> HubChannels { get; set; } = [];

    public bool TrustsHubOn(string channel) => HubChannels.Contains(channel, StringComparer.OrdinalIgnoreCase);
}
