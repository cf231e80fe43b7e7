using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SupportBot.Conversations;

/// <summary>Section <c>Public</c>.</summary>
public sealed record PublicOptions
{
    /// <summary>Scheme and host under which customers reach this service, such as <c>https://help.shop.example</c>.</summary>
    public Uri? Url { get; set; }
}

/// <summary>
/// Where links to help pages lead in conversations that did not come through our own address, such as those of Teams. Without a setting it is
/// the first address that the service listens on.
/// </summary>
public sealed class PublicAddress(PublicOptions options, IServer server)
{
    /// <summary>Where the service reaches itself.</summary>
    public string Listening => Regex.Replace(
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost", @"//(?:0\.0\.0\.0|\[::\]|\*|\+)", "//127.0.0.1").TrimEnd('/');

    public string BaseUri => (options.Url?.ToString() ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost").TrimEnd('/');
}
