using System.Net.Http.Headers;
using System.Text.Json;
using SupportBot.Benchmarks.Contenders;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>A conversation that a client has begun, as a page does it: a token by the site's secret, all else by the token.</summary>
/// <param name="Id">The conversation's id.</param>
/// <param name="Token">What the client shows from now on.</param>
/// <param name="Stream">Where its WebSocket is; good once and for a minute.</param>
public sealed record StartedConversation(string Id, AuthenticationHeaderValue Token, Uri Stream)
{
    /// <summary>Below the server's address.</summary>
    public const string Prefix = "v3/directline";

    public static async Task<StartedConversation> StartAsync(HttpClient http, AuthenticationHeaderValue secret, CancellationToken ct)
    {
        async Task<JsonElement> CallAsync(string path, AuthenticationHeaderValue authorization)
        {
            var body = await LoadClient.SendAsync(http, HttpMethod.Post, new Uri(http.BaseAddress!, $"{Prefix}/{path}"), authorization, null, ct);
            return JsonSerializer.Deserialize<JsonElement>(body);
        }

        var generated = await CallAsync("tokens/generate", secret);
        var token = new AuthenticationHeaderValue("Bearer", generated.GetProperty("token").GetString());
        var started = await CallAsync("conversations", token);
        return new StartedConversation(
            started.GetProperty("conversationId").GetString()!,
            token,
            new Uri(started.GetProperty("streamUrl").GetString()!));
    }
}
