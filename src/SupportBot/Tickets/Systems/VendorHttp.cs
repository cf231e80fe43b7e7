using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SupportBot.Outbox;

namespace SupportBot.Tickets.Systems;

/// <summary>
/// Calls to a vendor's API. Failures become refusals: trying again helps with time-outs, broken lines, 429 and 5xx, and not with the rest.
/// Answers are JSON of bounded size; what a refusal quotes of one is cut, and never holds what we sent.
/// </summary>
public sealed class VendorHttp(HttpClient client, string vendor, TimeProvider time)
{
    private const int LargestAnswer = 8 * 1024 * 1024;
    private const int LongestQuote = 300;
    private const int MostHops = 3;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Sends a request and reads the answer's JSON; the default element when it has no body.</summary>
    /// <param name="request">An address relative to the vendor's.</param>
    /// <param name="expected">Further statuses, besides 2xx, that the caller understands.</param>
    public async Task<VendorAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct, params HttpStatusCode[] expected)
    {
        var (status, headers, body) = await ExchangeAsync(request, ct);
        if ((int)status is < 200 or > 299 && !expected.Contains(status))
        {
            throw Refusal(status, headers, body);
        }

        if (body.Length == 0)
        {
            return new VendorAnswer(status, default, headers);
        }

        try
        {
            return new VendorAnswer(status, JsonSerializer.Deserialize<JsonElement>(body), headers);
        }
        catch (JsonException) when (expected.Contains(status))
        {
            return new VendorAnswer(status, default, headers);
        }
        catch (JsonException e)
        {
            throw new OutboxRefusal($"{vendor} answered {(int)status} with what is no JSON.", final: false, inner: e);
        }
    }

    /// <summary>Downloads a file. Where it lies with somebody else, it is fetched from there over https and without our token.</summary>
    public async Task<Stream> OpenAsync(HttpRequestMessage request, CancellationToken ct)
    {
        for (var hops = 0; ; hops++)
        {
            var asked = new Uri(client.BaseAddress!, request.RequestUri!);
            var (status, headers, body) = await ExchangeAsync(request, ct);
            if ((int)status is >= 200 and <= 299)
            {
                return new MemoryStream(body, writable: false);
            }

            var next = (int)status is >= 301 and <= 308 && headers.Location is { } location ? new Uri(asked, location) : null;
            if (next is null || hops == MostHops || (next.Scheme != Uri.UriSchemeHttps && !(next.IsLoopback && asked.IsLoopback)))
            {
                throw Refusal(status, headers, body);
            }

            request = new HttpRequestMessage(HttpMethod.Get, next);
        }
    }

    private async Task<(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)> ExchangeAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using (request)
            {
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                var length = response.Content.Headers.ContentLength ?? 0;
                if (length > LargestAnswer)
                {
                    throw new OutboxRefusal($"{vendor} answered with {length} bytes.", final: true);
                }

                await response.Content.LoadIntoBufferAsync(LargestAnswer, ct);
                return (response.StatusCode, response.Headers, await response.Content.ReadAsByteArrayAsync(ct));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // A line that is cut in the middle of a call says nothing about the next one.
            var nobodyThere = e is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
            };
            throw new OutboxRefusal($"{vendor} is out of reach: {e.Message}", final: false, inner: e, outOfReach: nobodyThere);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new OutboxRefusal($"{vendor} did not answer in time.", final: false, inner: e, outOfReach: true);
        }
    }

    private OutboxRefusal Refusal(HttpStatusCode status, HttpResponseHeaders headers, byte[] body)
    {
        var quote = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, LongestQuote))).ReplaceLineEndings(" ");
        var wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };

        // A conflict is a race that the next look-up settles; a refused token comes back with a new one, so nothing is given up for it.
        var passes = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict or HttpStatusCode.Unauthorized
            or HttpStatusCode.PreconditionFailed || (int)status >= 500;
        var toEverybody = status is HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout;
        return new OutboxRefusal(
            $"{vendor} answered {(int)status}.", final: !passes,
            wait is { } w ? TimeSpan.FromSeconds(Math.Clamp(w.TotalSeconds, 1, LongestRetryAfter.TotalSeconds)) : null, outOfReach: toEverybody, detail: quote);
    }
}

/// <summary>A vendor's answer.</summary>
/// <param name="Json">Its body; <see cref="JsonValueKind.Undefined"/> when it had none.</param>
public readonly record struct VendorAnswer(HttpStatusCode Status, JsonElement Json, HttpResponseHeaders Headers);
