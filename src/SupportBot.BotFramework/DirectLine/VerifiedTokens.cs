using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// Tokens whose signature was checked lately. Bounded in number, and in time so that a key or a site that was withdrawn
/// stops working within minutes. Holds hashes, not tokens.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider time)
{
    private const int MaxTokens = 20_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    public DirectLineGrant? Find(TokenFingerprint fingerprint) =>
        _cache.TryGetValue(fingerprint, out Entry? entry) && entry!.Until > time.GetUtcNow() ? entry.Grant : null;

    public void Remember(TokenFingerprint fingerprint, DirectLineGrant grant)
    {
        var now = time.GetUtcNow();
        var age = TimeSpan.FromTicks(Math.Min(MaxAge.Ticks, (grant.ExpiresAt - now).Ticks));
        if (age > TimeSpan.Zero)
        {
            _cache.Set(fingerprint, new Entry(grant, now + age), new MemoryCacheEntryOptions
            {
                Size = 1,
                AbsoluteExpirationRelativeToNow = age,
            });
        }
    }

    private sealed record Entry(DirectLineGrant Grant, DateTimeOffset Until);
}

/// <summary>The SHA-256 of a token.</summary>
internal readonly record struct TokenFingerprint
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    public TokenFingerprint(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> text = token.Length <= 1024 ? stackalloc byte[3 * 1024] : new byte[3 * token.Length];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        _high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }
}
