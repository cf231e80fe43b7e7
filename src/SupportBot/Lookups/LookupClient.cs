using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SupportBot.Workflows;

namespace SupportBot.Lookups;

/// <summary>
/// Asks the company's systems. Whatever comes back, or does not, is an outcome: this throws only when the turn itself is cancelled. Redirects are
/// not followed, because they lead where the configuration has not said that we may go.
/// </summary>
public sealed class LookupClient : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly LookupSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<LookupClient> _logger;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 32,
        PooledConnectionLifetime = ConnectionLifetime,

        // No trace of a call either: its address holds what a customer wrote.
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public LookupClient(LookupSettings settings, TimeProvider time, ILogger<LookupClient> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("SupportBot", "1.0"));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>Looks something up.</summary>
    /// <param name="request">What.</param>
    /// <param name="key">Names the turn and the look-up: the same when a crash has the turn run again.</param>
    /// <param name="ct">Cancels the turn.</param>
    public async Task<LookupOutcome> RunAsync(LookupRequest request, string key, CancellationToken ct)
    {
        var lookup = request.Lookup;
        if (_settings.Missing(lookup).FirstOrDefault() is { Message: not null } missing)
        {
            _logger.LogError("The look-up {Lookup} cannot be made: {Problem}; {Fix}", lookup.Name, missing.Message, missing.Fix);
            return new LookupOutcome.Failed("it is not configured.");
        }

        if (LookupUrl.Fill(lookup.Url, name => request.Values[name], name => _settings.Address(name) ?? "") is not { } address)
        {
            return new LookupOutcome.NotFound();
        }

        if (!_settings.Allows(address))
        {
            _logger.LogError("The look-up {Lookup} would ask a host that is not allowed", lookup.Name);
            return new LookupOutcome.Failed("its host is not allowed.");
        }

        using var limit = new CancellationTokenSource(lookup.Timeout, _time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await AskAsync(request, address, key, attempt.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            var reason = limit.IsCancellationRequested ? $"it took longer than {lookup.Timeout.TotalSeconds:0} s." : "the line broke.";
            _logger.LogWarning(e, "The look-up {Lookup} failed: {Reason}", lookup.Name, reason);
            return new LookupOutcome.Failed(reason);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A broken line is tried once more where asking twice does no harm.</summary>
    private async Task<LookupOutcome> AskAsync(LookupRequest request, Uri address, string key, CancellationToken ct)
    {
        try
        {
            return await AskOnceAsync(request, address, key, ct);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && request.Lookup.Method == LookupMethod.Get && !ct.IsCancellationRequested)
        {
            return await AskOnceAsync(request, address, key, ct);
        }
    }

    private async Task<LookupOutcome> AskOnceAsync(LookupRequest request, Uri address, string key, CancellationToken ct)
    {
        var lookup = request.Lookup;
        using var message = new HttpRequestMessage(lookup.Method == LookupMethod.Get ? HttpMethod.Get : HttpMethod.Post, address);
        foreach (var (name, value) in lookup.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value.Fill(_ => "", secret => _settings.Secret(secret) ?? ""));
        }

        if (lookup.Method == LookupMethod.Post)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            var body = lookup.Body.ToDictionary(b => b.Key, b => b.Value.Fill(name => request.Values[name], secret => _settings.Secret(secret) ?? ""));
            message.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return new LookupOutcome.NotFound();
        }

        if (!response.IsSuccessStatusCode)
        {
            _logger.LogWarning("The look-up {Lookup} was answered with {Status}", lookup.Name, (int)response.StatusCode);
            return new LookupOutcome.Failed($"it was answered with {(int)response.StatusCode}.");
        }

        return await ReadAsync(response.Content, ct) is { } json ? LookupAnswer.Read(lookup, json) : new LookupOutcome.Failed("the answer is too long.");
    }

    /// <summary>The whole answer; null when it is longer than any that is wanted.</summary>
    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength > MostBytes)
        {
            return null;
        }

        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MostBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }
}
