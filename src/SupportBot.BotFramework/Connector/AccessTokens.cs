using Azure.Core;
using Azure.Identity;

namespace SupportBot.BotFramework.Connector;

/// <summary>
/// The token for replies: one for all channels, asked for once however many replies wait for it, and renewed before it
/// ends. One that is still good outlives an issuer that cannot be reached.
/// </summary>
internal sealed class AccessTokens(ConnectorCredential credential, TimeProvider time) : IDisposable
{
    private static readonly string[] Scopes = ["https://api.botframework.com/.default"];
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LastUse = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _asking = new(1);
    private AccessToken? _token;

    /// <summary>The token; <c>null</c> for a bot that has no identity.</summary>
    /// <exception cref="ConnectorException">There is none to be had now.</exception>
    public async ValueTask<string?> GetAsync(CancellationToken ct)
    {
        if (credential.Credential is not { } source)
        {
            return null;
        }

        await _asking.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (_token is { } known && (known.RefreshOn ?? known.ExpiresOn - RenewBefore) > now)
            {
                return known.Token;
            }

            return (await RenewAsync(source, now, ct)).Token;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<AccessToken> RenewAsync(TokenCredential source, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            var token = await source.GetTokenAsync(new TokenRequestContext(Scopes), ct);
            _token = token;
            return token;
        }
        catch (AuthenticationFailedException) when (_token is not null && _token.Value.ExpiresOn - LastUse > now)
        {
            return _token.Value;
        }
        catch (AuthenticationFailedException exception)
        {
            // A wrong secret counts as passing too: what waits is sent once somebody has put it right.
            throw new ConnectorException("No token for replies could be had.", exception)
            {
                Code = "TokenUnavailable",
                IsTransient = true,
            };
        }
    }
}
