using System.ClientModel;
using Azure;
using Azure.Identity;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>Why the search service cannot be used, in a line for the person who runs this program: the key, then what it takes.</summary>
public sealed class SearchProblem(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What a failure means. Messages of the service are not repeated, since they may hold parts of what was sent.</summary>
    internal static SearchProblem Of(Exception failure, AzureSearchOptions options) => failure switch
    {
        SearchProblem problem => problem,
        RequestFailedException { Status: 401 or 403 } refused when options.UseManagedIdentity => new SearchProblem(
            $"{AzureSearchOptions.Section}:UseManagedIdentity: the service refuses the identity ({refused.Status}). Give it the roles Search Service Contributor and Search Index Data Contributor, and let the service take roles.", failure),
        RequestFailedException { Status: 401 or 403 } refused => new SearchProblem(
            $"{AzureSearchOptions.Section}:ApiKey: the service refuses the key ({refused.Status}). It takes an admin key of {options.Endpoint?.Host}.", failure),
        RequestFailedException { Status: 404 } => new SearchProblem(
            $"{AzureSearchOptions.Section}:Index: there is no index {options.Index} at {options.Endpoint?.Host}. Run `index`, which makes it.", failure),
        RequestFailedException { Status: > 0 } failed => new SearchProblem(
            $"{AzureSearchOptions.Section}: the service at {options.Endpoint?.Host} fails with status {failed.Status} {failed.ErrorCode}".TrimEnd() + ".", failure),
        ClientResultException { Status: > 0 } failed => new SearchProblem(
            $"{AzureSearchOptions.Section}:Embeddings: the server of the embedding model fails with status {failed.Status}.", failure),
        AuthenticationFailedException => new SearchProblem(
            $"{AzureSearchOptions.Section}:UseManagedIdentity: this machine has no managed identity, or it gives no token.", failure),
        _ => new SearchProblem($"{AzureSearchOptions.Section}:Endpoint: {options.Endpoint?.Host} does not answer ({Innermost(failure).GetType().Name}).", failure),
    };

    private static Exception Innermost(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Innermost(last),
        { InnerException: { } inner } => Innermost(inner),
        _ => failure,
    };
}
