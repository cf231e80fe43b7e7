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
    private AccessToken _token;

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
            if ((_token.RefreshOn ?? _token.ExpiresOn - RenewBefore) <= now)
            {
                await RenewAsync(source, now, ct);
            }

            return _token.Token;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task RenewAsync(TokenCredential source, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            _token = await source.GetTokenAsync(new TokenRequestContext(Scopes), ct);
        }
        catch (AuthenticationFailedException exception)
        {
            // A wrong secret counts as passing too: what waits is sent once somebody has put it right.
            if (_token.ExpiresOn - LastUse <= now)
            {
                throw new ConnectorException("No token for replies could be had.", exception)
                {
                    Code = "TokenUnavailable",
                    IsTransient = true,
                };
            }
        }
    }
}
