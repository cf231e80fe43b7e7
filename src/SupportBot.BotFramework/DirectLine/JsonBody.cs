using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// A request's JSON body in memory of its own, never more than allowed: a declared length is checked before a byte is
/// read, an undeclared one while reading. Dispose gives the memory back, so nothing may keep a span of it.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private const int FirstGuess = 4 * 1024;

    private byte[] _buffer;
    private int _length;

    private JsonBody(int size)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(size);
    }

    public ReadOnlySpan<byte> Utf8 => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body, or says why not.</summary>
    public static async ValueTask<(JsonBody? Body, DirectLineError? Error)> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentType is { Length: > 0 } contentType && !IsJson(contentType))
        {
            return (null, DirectLineError.BadArgument("Content-Type: application/json in UTF-8 is expected."));
        }

        return await ReadAsync(request.Body, request.ContentLength, limit, request.HttpContext.RequestAborted);
    }

    /// <summary>Reads a body, or a part of one, whose length may be known.</summary>
    public static async ValueTask<(JsonBody? Body, DirectLineError? Error)> ReadAsync(
        Stream source, long? length, int limit, CancellationToken ct)
    {
        if (length > limit)
        {
            return (null, DirectLineError.MessageSizeTooBig(limit));
        }

        // One byte more than allowed, so that a body of exactly the limit can be told from a longer one.
        var body = new JsonBody((int)Math.Min(limit, length ?? FirstGuess) + 1);
        try
        {
            if (await body.FillAsync(source, limit, ct))
            {
                return (body, null);
            }

            body.Dispose();
            return (null, DirectLineError.MessageSizeTooBig(limit));
        }
        catch (Exception exception) when (BodyFault.Is(exception))
        {
            body.Dispose();
            return (null, BodyFault.ToRefusal(exception, limit));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads optional parameters: <c>null</c> with no error when the body is empty.
    /// </summary>
    public static async ValueTask<(T? Value, DirectLineError? Error)> ReadOptionalAsync<T>(
        HttpRequest request, int limit, JsonTypeInfo<T> type)
        where T : class
    {
        var (body, error) = await ReadAsync(request, limit);
        if (body is null)
        {
            return (null, error);
        }

        using (body)
        {
            if (body.Utf8.IsEmpty)
            {
                return (null, null);
            }

            if (JsonText.FindFault(body.Utf8) is { } fault)
            {
                return (null, Refusal(fault));
            }

            try
            {
                return (JsonSerializer.Deserialize(JsonText.WithoutMark(body.Utf8), type), null);
            }
            catch (JsonException exception)
            {
                return (null, Refusal(JsonText.Describe(exception)));
            }
        }
    }

    public static DirectLineError Refusal(ActivityFault fault) => DirectLineError.BadArgument($"{fault.Path}: {fault.Message}");

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/vnd.microsoft.activity", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private async ValueTask<bool> FillAsync(Stream source, int limit, CancellationToken ct)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            var read = await source.ReadAsync(_buffer.AsMemory(_length), ct);
            if (read == 0)
            {
                return true;
            }

            _length += read;
            if (_length > limit)
            {
                return false;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Utf8.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
