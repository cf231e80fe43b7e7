using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>One customer on Direct Line, as a widget is: a token, a WebSocket stream, and messages with ids of the client's own.</summary>
public sealed class DirectLineConversation : IDisposable
{
    private static readonly AuthenticationHeaderValue Secret = new("Bearer", "demo-secret");

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _deadline;
    private readonly ClientWebSocket _stream = new();
    private readonly ArrayBufferWriter<byte> _body = new(512);
    private readonly Utf8JsonWriter _writer;
    private readonly AuthenticationHeaderValue _token;
    private readonly Uri _activities;
    private byte[] _frame = new byte[16 * 1024];
    private int _length;
    private int _asked;

    private DirectLineConversation(HttpClient http, TimeProvider time, string token, Uri activities, CancellationToken ct)
    {
        (_http, _time, _activities) = (http, time, activities);
        _writer = new Utf8JsonWriter(_body);
        _token = new AuthenticationHeaderValue("Bearer", token);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _stream.Options.Proxy = null;
    }

    /// <summary>What the stream sent last: after a turn, the frame with the bot's reply.</summary>
    public ReadOnlyMemory<byte> LastFrame => _frame.AsMemory(0, _length);

    public static async Task<DirectLineConversation> OpenAsync(HttpClient http, TimeProvider time, CancellationToken ct)
    {
        async Task<JsonElement> CallAsync(string path, AuthenticationHeaderValue authorization)
        {
            var body = await LoadClient.SendAsync(http, HttpMethod.Post, new Uri(http.BaseAddress!, path), authorization, null, ct);
            return JsonSerializer.Deserialize<JsonElement>(body);
        }

        var token = (await CallAsync("v3/directline/tokens/generate", Secret)).GetProperty("token").GetString()!;
        var started = await CallAsync("v3/directline/conversations", new AuthenticationHeaderValue("Bearer", token));
        var activities = new Uri(http.BaseAddress!, $"v3/directline/conversations/{started.GetProperty("conversationId").GetString()}/activities");
        var conversation = new DirectLineConversation(http, time, token, activities, ct);
        await conversation._stream.ConnectAsync(new Uri(started.GetProperty("streamUrl").GetString()!), ct);
        return conversation;
    }

    /// <summary>When the reply had arrived, or null when none came in time: then the conversation is of no more use.</summary>
    public async ValueTask<long?> AskAsync(string question, CancellationToken ct)
    {
        _deadline.CancelAfter(Round.ReplyLimit);
        try
        {
            var answer = await LoadClient.SendAsync(_http, HttpMethod.Post, _activities, _token, Message(question), _deadline.Token);
            var id = IdOf(answer) ?? throw new BenchmarkFailure("SupportBot took a message and gave no id.");
            do
            {
                await ReceiveAsync(_deadline.Token);
            }
            while (!HoldsReplyTo(id));
            return _time.GetTimestamp();
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

    public void Dispose()
    {
        _stream.Dispose();
        _writer.Dispose();
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

    /// <summary>Reads one whole message of the stream; the empty ones only keep it open.</summary>
    private async ValueTask ReceiveAsync(CancellationToken ct)
    {
        _length = 0;
        while (true)
        {
            if (_length == _frame.Length)
            {
                Array.Resize(ref _frame, 2 * _frame.Length);
            }

            var part = await _stream.ReceiveAsync(_frame.AsMemory(_length), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new BenchmarkFailure($"SupportBot closed a stream: {_stream.CloseStatus}.");
            }

            _length += part.Count;
            if (part.EndOfMessage && _length > 0)
            {
                return;
            }
        }
    }

    private bool HoldsReplyTo(string id)
    {
        var reader = new Utf8JsonReader(LastFrame.Span);
        return ActivityScan.Holds(ref reader, ActivityScan.InSet, "replyToId"u8, id);
    }

    private static string? IdOf(byte[] answer)
    {
        var reader = new Utf8JsonReader(answer);
        return ActivityScan.Find(ref reader, ActivityScan.Alone, "id"u8);
    }
}
