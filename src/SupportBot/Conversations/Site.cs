using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>A website that embeds the widget, with the origins it may be called from.</summary>
public sealed class Site
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>Origins such as <c>https://shop.example</c>, one a line; the service's own origin is always trusted.</summary>
    public required string Origins { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> OriginList => Origins.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A site's Direct Line secret, kept as a hash. Two can be good at once, so that servers can be changed over without a gap.</summary>
public sealed class SiteSecret
{
    /// <summary>How many may be good at once.</summary>
    public const int MostPerSite = 2;

    private const int SecretBytes = 24;

    /// <summary>The secret's first characters, by which people tell secrets apart.</summary>
    public required string Id { get; init; }

    public required string SiteId { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A new random secret and what is kept of it.</summary>
    public static (string Secret, SiteSecret Kept) Create(string siteId, DateTimeOffset now)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, Keep(secret, siteId, now));
    }

    /// <summary>What is kept of a secret.</summary>
    public static SiteSecret Keep(string secret, string siteId, DateTimeOffset now) =>
        new() { Id = secret[..6], SiteId = siteId, Hash = HashOf(secret), CreatedAt = now };

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>A key that signs Direct Line tokens; kept in the database so that restarts and replicas share it.</summary>
public sealed class SigningKey
{
    public required string Id { get; init; }

    public required byte[] Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Sites by secret and id, from the database.</summary>
public sealed class StoredSites(IDbContextFactory<SupportBotDb> contexts) : IDirectLineSites
{
    public async ValueTask<DirectLineSite?> FindBySecretAsync(string secret, CancellationToken ct)
    {
        var hash = SiteSecret.HashOf(secret);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var site = await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => db.SiteSecrets.Any(k => k.Hash == hash && k.SiteId == s.Id), ct);
        return site is null ? null : new DirectLineSite(site.Id, site.OriginList);
    }

    public async ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var site = await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct);
        return site is null ? null : new DirectLineSite(site.Id, site.OriginList);
    }
}
