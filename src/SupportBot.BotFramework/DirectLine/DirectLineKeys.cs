using System.Security.Cryptography;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>The keys that sign tokens. Replicas that serve the same clients share them.</summary>
public interface IDirectLineKeys
{
    /// <summary>The key for new tokens.</summary>
    ValueTask<DirectLineKey> SigningKeyAsync(CancellationToken ct = default);

    /// <summary>All keys whose tokens are good, the signing key among them: keep a retired key while its tokens may be resumed.</summary>
    ValueTask<IReadOnlyList<DirectLineKey>> ValidationKeysAsync(CancellationToken ct = default);
}

/// <summary>A key for HMAC-SHA-256.</summary>
public sealed record DirectLineKey
{
    private const int MinimumBytes = 32;

    /// <param name="id">Names the key in a token's header.</param>
    /// <param name="secret">At least 32 random bytes.</param>
    /// <exception cref="ArgumentException">The id is empty or the secret too short.</exception>
    public DirectLineKey(string id, byte[] secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (secret.Length < MinimumBytes)
        {
            throw new ArgumentException($"A key has at least {MinimumBytes} bytes.", nameof(secret));
        }

        Id = id;
        Secret = secret;
    }

    /// <summary>The key's id (<c>kid</c>).</summary>
    public string Id { get; }

    internal byte[] Secret { get; }

    /// <summary>A new random key.</summary>
    public static DirectLineKey Create() =>
        new(RandomNumberGenerator.GetHexString(16, lowercase: true), RandomNumberGenerator.GetBytes(MinimumBytes));

    /// <summary>The id only: a secret does not belong in a log.</summary>
    public override string ToString() => Id;
}

/// <summary>Keys known at start; by default a random one, whose tokens end with the process.</summary>
public sealed class InMemoryDirectLineKeys : IDirectLineKeys
{
    private readonly DirectLineKey[] _keys;

    /// <param name="keys">The first one signs; all of them validate.</param>
    public InMemoryDirectLineKeys(params DirectLineKey[] keys)
    {
        _keys = keys.Length > 0 ? keys : [DirectLineKey.Create()];
    }

    /// <inheritdoc />
    public ValueTask<DirectLineKey> SigningKeyAsync(CancellationToken ct = default) => ValueTask.FromResult(_keys[0]);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DirectLineKey>> ValidationKeysAsync(CancellationToken ct = default) =>
        ValueTask.FromResult<IReadOnlyList<DirectLineKey>>(_keys);
}
