using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>Part of section <c>DirectLine</c>.</summary>
public sealed record SigningKeyOptions
{
    /// <summary>
    /// Keys that sign tokens, each at least 32 bytes in Base64: the first one signs, all of them are good. Empty: one that is made on the first
    /// start and kept in the database, where replicas find it.
    /// </summary>
    public IReadOnlyList<string> SigningKeys { get; set; } = [];

    /// <summary>The keys, or what is wrong with one.</summary>
    public bool TryRead(out IReadOnlyList<DirectLineKey> keys, out string? problem)
    {
        var read = new List<DirectLineKey>();
        (keys, problem) = (read, null);
        for (var i = 0; i < SigningKeys.Count; i++)
        {
            var bytes = new byte[SigningKeys[i].Length];
            if (!Convert.TryFromBase64String(SigningKeys[i], bytes, out var length) || length < 32)
            {
                problem = $"DirectLine:SigningKeys:{i}: is not Base64 of at least 32 bytes. Make one with: openssl rand -base64 32.";
                return false;
            }

            var secret = bytes[..length];
            read.Add(new DirectLineKey(Convert.ToHexStringLower(SHA256.HashData(secret).AsSpan(0, 8)), secret));
        }

        return true;
    }
}

/// <summary>Signing keys from the configuration, or else from the database; the first start makes one.</summary>
public sealed class StoredKeys(IDbContextFactory<SupportBotDb> contexts, Commits commits, IReadOnlyList<DirectLineKey> configured, TimeProvider time) : IDirectLineKeys
{
    private volatile IReadOnlyList<DirectLineKey>? _keys = configured.Count > 0 ? configured : null;

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
