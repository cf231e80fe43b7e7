using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>Azure AI Search as the second engine, the section <c>Knowledge:AzureSearch</c>. Off unless an endpoint is named.</summary>
public sealed partial record AzureSearchOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Knowledge:AzureSearch";

    /// <summary>Address of the search service, for example <c>https://name.search.windows.net</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Name of the index, which is made when it is not there. It belongs to this program alone.</summary>
    public string Index { get; init; } = "supportbot";

    /// <summary>The key: an admin key, or a query key where nothing is uploaded. Never logged.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Whether the service is opened with the machine's managed identity instead of a key.</summary>
    public bool UseManagedIdentity { get; init; }

    /// <summary>Client id of a user-assigned managed identity; null for the system-assigned one.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>Whether the semantic ranker reads what was found; the service's plan must have it.</summary>
    public bool UseSemanticRanker { get; init; }

    /// <summary>Where vectors come from; off unless a model is named.</summary>
    public EmbeddingOptions Embeddings { get; init; } = new();

    /// <summary>Whether the running service uploads what changes; without, only <c>index</c> does.</summary>
    public bool UploadChanges { get; init; } = true;

    /// <summary>How long a question waits for the service before the embedded index answers alone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10", ErrorMessage = "takes a time from 00:00:00.05 to 00:00:10.", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>After how many questions of half a minute, half of which failed, the service is left alone.</summary>
    [Range(2, 1_000, ErrorMessage = "takes 2 to 1000 questions.")]
    public int FailuresBeforeRest { get; init; } = 4;

    /// <summary>How long it is then left alone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00", ErrorMessage = "takes a time from 00:00:00.5 to 01:00:00.", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the engine is used at all.</summary>
    public bool IsOn => Endpoint is not null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Problems().Select(problem => new ValidationResult(problem.Message, [problem.Member]));

    /// <summary>Without the keys, which must not get into a log.</summary>
    public override string ToString() => $"index {Index} at {Endpoint?.Host}";

    private IEnumerable<(string Member, string Message)> Problems()
    {
        if (Endpoint is not { } endpoint)
        {
            return ApiKey.Length > 0 || UseManagedIdentity || UseSemanticRanker || Embeddings.IsOn
                ? [(nameof(Endpoint), "is missing: it takes the search service's address, such as https://name.search.windows.net.")]
                : [];
        }

        return Problems(endpoint).Concat(Embeddings.Problems(UseManagedIdentity).Select(p => ($"{nameof(Embeddings)}:{p.Member}", p.Message)));
    }

    private IEnumerable<(string Member, string Message)> Problems(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme != "https")
        {
            yield return (nameof(Endpoint), "is no https address: it takes one such as https://name.search.windows.net.");
        }

        if (ApiKey.Length > 0 == UseManagedIdentity)
        {
            yield return (nameof(ApiKey), "or UseManagedIdentity is needed, and not both; a key is best given as the environment variable Knowledge__AzureSearch__ApiKey.");
        }

        if (!IndexName().IsMatch(Index))
        {
            yield return (nameof(Index), "takes 2 to 128 lower-case letters, digits and single dashes, a letter or digit first and last.");
        }
    }

    [GeneratedRegex("^(?=.{2,128}$)[a-z0-9]+(?:-[a-z0-9]+)*$")]
    private static partial Regex IndexName();
}

/// <summary>The model that turns texts into vectors: OpenAI's, Azure OpenAI's or any server's that speaks OpenAI's embeddings.</summary>
public sealed record EmbeddingOptions
{
    private const string AzureHost = ".openai.azure.com";
    private const string AzurePath = "openai/v1/";
    private const int FewestDimensions = 2;
    private const int MostDimensions = 3072;

    /// <summary>The model's name; for Azure OpenAI the deployment's. Nothing means no vectors.</summary>
    public string Model { get; init; } = "";

    /// <summary>Address of the server; null for OpenAI's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The key; nothing where the managed identity opens Azure OpenAI, or where none is needed. Never logged.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>How many numbers a vector of the model has.</summary>
    public int Dimensions { get; init; } = 1536;

    /// <summary>Whether passages and questions get vectors.</summary>
    public bool IsOn => Model.Length > 0;

    /// <summary>Whether the server is Azure OpenAI, which managed identities open.</summary>
    public bool IsAzure => Endpoint is { IsAbsoluteUri: true } endpoint && endpoint.Host.EndsWith(AzureHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the server is reached, with the path of its interface; null for OpenAI's own address.</summary>
    public Uri? Address => Endpoint switch
    {
        null => null,
        { } endpoint when IsAzure && !endpoint.AbsolutePath.Contains("/openai", StringComparison.OrdinalIgnoreCase) => new Uri(endpoint, AzurePath),
        { } endpoint => endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/"),
    };

    /// <summary>Names what the vectors are made with: others mean that all are made anew.</summary>
    public string Fingerprint => IsOn ? $"{Model}/{Dimensions}" : "";

    /// <summary>Without the key, which must not get into a log.</summary>
    public override string ToString() => Fingerprint;

    internal IEnumerable<(string Member, string Message)> Problems(bool hasManagedIdentity)
    {
        if (!IsOn)
        {
            if (Endpoint is not null || ApiKey.Length > 0)
            {
                yield return (nameof(Model), "is missing: name the embedding model, or leave the other settings of Embeddings out.");
            }

            yield break;
        }

        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")))
        {
            yield return (nameof(Endpoint), "is no address: it takes one such as https://name.openai.azure.com/.");
        }
        else if (Endpoint is { Scheme: "http", IsLoopback: false } && ApiKey.Length > 0)
        {
            yield return (nameof(Endpoint), "would send the key in the clear: use https.");
        }

        if (ApiKey.Length == 0 && (Endpoint is null || (IsAzure && !hasManagedIdentity)))
        {
            yield return (nameof(ApiKey), "is missing: OpenAI needs a key, best given as the environment variable Knowledge__AzureSearch__Embeddings__ApiKey.");
        }

        if (Dimensions is < FewestDimensions or > MostDimensions)
        {
            yield return (nameof(Dimensions), $"takes {FewestDimensions} to {MostDimensions}: as many numbers as a vector of the model has.");
        }
    }
}
