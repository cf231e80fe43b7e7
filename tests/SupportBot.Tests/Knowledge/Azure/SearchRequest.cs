using System.Text.Json.Nodes;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>What the fake was sent.</summary>
public sealed record SearchRequest(string Method, string Path, string? ApiKey, string? Bearer, JsonNode? Body)
{
    public bool IsQuestion => Path.EndsWith("/docs/search.post.search", StringComparison.Ordinal) && (string?)Body!["search"] != "*";

    public bool IsUpload => Path.EndsWith("/docs/search.index", StringComparison.Ordinal);

    /// <summary>The passages of an upload by what is done with them; the marker is left out.</summary>
    public IEnumerable<(string Action, JsonObject Document)> Actions => Body!["value"]!.AsArray().Select(a => a!.AsObject())
        .Where(a => (string?)a["kind"] != "marker").Select(a => ((string)a["@search.action"]!, a));
}
