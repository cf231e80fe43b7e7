using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>The sites that may embed the bot. A company keeps them where it likes.</summary>
public interface IDirectLineSites
{
    /// <summary>Finds a site by the secret its own server presents. Compare in constant time, or compare hashes.</summary>
    ValueTask<DirectLineSite?> FindBySecretAsync(string secret, CancellationToken ct = default);

    /// <summary>Finds a site by its id. A token of a site that is no longer found is refused within minutes.</summary>
    ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct = default);
}

/// <summary>A site that embeds the bot.</summary>
/// <param name="Id">At most 64 letters, digits, <c>_</c> and <c>-</c>.</param>
/// <param name="TrustedOrigins">Origins such as <c>https://shop.example</c>, or <c>http://localhost:*</c> for any port; empty is any.</param>
public sealed record DirectLineSite(string Id, IReadOnlyList<string> TrustedOrigins)
{
    /// <summary>
    /// Whether a page of this origin may talk to the bot. A request without <c>Origin</c> is not from a page, and the
    /// check, which protects people from pages, has nothing to say about it.
    /// </summary>
    public bool Trusts(string? origin) => OriginList.Allows(TrustedOrigins, origin);

    /// <summary>Whether the page that makes this request may talk to the bot; a page of the server's own origin always may.</summary>
    public bool Trusts(HttpRequest request) => Trusts(RequestCredentials.OriginOf(request));
}

/// <summary>Sites known at start.</summary>
public sealed class InMemoryDirectLineSites : IDirectLineSites
{
    private readonly Dictionary<string, DirectLineSite> _byId = new(StringComparer.Ordinal);
    private readonly List<(byte[] Hash, DirectLineSite Site)> _bySecret = [];

    /// <summary>Adds a site. Without a secret, only the host itself issues its tokens.</summary>
    public InMemoryDirectLineSites Add(DirectLineSite site, string? secret = null)
    {
        _byId[site.Id] = site;
        if (secret is not null)
        {
            _bySecret.Add((Hash(secret), site));
        }

        return this;
    }

    /// <inheritdoc />
    public ValueTask<DirectLineSite?> FindBySecretAsync(string secret, CancellationToken ct = default)
    {
        var presented = Hash(secret);
        foreach (var (hash, site) in _bySecret)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, presented))
            {
                return ValueTask.FromResult<DirectLineSite?>(site);
            }
        }

        return ValueTask.FromResult<DirectLineSite?>(null);
    }

    /// <inheritdoc />
    public ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct = default) =>
        ValueTask.FromResult(_byId.GetValueOrDefault(id));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
