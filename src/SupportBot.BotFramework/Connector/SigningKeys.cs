using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.Connector;

/// <summary>A key that an issuer signs with.</summary>
/// <param name="Key">The key.</param>
/// <param name="Endorsements">The channels for which it may vouch.</param>
internal sealed record SigningKey(SecurityKey Key, FrozenSet<string> Endorsements);

/// <summary>The issuer's keys were never read and cannot be now.</summary>
internal sealed class SigningKeysUnavailableException(TimeSpan retryAfter) : Exception("The issuer's keys cannot be read.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>
/// The keys that an issuer announces. Read once a day, and at once when a token names a key that is not known - but not
/// more than once a minute, or forged tokens would make us hammer the issuer. Known keys outlive an issuer that cannot be
/// reached.
/// </summary>
internal sealed partial class SigningKeys(
    Uri metadata, IDocumentRetriever documents, TimeProvider time, ILogger<SigningKeys> logger) : IDisposable
{
    private const string EndorsementsKey = "endorsements";

    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(24);
    private static readonly TimeSpan MinInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<string, SigningKey>? _keys;
    private DateTimeOffset _readAt;
    private DateTimeOffset _failedAt;
    private DateTimeOffset _soughtAt;

    /// <summary>Finds a key by its id; <c>null</c> when the issuer has none of this id.</summary>
    /// <exception cref="SigningKeysUnavailableException">No keys were ever read.</exception>
    public async ValueTask<SigningKey?> FindAsync(string id, CancellationToken ct)
    {
        if (TryFindFresh(id, out var known))
        {
            return known;
        }

        await _reading.WaitAsync(ct);
        try
        {
            // Whoever held the lock may have read them just now.
            if (TryFindFresh(id, out known))
            {
                return known;
            }

            var now = time.GetUtcNow();
            var isSought = _keys is not null && !_keys.ContainsKey(id) && now - _soughtAt >= MinInterval;
            if (isSought)
            {
                _soughtAt = now;
            }

            if (isSought || IsDue(now))
            {
                await ReadAsync(now, ct);
            }

            return _keys is null
                ? throw new SigningKeysUnavailableException(_failedAt + RetryInterval - now)
                : _keys.GetValueOrDefault(id);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool TryFindFresh(string id, [NotNullWhen(true)] out SigningKey? key)
    {
        key = null;
        return _keys is { } keys && time.GetUtcNow() - _readAt < MaxAge && keys.TryGetValue(id, out key);
    }

    private bool IsDue(DateTimeOffset now) => _keys is null
        ? now - _failedAt >= RetryInterval
        : now - _readAt >= MaxAge && now - _failedAt >= MinInterval;

    private async Task ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(metadata.AbsoluteUri, documents, ct);
            _keys = configuration.JsonWebKeySet.Keys
                .Where(key => !string.IsNullOrEmpty(key.KeyId))
                .GroupBy(key => key.KeyId, StringComparer.Ordinal)
                .ToFrozenDictionary(keys => keys.Key, keys => ToSigningKey(keys.First()), StringComparer.Ordinal);
            _readAt = now;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // Whatever an issuer may do wrong, it must not take down those tokens whose keys are known.
            _failedAt = now;
            LogFault(exception, metadata);
        }
    }

    private static SigningKey ToSigningKey(JsonWebKey key) => new(
        key,
        key.AdditionalData.TryGetValue(EndorsementsKey, out var value) && value is JsonElement { ValueKind: JsonValueKind.Array } names
            ? names.EnumerateArray()
                .Where(name => name.ValueKind == JsonValueKind.String)
                .Select(name => name.GetString()!)
                .ToFrozenSet(StringComparer.Ordinal)
            : []);

    [LoggerMessage(LogLevel.Warning, "The signing keys announced at {Metadata} could not be read.")]
    private partial void LogFault(Exception exception, Uri metadata);
}
