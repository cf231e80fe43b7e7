using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes.Models;
using Azure.Search.Documents.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>What an upload did.</summary>
/// <param name="Uploaded">Passages that were new or had changed.</param>
/// <param name="Deleted">Passages that are gone.</param>
/// <param name="Unchanged">Passages that were there already.</param>
public sealed record UploadResult(int Uploaded, int Deleted, int Unchanged);

/// <summary>
/// Brings a version of the articles to the index: what differs, and nothing else. From the first change to the last the marker says that the
/// index is not whole, so nobody is answered from half a version, also when this breaks off.
/// </summary>
internal sealed class PassageUpload(AzureSearchOptions options, AzureSearchClients clients, Embedder embedder, TimeProvider time, string bringer)
{
    /// <summary>The service takes no more documents at once.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>The service takes 16 MB at once; what is around the documents has room in the rest.</summary>
    private const int MostBytesAtOnce = 12 * 1024 * 1024;

    /// <summary>So many are embedded, then sent: what is in memory stays small.</summary>
    private const int EmbeddedAtOnce = 256;

    private const int Attempts = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Statuses of a document that may do better another time: a conflict, an index that is busy, a service that is.</summary>
    private static readonly HashSet<int> Passing = [409, 422, 429, 503];

    /// <summary>Makes or changes the index where that is needed, and brings what differs.</summary>
    /// <param name="content">The version of the articles, and the name under which it is then whole.</param>
    /// <param name="name">Names the version in this index.</param>
    /// <param name="before">The marker that was read last; null when there was none.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="ct">Breaks it off; the index is then not asked until somebody brings a version whole.</param>
    /// <exception cref="SearchProblem">The index does not fit, a passage is refused, or another process brings a version, too.</exception>
    public async Task<UploadResult> RunAsync(KnowledgeContent content, string name, IndexMarker? before, IProgress<string>? progress, CancellationToken ct)
    {
        await MakeIndexAsync(content, ct);
        await WriteAsync([Marker()], ct);
        var there = await ListAsync(ct);
        var documents = PassageDocument.Of(content.Articles).ToDictionary(d => d.Key, StringComparer.Ordinal);
        var changed = documents.Values.Where(d => there.GetValueOrDefault(d.Key) != d.Hash(embedder.Fingerprint)).ToArray();
        var gone = there.Keys.Where(key => !documents.ContainsKey(key)).ToArray();
        var brought = 0;
        foreach (var some in changed.Chunk(EmbeddedAtOnce))
        {
            await WriteAsync([Marker(), .. await WithVectorsAsync(some, ct)], ct);
            brought += some.Length;
            progress?.Report(string.Create(CultureInfo.InvariantCulture, $"Azure AI Search: {brought} of {changed.Length} changed passages brought"));
        }

        foreach (var some in gone.Chunk(MostAtOnce))
        {
            await SendAsync([.. some.Select(key => IndexDocumentsAction.Delete(new SearchDocument { [IndexFields.Key] = key }))], ct);
        }

        // What was read before may still be read for a moment; anything else is another process's.
        var now = await IndexMarker.ReadAsync(clients.Documents, ct);
        if (now?.Bringer != bringer && now != before)
        {
            throw new SearchProblem($"{AzureSearchOptions.Section}:Index: another process brings articles to the index {options.Index}, too; its version stays.");
        }

        await WriteAsync([IndexMarker.OfWhole(name).ToSearchDocument()], ct);
        return new UploadResult(changed.Length, gone.Length, documents.Count - changed.Length);
    }

    /// <summary>Says that this process is at it, and still alive.</summary>
    private SearchDocument Marker() => IndexMarker.OfComing(bringer, time.GetUtcNow()).ToSearchDocument();

    private async Task MakeIndexAsync(KnowledgeContent content, CancellationToken ct)
    {
        SearchIndex? existing = null;
        try
        {
            existing = await clients.Indexes.GetIndexAsync(options.Index, ct);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // It is made now.
        }

        if (IndexDefinition.Changed(options, content.Articles.Select(a => a.Locale), existing) is { } changed)
        {
            await clients.Indexes.CreateOrUpdateIndexAsync(changed, allowIndexDowntime: false, onlyIfUnchanged: existing is not null, ct);
        }
    }

    /// <summary>The passages that are there, by key, with their hashes: page by page along the keys, since skipping ends at 100,000.</summary>
    private async Task<Dictionary<string, string>> ListAsync(CancellationToken ct)
    {
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = "";
        while (true)
        {
            var page = new SearchOptions
            {
                Filter = SearchFilter.Create($"kind eq {PassageDocument.Kind} and key gt {last}"),
                OrderBy = { IndexFields.Key },
                Select = { IndexFields.Key, IndexFields.Hash },
                Size = MostAtOnce,
            };
            var found = await clients.Documents.SearchAsync<SearchDocument>("*", page, ct);
            var rows = 0;
            await foreach (var row in found.Value.GetResultsAsync())
            {
                last = row.Document.GetString(IndexFields.Key);
                there[last] = row.Document.GetString(IndexFields.Hash);
                rows++;
            }

            // Never fewer than asked for, unless there are no more: what does not fit into one response is fetched above.
            if (rows < MostAtOnce)
            {
                return there;
            }
        }
    }

    private async Task<IReadOnlyList<SearchDocument>> WithVectorsAsync(PassageDocument[] documents, CancellationToken ct)
    {
        var vectors = await embedder.EmbedAsync([.. documents.Select(d => d.Embedded)], ct);
        return [.. documents.Select((d, i) => d.ToSearchDocument(embedder.Fingerprint, vectors?[i]))];
    }

    private async Task WriteAsync(IReadOnlyList<SearchDocument> documents, CancellationToken ct)
    {
        var batch = new List<IndexDocumentsAction<SearchDocument>>();
        var bytes = 0L;
        foreach (var document in documents)
        {
            var size = JsonSerializer.SerializeToUtf8Bytes<IDictionary<string, object>>(document).LongLength;
            if (batch.Count > 0 && (batch.Count == MostAtOnce || bytes + size > MostBytesAtOnce))
            {
                await SendAsync(batch, ct);
                (batch, bytes) = ([], 0);
            }

            batch.Add(IndexDocumentsAction.Upload(document));
            bytes += size;
        }

        if (batch.Count > 0)
        {
            await SendAsync(batch, ct);
        }
    }

    /// <summary>Sends a batch, and what the service did not take of it again, after a pause that grows.</summary>
    private async Task SendAsync(IReadOnlyList<IndexDocumentsAction<SearchDocument>> batch, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await clients.Documents.IndexDocumentsAsync(IndexDocumentsBatch.Create([.. batch]), new IndexDocumentsOptions(), ct);
            var failed = answer.Value.Results.Where(r => !r.Succeeded).ToDictionary(r => r.Key, r => r.Status, StringComparer.Ordinal);
            if (failed.Count == 0)
            {
                return;
            }

            if (attempt == Attempts || failed.Values.Any(status => !Passing.Contains(status)))
            {
                var (key, status) = failed.First(f => attempt == Attempts || !Passing.Contains(f.Value));
                throw new SearchProblem($"{AzureSearchOptions.Section}:Index: the service refuses {failed.Count} of {batch.Count} passages, {key} among them with status {status}.");
            }

            batch = [.. batch.Where(action => failed.ContainsKey(action.Document.GetString(IndexFields.Key)))];
            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, ct);
        }
    }
}
