using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace SupportBot.BotFramework.Connector;

/// <summary>What issuers publish, fetched over HTTPS (in the clear only within this machine), in a bounded time and size.</summary>
internal sealed class IssuerDocuments(
    IHttpClientFactory clients, IOptions<ConnectorOptions> options, TimeProvider time) : IDocumentRetriever
{
    private const int MaxBytes = 1024 * 1024;

    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        // The address of the keys is the word of the document that was fetched first.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !ServiceAddress.IsSafe(uri))
        {
            throw new HttpRequestException($"Not an https address: {address}");
        }

        using var patience = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var client = clients.CreateClient(ConnectorServices.HttpClientName);
        client.MaxResponseContentBufferSize = MaxBytes;
        using var response = await client.GetAsync(uri, either.Token);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(either.Token);
    }
}
