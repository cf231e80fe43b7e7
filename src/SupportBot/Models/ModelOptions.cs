using System.ComponentModel.DataAnnotations;
using SupportBot.Answers.Models;

namespace SupportBot.Models;

/// <summary>Who words the answers.</summary>
public enum ModelProvider
{
    /// <summary>Nobody: answers are the articles' own sentences.</summary>
    None,

    /// <summary>OpenAI.</summary>
    OpenAI,

    /// <summary>Azure OpenAI through its <c>/openai/v1/</c> endpoint.</summary>
    AzureOpenAI,

    /// <summary>Ollama, on this machine unless an endpoint is given.</summary>
    Ollama,

    /// <summary>Any server that speaks OpenAI's chat completions, such as vLLM or llama.cpp.</summary>
    OpenAICompatible,

    /// <summary>Anthropic.</summary>
    Anthropic,
}

/// <summary>The model that words answers, the section <c>Answers:Model</c>. Off unless a provider is named.</summary>
public sealed record ModelOptions : IValidatableObject
{
    private const string OllamaHere = "http://localhost:11434/v1/";
    private const string AzurePath = "openai/v1/";

    /// <summary>Who words the answers.</summary>
    public ModelProvider Provider { get; init; }

    /// <summary>The model's name at the provider; for Azure OpenAI the deployment's.</summary>
    public string Model { get; init; } = "";

    /// <summary>Address of the provider, for example <c>https://name.openai.azure.com/</c>; null for the provider's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The key. Never logged.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Whether Azure OpenAI is opened with the machine's managed identity instead of a key.</summary>
    public bool UseManagedIdentity { get; init; }

    /// <summary>Client id of a user-assigned managed identity; null for the system-assigned one.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The most tokens of an answer.</summary>
    [Range(50, 8_000, ErrorMessage = "takes 50 to 8000 tokens.")]
    public int MaxOutputTokens { get; init; } = 400;

    /// <summary>Sampling temperature; null leaves it to the model, as some models accept no other.</summary>
    [Range(0.0, 2.0, ErrorMessage = "takes 0 to 2, or nothing for the model's own.")]
    public float? Temperature { get; init; }

    /// <summary>
    /// How long after the customer's message an answer must be complete; otherwise the article's own sentences are sent. The default
    /// leaves half a second of three for everything else.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "takes a time from 00:00:00.1 to 00:02:00.", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>After how many calls of half a minute, half of which failed, the model is left alone.</summary>
    [Range(2, 1_000, ErrorMessage = "takes 2 to 1000 calls.")]
    public int FailuresBeforeRest { get; init; } = 4;

    /// <summary>How long it is then left alone.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "takes a time from 00:00:01 to 01:00:00.", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What may be used.</summary>
    public BudgetLimits Budget { get; init; } = new();

    /// <summary>Where the provider is reached, with the path of its interface; null for the provider's own address.</summary>
    public Uri? Address => (Provider, Endpoint) switch
    {
        (ModelProvider.Ollama, null) => new Uri(OllamaHere),
        (ModelProvider.AzureOpenAI, { } endpoint) when !endpoint.AbsolutePath.Contains($"/{AzurePath.TrimEnd('/')}", StringComparison.OrdinalIgnoreCase) =>
            new Uri(endpoint, AzurePath),
        (_, { } endpoint) => endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/"),
        _ => null,
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == ModelProvider.None)
        {
            return [];
        }

        return Problems().Concat(BudgetProblems()).Select(problem => new ValidationResult(problem.Message, [problem.Member]));
    }

    /// <summary>Without the key, which must not get into a log.</summary>
    public override string ToString() => $"{Provider} {Model}";

    private IEnumerable<(string Member, string Message)> Problems()
    {
        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return (nameof(Model), "is missing: name the model, or set Answers:Model:Provider to None.");
        }

        if (Provider is ModelProvider.AzureOpenAI or ModelProvider.OpenAICompatible && Endpoint is null)
        {
            yield return (nameof(Endpoint), $"is missing: {Provider} needs the address of its server.");
        }

        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https")))
        {
            yield return (nameof(Endpoint), "is no address: it takes one such as https://name.openai.azure.com/.");
        }
        else if (Endpoint is { Scheme: "http", IsLoopback: false } && ApiKey.Length > 0)
        {
            yield return (nameof(Endpoint), "would send the key in the clear: use https.");
        }

        if (Provider is ModelProvider.OpenAI or ModelProvider.Anthropic && ApiKey.Length == 0)
        {
            yield return (nameof(ApiKey), $"is missing: {Provider} needs a key, best given as the environment variable Answers__Model__ApiKey.");
        }

        if (Provider == ModelProvider.AzureOpenAI && ApiKey.Length > 0 == UseManagedIdentity)
        {
            yield return (nameof(ApiKey), "or UseManagedIdentity is needed for AzureOpenAI, and not both.");
        }

        if (Provider != ModelProvider.AzureOpenAI && UseManagedIdentity)
        {
            yield return (nameof(UseManagedIdentity), "works with AzureOpenAI only.");
        }
    }

    private IEnumerable<(string Member, string Message)> BudgetProblems()
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(Budget, new ValidationContext(Budget), problems, validateAllProperties: true);
        return problems.SelectMany(p => p.MemberNames.Select(member => ($"{nameof(Budget)}:{member}", "takes zero or more.")));
    }
}
