using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>Somebody who signs tokens and announces the keys, as Azure Bot Service and Microsoft Entra do.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string ChannelIssuer = "https://api.botframework.com";

    private readonly TimeProvider _time;
    private LoopbackServer? _server;
    private int _reads;

    private TokenIssuer(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>The keys that are announced now.</summary>
    public List<IssuerKey> Announced { get; } = [];

    /// <summary>Whether the keys cannot be had.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often somebody wanted to read the keys.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Where the metadata is.</summary>
    public Uri Metadata => new(_server!.Address, "/v1/.well-known/openidconfiguration");

    /// <summary>An issuer that announces one key, endorsed for these channels.</summary>
    public static async Task<TokenIssuer> StartAsync(TimeProvider time, params string[] endorsements)
    {
        var issuer = new TokenIssuer(time);
        issuer.Announced.Add(IssuerKey.First(endorsements));
        issuer._server = await LoopbackServer.StartAsync(issuer.AnswerAsync);
        return issuer;
    }

    /// <summary>A token as a channel brings it, with changes.</summary>
    /// <param name="serviceUrl">The claim; <c>null</c> leaves it out.</param>
    /// <param name="key">The key to sign with; by default the first one that is announced.</param>
    /// <param name="algorithm">The algorithm to sign with.</param>
    /// <param name="change">Changes the rest.</param>
    public string ChannelToken(
        string? serviceUrl,
        IssuerKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256,
        Action<SecurityTokenDescriptor>? change = null) =>
        Token(ChannelIssuer, serviceUrl is null ? [] : new() { ["serviceurl"] = serviceUrl }, key, algorithm, change);

    /// <summary>A token of any issuer with these claims.</summary>
    public string Token(
        string issuer,
        Dictionary<string, object> claims,
        IssuerKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256,
        Action<SecurityTokenDescriptor>? change = null)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = ConnectorServer.AppId,
            NotBefore = now,
            Expires = now.AddHours(1),
            Claims = claims,
            SigningCredentials = new SigningCredentials((key ?? Announced[0]).Private, algorithm),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.EndsWith("openidconfiguration", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _reads);
            if (IsDown)
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return Task.CompletedTask;
            }

            return http.Response.WriteAsync(new JsonObject
            {
                ["issuer"] = ChannelIssuer,
                ["jwks_uri"] = new Uri(_server!.Address, "/v1/.well-known/keys").AbsoluteUri,
            }.ToJsonString());
        }

        return http.Response.WriteAsync(new JsonObject
        {
            ["keys"] = new JsonArray([.. Announced.Select(key => (JsonNode)key.ToJson())]),
        }.ToJsonString());
    }
}
