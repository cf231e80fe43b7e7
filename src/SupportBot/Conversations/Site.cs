using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>A website that embeds the widget, with its Direct Line secret (kept as a hash) and the origins it may be called from.</summary>
public sealed class Site
{
    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string SecretHash { get; set; }

    /// <summary>Origins such as <c>https://shop.example</c>, one a line; the service's own origin is always trusted.</summary>
    public required string Origins { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> OriginList => Origins.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
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
        var hash = Site.Hash(secret);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var site = await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => s.SecretHash == hash, ct);
        return site is null ? null : new DirectLineSite(site.Id, site.OriginList);
    }

    public async ValueTask<DirectLineSite?> FindByIdAsync(string id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var site = await db.Sites.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, ct);
        return site is null ? null : new DirectLineSite(site.Id, site.OriginList);
    }
}

/// <summary>Signing keys from the database; the first start makes one.</summary>
public sealed class StoredKeys(IDbContextFactory<SupportBotDb> contexts, Commits commits, TimeProvider time) : IDirectLineKeys
{
    private volatile IReadOnlyList<DirectLineKey>? _keys;

    public async ValueTask<DirectLineKey> SigningKeyAsync(CancellationToken ct) => (await ValidationKeysAsync(ct))[0];

    public async ValueTask<IReadOnlyList<DirectLineKey>> ValidationKeysAsync(CancellationToken ct)
    {
        if (_keys is { } known)
        {
            return known;
        }

        var keys = await ReadAsync(ct);
        if (keys.Count == 0)
        {
            await commits.RunAsync("signing-key", async db =>
            {
                if (!await db.SigningKeys.AnyAsync(ct))
                {
                    db.SigningKeys.Add(new SigningKey
                    {
                        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                        Secret = RandomNumberGenerator.GetBytes(32),
                        CreatedAt = time.GetUtcNow(),
                    });
                }

                return true;
            }, ct);
            keys = await ReadAsync(ct);
        }

        return _keys = keys;
    }

    private async Task<IReadOnlyList<DirectLineKey>> ReadAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.SigningKeys.AsNoTracking().OrderByDescending(k => k.CreatedAt).Take(4).ToListAsync(ct);
        return rows.ConvertAll(k => new DirectLineKey(k.Id, k.Secret));
    }
}
