using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// What opens a stream: good for one conversation, once, for a minute. A stream's address lives as long as its socket, so
/// a ticket is as short as it can be: <c>expiry (4) | number (8) | site's length (1) | site | origins | MAC (16)</c> in
/// base64url. The MAC covers the conversation too, which the address has already, and begins with a text that no token's
/// does, so that neither can be taken for the other.
/// </summary>
internal sealed class StreamTickets(IDirectLineKeys keys, IDirectLineSites sites, IOptions<DirectLineOptions> options, TimeProvider time)
{
    private const int ExpiryBytes = 4;
    private const int NumberBytes = 8;
    private const int FixedBytes = ExpiryBytes + NumberBytes + 1;
    private const int MacBytes = 16;

    // Far above what we issue: twenty origins of 300 characters.
    private const int MaxLength = 10_000;

    private readonly UsedTickets _used = new(time, options.Value.StreamUrlLifetime);

    private static ReadOnlySpan<byte> Purpose => "directline stream\0"u8;

    /// <summary>A ticket for what is granted.</summary>
    public async ValueTask<string> IssueAsync(DirectLineGrant grant, CancellationToken ct)
    {
        var key = await keys.SigningKeyAsync(ct);
        var expires = time.GetUtcNow() + options.Value.StreamUrlLifetime;
        return Write(grant, checked((uint)expires.ToUnixTimeSeconds()), key);
    }

    /// <summary>Checks a ticket. One that has expired comes back with that outcome and what it was for.</summary>
    public async ValueTask<(TokenOutcome Outcome, StreamTicket? Ticket)> CheckAsync(string text, string conversationId, CancellationToken ct)
    {
        if (Decode(text) is not { } bytes || !await IsOursAsync(bytes, conversationId, ct))
        {
            return (TokenOutcome.Invalid, null);
        }

        var (siteId, origins, expires, number) = Read(bytes);
        if (await sites.FindByIdAsync(siteId, ct) is not { } site)
        {
            return (TokenOutcome.Invalid, null);
        }

        return (expires > time.GetUtcNow() ? TokenOutcome.Valid : TokenOutcome.Expired, new StreamTicket(site, origins, number));
    }

    /// <summary>Uses a ticket up; <c>false</c> when it was used before.</summary>
    public bool TryUse(StreamTicket ticket) => _used.TryAdd(ticket.Number);

    private static string Write(DirectLineGrant grant, uint expires, DirectLineKey key)
    {
        var site = Encoding.UTF8.GetBytes(grant.Site.Id);
        // An origin has no space in it.
        var origins = Encoding.UTF8.GetBytes(string.Join(' ', grant.TrustedOrigins));
        var bytes = new byte[FixedBytes + site.Length + origins.Length + MacBytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, expires);
        RandomNumberGenerator.Fill(bytes.AsSpan(ExpiryBytes, NumberBytes));
        bytes[FixedBytes - 1] = checked((byte)site.Length);
        site.CopyTo(bytes, FixedBytes);
        origins.CopyTo(bytes, FixedBytes + site.Length);
        Mac(key, grant.ConversationId, bytes.AsSpan(0, bytes.Length - MacBytes)).CopyTo(bytes.AsSpan(bytes.Length - MacBytes));
        return Base64Url.EncodeToString(bytes);
    }

    // Only what we would have written ourselves: a decoder forgives padding and bits that stand for nothing.
    private static byte[]? Decode(string text)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length >= FixedBytes + MacBytes
            && bytes.Length >= FixedBytes + bytes[FixedBytes - 1] + MacBytes
            && Base64Url.EncodeToString(bytes) == text
                ? bytes
                : null;
    }

    private static (string SiteId, string[] Origins, DateTimeOffset Expires, ulong Number) Read(byte[] bytes)
    {
        var site = bytes.AsSpan(FixedBytes, bytes[FixedBytes - 1]);
        var origins = bytes.AsSpan((FixedBytes + site.Length)..^MacBytes);
        return (
            Encoding.UTF8.GetString(site),
            Encoding.UTF8.GetString(origins).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(ExpiryBytes)));
    }

    private static ReadOnlySpan<byte> Mac(DirectLineKey key, string conversationId, ReadOnlySpan<byte> content)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Secret);
        hmac.AppendData(Purpose);
        hmac.AppendData(Encoding.UTF8.GetBytes(conversationId));
        hmac.AppendData("\0"u8);
        hmac.AppendData(content);
        return hmac.GetHashAndReset().AsSpan(0, MacBytes);
    }

    // There are a few keys at most, and their ids would be longer than what they save.
    private async ValueTask<bool> IsOursAsync(byte[] bytes, string conversationId, CancellationToken ct)
    {
        foreach (var key in await keys.ValidationKeysAsync(ct))
        {
            if (CryptographicOperations.FixedTimeEquals(Mac(key, conversationId, bytes.AsSpan(..^MacBytes)), bytes.AsSpan(^MacBytes..)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What a ticket allows.</summary>
/// <param name="Site">The site it was issued for, as it is configured now.</param>
/// <param name="TrustedOrigins">Narrows the site's origins; empty leaves them as they are.</param>
/// <param name="Number">Tells it from all others.</param>
internal sealed record StreamTicket(DirectLineSite Site, IReadOnlyList<string> TrustedOrigins, ulong Number)
{
    /// <summary>Whether a page of this origin may use it.</summary>
    public bool Trusts(string? origin) => Site.Trusts(origin) && OriginList.Allows(TrustedOrigins, origin);
}
