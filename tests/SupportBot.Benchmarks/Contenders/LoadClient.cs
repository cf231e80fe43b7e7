using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>The HTTP client that both contenders are asked with.</summary>
public static class LoadClient
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Node closes connections that were idle for five seconds: ours are given up before, so that no request meets a closing one.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    public static HttpClient Create(Uri address) =>
        new(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = Idle,
        })
        {
            BaseAddress = address,
        };

    /// <summary>A body that is written into a buffer of the caller's, which is used again and again.</summary>
    public static ReadOnlyMemoryContent Content(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer, Action<Utf8JsonWriter> write)
    {
        buffer.ResetWrittenCount();
        writer.Reset();
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new ReadOnlyMemoryContent(buffer.WrittenMemory) { Headers = { ContentType = Json } };
    }

    /// <summary>Sends a request and gives back the body of its answer.</summary>
    /// <exception cref="BenchmarkFailure">It was refused.</exception>
    public static async Task<byte[]> SendAsync(HttpClient http, HttpMethod method, Uri address, AuthenticationHeaderValue? authorization, HttpContent? content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = authorization;
        using var response = await http.SendAsync(request, ct);
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        return response.IsSuccessStatusCode
            ? body
            : throw new BenchmarkFailure($"{method} {address} was answered with {(int)response.StatusCode}: {Encoding.UTF8.GetString(body)}");
    }
}
