using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SupportBot.BotFramework.Connector;

/// <summary>What channels answer: read as far as it is of use and never more than a little of it.</summary>
internal static class ConnectorAnswer
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// The body of an answer that says yes; <c>null</c> when there is none, or none that can be read: what was asked for is
    /// done all the same, and must not be done again.
    /// </summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var body = await ReadBodyAsync(response, ct);
        try
        {
            return body.Length == 0 ? null : JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The failure that an answer that says no stands for.</summary>
    public static async Task<ConnectorException> ToExceptionAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken ct)
    {
        var code = CodeOf(await ReadBodyAsync(response, ct));
        var status = (int)response.StatusCode;
        return new ConnectorException(string.Create(
            CultureInfo.InvariantCulture, $"The channel answered {status}{(code is null ? "" : " ")}{code}."))
        {
            Status = response.StatusCode,
            Code = code,
            RetryAfter = WaitOf(response, now),
            IsTransient = status >= 500 || response.StatusCode is
                HttpStatusCode.RequestTimeout or HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests,
        };
    }

    private static TimeSpan? WaitOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? CodeOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Length > 0
                && JsonElement.Parse(body.Span) is { ValueKind: JsonValueKind.Object } answer
                && answer.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                    ? code.GetString()
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var buffer = new byte[Math.Min(response.Content.Headers.ContentLength ?? 1024, MaxBytes) + 1];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), ct);
                length += read;
                if (read == 0)
                {
                    return buffer.AsMemory(0, length);
                }

                if (length > MaxBytes)
                {
                    return default;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, Math.Min(2 * length, MaxBytes + 1));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status was there; the rest was lost.
            return default;
        }
    }
}
