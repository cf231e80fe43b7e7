using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using SupportBot.Benchmarks.DirectLine;
using SupportBot.Benchmarks.Measuring;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>One customer on Direct Line, as a widget is: a token, a WebSocket stream, and messages with ids of the client's own.</summary>
public sealed class DirectLineConversation : IAsyncDisposable
{
    private static readonly AuthenticationHeaderValue Secret = new("Bearer", "demo-secret");

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _deadline;
    private readonly ArrayBufferWriter<byte> _body = new(512);
    private readonly Utf8JsonWriter _writer;
    private readonly AuthenticationHeaderValue _token;
    private readonly Uri _activities;
    private readonly ReplyStream _stream;
    private int _asked;

    private DirectLineConversation(HttpClient http, AuthenticationHeaderValue token, Uri activities, ReplyStream stream, CancellationToken ct)
    {
        (_http, _token, _activities, _stream) = (http, token, activities, stream);
        _writer = new Utf8JsonWriter(_body);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
    }

    public static async Task<DirectLineConversation> OpenAsync(HttpClient http, TimeProvider time, CancellationToken ct)
    {
        var started = await StartedConversation.StartAsync(http, Secret, ct);
        var activities = new Uri(http.BaseAddress!, $"{StartedConversation.Prefix}/conversations/{started.Id}/activities");
        var stream = await ReplyStream.ConnectAsync(started.Stream, time, ct);
        return new DirectLineConversation(http, started.Token, activities, stream, ct);
    }

    /// <summary>When the reply had arrived, or null when none came in time: then the conversation is of no more use.</summary>
    public async ValueTask<long?> AskAsync(string question, CancellationToken ct)
    {
        _deadline.CancelAfter(Round.ReplyLimit);
        try
        {
            var answer = await LoadClient.SendAsync(_http, HttpMethod.Post, _activities, _token, Message(question), _deadline.Token);
            var id = IdOf(answer) ?? throw new BenchmarkFailure("SupportBot took a message and gave no id.");
            return await _stream.ReplyToAsync(id, _deadline.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Whether any message of the bot's so far cites an article.</summary>
    public async Task<bool> HasCitationAsync(CancellationToken ct)
    {
        using var page = JsonDocument.Parse(await LoadClient.SendAsync(_http, HttpMethod.Get, _activities, _token, null, ct));
        return page.RootElement.GetProperty("activities").EnumerateArray()
            .Where(activity => activity.TryGetProperty("entities", out _))
            .SelectMany(activity => activity.GetProperty("entities").EnumerateArray())
            .Any(entity => entity.TryGetProperty("citation", out var citation) && citation.GetArrayLength() > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _writer.DisposeAsync();
        _deadline.Dispose();
    }

    private ReadOnlyMemoryContent Message(string question) => LoadClient.Content(_body, _writer, json =>
    {
        json.WriteString("type"u8, "message"u8);
        json.WriteString("text"u8, question);
        json.WriteString("locale"u8, "en"u8);
        json.WriteStartObject("channelData"u8);
        json.WriteString("clientActivityID"u8, (++_asked).ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    });

    private static string? IdOf(byte[] answer)
    {
        var reader = new Utf8JsonReader(answer);
        return ActivityScan.Find(ref reader, ActivityScan.Alone, "id"u8);
    }
}
