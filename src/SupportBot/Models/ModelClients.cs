using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace SupportBot.Models;

/// <summary>Makes the chat client that the settings name. None of them tries again: an answer that has to be asked for twice is late.</summary>
internal static class ModelClients
{
    private const string AzureScope = "https://cognitiveservices.azure.com/.default";
    private const string NoKey = "none";

    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(5);

    /// <summary>The client of settings that have been validated and name a provider.</summary>
    public static IChatClient Create(ModelOptions options)
    {
        // Answers have a deadline of their own, which covers connecting, too.
        var http = new HttpClient(new CappedResponses(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLife, AllowAutoRedirect = false }))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return new WholeAnswers(options.Provider == ModelProvider.Anthropic ? Anthropic(options, http) : OpenAI(options, http));
    }

    private static IChatClient Anthropic(ModelOptions options, HttpClient http)
    {
        IAnthropicClient client = new AnthropicClient { ApiKey = options.ApiKey, HttpClient = http, MaxRetries = 0 };
        client = options.Address is { } address ? client.WithOptions(o => o with { BaseUrl = address.AbsoluteUri.TrimEnd('/') }) : client;
        return client.AsIChatClient(options.Model, options.MaxOutputTokens);
    }

    private static OpenAIChat OpenAI(ModelOptions options, HttpClient http)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        AuthenticationPolicy policy = options.UseManagedIdentity
            ? new BearerTokenPolicy(Identity(options), AzureScope)
            : ApiKeyAuthenticationPolicy.CreateBearerAuthorizationPolicy(new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : NoKey));

        // The one constructor for managed identities is marked as under evaluation.
#pragma warning disable OPENAI001
        var client = new ChatClient(options.Model, policy, settings);
#pragma warning restore OPENAI001
        return new OpenAIChat(client, hasOldTokenLimit: options.Provider is ModelProvider.Ollama or ModelProvider.OpenAICompatible);
    }

    private static ManagedIdentityCredential Identity(ModelOptions options) => new(
        options.ManagedIdentityClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
}
