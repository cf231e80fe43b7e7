using System.ClientModel;
using System.ClientModel.Primitives;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using OpenAI;
using OpenAI.Embeddings;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>How the search service is reached, for a host that reaches it its own way.</summary>
/// <param name="Transport">Carries the requests; null for a plain connection.</param>
/// <param name="Credential">Gives tokens in place of the managed identity; null for the machine's own.</param>
public sealed record AzureSearchAccess(HttpMessageHandler? Transport = null, TokenCredential? Credential = null);

/// <summary>The clients: one that asks and does not ask again, since an answer has a deadline, and one that uploads and is patient.</summary>
internal sealed class AzureSearchClients
{
    private const string EmbeddingScope = "https://cognitiveservices.azure.com/.default";
    private const string NoKey = "none";
    private const int UploadRetries = 3;

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(2);

    private readonly AzureSearchOptions _options;
    private readonly Uri _endpoint;
    private readonly HttpClient _http;
    private readonly TokenCredential? _credential;

    /// <param name="options">The validated settings, with an endpoint.</param>
    /// <param name="access">How the service is reached.</param>
    public AzureSearchClients(AzureSearchOptions options, AzureSearchAccess access)
    {
        _options = options;
        _endpoint = options.Endpoint ?? throw new ArgumentException("There is no endpoint.", nameof(options));
        _http = new HttpClient(access.Transport ?? new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife, AllowAutoRedirect = false }, disposeHandler: access.Transport is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _credential = options.UseManagedIdentity ? access.Credential ?? Identity(options) : null;
        Questions = _credential is null
            ? new SearchClient(_endpoint, options.Index, new AzureKeyCredential(options.ApiKey), Settings(retries: 0))
            : new SearchClient(_endpoint, options.Index, _credential, Settings(retries: 0));
        Indexes = _credential is null
            ? new SearchIndexClient(_endpoint, new AzureKeyCredential(options.ApiKey), Settings(UploadRetries))
            : new SearchIndexClient(_endpoint, _credential, Settings(UploadRetries));
        Documents = Indexes.GetSearchClient(options.Index);
        Embeddings = options.Embeddings.IsOn ? EmbeddingClient(options.Embeddings) : null;
    }

    /// <summary>Asks the index, once.</summary>
    public SearchClient Questions { get; }

    /// <summary>Reads and writes documents, and waits when the service is busy.</summary>
    public SearchClient Documents { get; }

    /// <summary>Makes and changes the index.</summary>
    public SearchIndexClient Indexes { get; }

    /// <summary>Turns texts into vectors; null without a model for it.</summary>
    public EmbeddingClient? Embeddings { get; }

    private SearchClientOptions Settings(int retries) => new(SearchClientOptions.ServiceVersion.V2023_11_01)
    {
        Transport = new HttpClientTransport(_http),
        Retry = { MaxRetries = retries, NetworkTimeout = LongestUpload },
        Audience = Audience(_endpoint.Host),
        Diagnostics = { IsTelemetryEnabled = false },
    };

    private static SearchAudience Audience(string host) =>
        host.EndsWith(".azure.us", StringComparison.OrdinalIgnoreCase) ? SearchAudience.AzureGovernment
        : host.EndsWith(".azure.cn", StringComparison.OrdinalIgnoreCase) ? SearchAudience.AzureChina
        : SearchAudience.AzurePublicCloud;

    private static ManagedIdentityCredential Identity(AzureSearchOptions options) => new(
        options.ManagedIdentityClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);

    private EmbeddingClient EmbeddingClient(EmbeddingOptions options)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        AuthenticationPolicy policy = options is { ApiKey: "", IsAzure: true } && _credential is not null
            ? new BearerTokenPolicy(_credential, EmbeddingScope)
            : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : NoKey));

        // The one constructor for managed identities is marked as under evaluation.
#pragma warning disable OPENAI001
        return new EmbeddingClient(options.Model, policy, settings);
#pragma warning restore OPENAI001
    }
}
