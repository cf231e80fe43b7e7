using System.Globalization;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>
/// What the index holds, written in a document of its own: a whole version of the articles, or one that somebody is just bringing. Only a
/// whole version is asked, and of two who bring something the later one finishes.
/// </summary>
/// <param name="Content">The version that is whole; null while one is being brought.</param>
/// <param name="Bringer">Who is bringing one; null when it is whole.</param>
/// <param name="Since">When it last went on.</param>
internal sealed record IndexMarker(string? Content, string? Bringer, DateTimeOffset Since)
{
    private const string DocumentKey = "marker";
    private const string Kind = "marker";
    private const string Whole = "whole";
    private const string Coming = "coming";

    public static IndexMarker OfWhole(string content) => new(content, null, default);

    public static IndexMarker OfComing(string bringer, DateTimeOffset since) => new(null, bringer, since);

    /// <summary>Reads the marker; null when the index or the marker is not there.</summary>
    public static async Task<IndexMarker?> ReadAsync(SearchClient documents, CancellationToken ct)
    {
        try
        {
            var options = new GetDocumentOptions { SelectedFields = { IndexFields.Key, IndexFields.Hash } };
            var document = await documents.GetDocumentAsync<SearchDocument>(DocumentKey, options, ct);
            return Parse(document.Value.GetString(IndexFields.Hash));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The document that says it.</summary>
    public SearchDocument ToSearchDocument() => new()
    {
        [IndexFields.Key] = DocumentKey,
        [IndexFields.Kind] = Kind,
        [IndexFields.Hash] = Content is not null
            ? $"{Whole} {Content}"
            : string.Create(CultureInfo.InvariantCulture, $"{Coming} {Bringer} {Since.ToUnixTimeSeconds()}"),
    };

    private static IndexMarker? Parse(string? text) => text?.Split(' ') switch
    {
        [Whole, var content] => OfWhole(content),
        [Coming, var bringer, var since] when long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) =>
            OfComing(bringer, DateTimeOffset.FromUnixTimeSeconds(seconds)),
        _ => null,
    };
}
