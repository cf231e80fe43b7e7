using Microsoft.Extensions.Caching.Memory;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Sites by the secrets that were presented lately, for clients that send theirs with every request. Bounded in number,
/// and in time so that a revoked secret stops working within half a minute. Holds hashes, not secrets; what is no secret
/// is not remembered.
/// </summary>
internal sealed class KnownSecrets(IDirectLineSites sites, TimeProvider time)
{
    private const int MaxSecrets = 1_000;
    private const int MaxLength = 1_024;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxSecrets });

    public async ValueTask<DirectLineSite?> FindAsync(string secret, CancellationToken ct)
    {
        if (secret.Length > MaxLength)
        {
            return null;
        }

        var fingerprint = new TokenFingerprint(secret);
        var now = time.GetUtcNow();
        if (_cache.TryGetValue(fingerprint, out Entry? entry) && entry!.Until > now)
        {
            return entry.Site;
        }

        var site = await sites.FindBySecretAsync(secret, ct);
        if (site is not null)
        {
            _cache.Set(fingerprint, new Entry(site, now + MaxAge), new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = MaxAge,
            });
        }

        return site;
    }

    private sealed record Entry(DirectLineSite Site, DateTimeOffset Until);
}
