using Azure.Search.Documents.Models;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>
/// Azure AI Search as a search engine. It is asked only while the index holds the version of the articles that is meant, whole; whatever goes
/// wrong is no answer, and the embedded index answers alone. Thread-safe.
/// </summary>
public sealed class AzurePassages : IPassageSearch
{
    private const double FailureShare = 0.5;

    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(30);

    /// <summary>A process that brings articles and has said nothing for so long has gone.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    /// <summary>How long a look at what the index holds may take.</summary>
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(10);

    /// <summary>Names this process among those that bring articles.</summary>
    private readonly string _bringer = Guid.NewGuid().ToString("N");

    private readonly AzureSearchOptions _options;
    private readonly AzureSearchClients _clients;
    private readonly Embedder _embedder;
    private readonly AzureSearchMetrics _metrics;
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeProvider _time;

    private volatile HeldContent? _held;

    /// <summary>The version that the index last held for this process.</summary>
    private volatile string? _heldLast;

    /// <param name="options">The validated settings, with an endpoint.</param>
    /// <param name="access">How the service is reached.</param>
    internal AzurePassages(AzureSearchOptions options, AzureSearchAccess access, AzureSearchMetrics metrics, TimeProvider time, ILogger<AzurePassages> logger)
    {
        (_options, _metrics, _time) = (options, metrics, time);
        _clients = new AzureSearchClients(options, access);
        _embedder = new Embedder(options.Embeddings, _clients.Embeddings);
        State = new AzureSearchState(options, logger);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureShare,
                MinimumThroughput = options.FailuresBeforeRest,
                SamplingDuration = Sampling,
                BreakDuration = options.Rest,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not OperationCanceledException),
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>How it stands.</summary>
    public AzureSearchState State { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<FoundPassage>?> FindAsync(PassageQuery query, CancellationToken ct)
    {
        var started = _time.GetTimestamp();
        var (outcome, found) = await TryFindAsync(query, ct);
        _metrics.Record(outcome, _time.GetElapsedTime(started));
        return found;
    }

    /// <summary>Whether the index holds a version whole; then it is asked from now on.</summary>
    /// <exception cref="SearchProblem">The service does not answer, or refuses.</exception>
    public async Task<bool> CheckAsync(KnowledgeContent content, CancellationToken ct)
    {
        var marker = await ReadAsync(content, ct);
        if (!IsHeld(content))
        {
            State.IsOther(IsComing(marker));
        }

        return IsHeld(content);
    }

    /// <summary>Brings a version of the articles to the index, unless it holds that already; then asks the index from now on.</summary>
    /// <param name="content">The version.</param>
    /// <param name="takeOver">
    /// Whether it is brought in any case. Otherwise not while another process is bringing one, nor where another process has replaced this
    /// very version: two processes with different files would go on replacing each other's for ever.
    /// </param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="ct">Breaks it off.</param>
    /// <returns>What was brought; null when it was left to another process.</returns>
    /// <exception cref="SearchProblem">It could not be brought.</exception>
    public async Task<UploadResult?> BringAsync(KnowledgeContent content, bool takeOver, IProgress<string>? progress, CancellationToken ct)
    {
        var marker = await ReadAsync(content, ct);
        if (IsHeld(content))
        {
            return new UploadResult(0, 0, content.Articles.Sum(a => a.Passages.Count));
        }

        if (!takeOver && (IsComing(marker) || (marker?.Content is not null && _heldLast == content.Hash)))
        {
            State.IsOther(IsComing(marker));
            return null;
        }

        State.IsUpdating();
        try
        {
            var result = await new PassageUpload(_options, _clients, _embedder, _time, _bringer).RunAsync(content, NameOf(content), marker, progress, ct);
            _metrics.Record(result);
            Hold(content);
            return result;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var problem = SearchProblem.Of(e, _options);
            State.Fails(problem);
            throw problem;
        }
    }

    /// <summary>Reads what the index holds, and goes by it.</summary>
    private async Task<IndexMarker?> ReadAsync(KnowledgeContent content, CancellationToken ct)
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestCheck, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            var marker = await IndexMarker.ReadAsync(_clients.Documents, either.Token);
            if (marker?.Content == NameOf(content))
            {
                Hold(content);
            }
            else
            {
                _held = null;
            }

            return marker;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var problem = SearchProblem.Of(e, _options);
            State.Fails(problem);
            throw problem;
        }
    }

    private bool IsComing(IndexMarker? marker) =>
        marker is { Bringer: { } bringer } && bringer != _bringer && _time.GetUtcNow() - marker.Since < LongestSilence;

    private async Task<(LookupOutcome Outcome, IReadOnlyList<FoundPassage>? Found)> TryFindAsync(PassageQuery query, CancellationToken ct)
    {
        if (_held is not { } held || held.Content.Hash != query.Content)
        {
            return (LookupOutcome.NotCurrent, null);
        }

        try
        {
            var found = await _pipeline.ExecuteAsync(async inner => await AskAsync(held, query, inner), ct);
            if (found is null)
            {
                _held = null;
                State.IsOther(isComing: false);
                return (LookupOutcome.NotCurrent, null);
            }

            State.Answers();
            return (LookupOutcome.Found, found);
        }
        catch (BrokenCircuitException)
        {
            return (LookupOutcome.Resting, null);
        }
        catch (TimeoutRejectedException)
        {
            State.Fails(new SearchProblem($"{_options.Endpoint?.Host} did not answer within {_options.Timeout.TotalMilliseconds:0} ms."));
            return (LookupOutcome.TimedOut, null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            State.Fails(SearchProblem.Of(e, _options));
            return (LookupOutcome.Failed, null);
        }
    }

    /// <returns>Null when nothing of what was found is of the version that is held: somebody has brought another one.</returns>
    private async Task<IReadOnlyList<FoundPassage>?> AskAsync(HeldContent held, PassageQuery query, CancellationToken ct)
    {
        var text = QuestionRequest.Text(query.Text);
        if (text.Length == 0)
        {
            return [];
        }

        var vectors = await _embedder.EmbedAsync([query.Text], ct);
        var request = QuestionRequest.Options(_options, held.Fields, query.Limit, vectors?[0]);
        var answer = await _clients.Questions.SearchAsync<SearchDocument>(text, request, ct);
        var found = new List<FoundPassage>();
        var hits = 0;
        await foreach (var hit in answer.Value.GetResultsAsync().WithCancellation(ct))
        {
            if (held.Passage(hit.Document, _embedder.Fingerprint) is { } passage)
            {
                found.Add(new FoundPassage(passage.Article.Slug, passage.Article.Locale, passage.Ordinal, 0, QuestionRequest.Relevance(hit.SemanticSearch?.RerankerScore, hits)));
            }

            hits++;
            if (hits == query.Limit)
            {
                break;
            }
        }

        return found.Count == 0 && hits > 0 ? null : found;
    }

    private bool IsHeld(KnowledgeContent content) => _held is { } held && held.Content.Hash == content.Hash;

    private void Hold(KnowledgeContent content)
    {
        if (!IsHeld(content))
        {
            _held = new HeldContent(content);
            _heldLast = content.Hash;
        }

        State.Answers();
    }

    /// <summary>A version's name in the index: other vectors make it another one.</summary>
    private string NameOf(KnowledgeContent content) => $"{content.Hash}/{PassageDocument.Version}/{_embedder.Fingerprint}".Replace(' ', '_');
}
