using System.Buffers;
using System.Globalization;
using System.Text.Json;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>One customer on a channel of the Connector protocol.</summary>
public sealed class ConnectorConversation : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _messages;
    private readonly string _serviceUrl;
    private readonly DeliveryMode _mode;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _deadline;
    private readonly ArrayBufferWriter<byte> _body = new(1024);
    private readonly Utf8JsonWriter _writer;
    private volatile Waiting? _waiting;
    private int _asked;

    public ConnectorConversation(string id, HttpClient http, string serviceUrl, DeliveryMode mode, TimeProvider time, CancellationToken ct)
    {
        (Id, _http, _serviceUrl, _mode, _time) = (id, http, serviceUrl, mode, time);
        _messages = new Uri(http.BaseAddress!, "api/messages");
        _writer = new Utf8JsonWriter(_body);
        _deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
    }

    public string Id { get; }

    /// <summary>Takes note of a reply of the bot's.</summary>
    public void Replied(string replyTo)
    {
        if (_waiting is { } waiting && waiting.ActivityId == replyTo)
        {
            waiting.Reply.TrySetResult(_time.GetTimestamp());
        }
    }

    /// <summary>When the reply had arrived, or null when none came in time: then the conversation is of no more use.</summary>
    public async ValueTask<long?> AskAsync(string question, CancellationToken ct)
    {
        var waiting = new Waiting(string.Create(CultureInfo.InvariantCulture, $"{Id}-{++_asked}"));
        _waiting = waiting;
        _deadline.CancelAfter(Round.ReplyLimit);
        try
        {
            // A bot may end the request only when it has stored its state: that is part of the turn as far as the next one is concerned.
            var answer = await LoadClient.SendAsync(_http, HttpMethod.Post, _messages, null, Message(waiting.ActivityId, question), _deadline.Token);
            if (_mode == DeliveryMode.ExpectReplies)
            {
                return IsReply(answer, waiting.ActivityId) ? _time.GetTimestamp() : null;
            }

            return await waiting.Reply.Task.WaitAsync(_deadline.Token);
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
        _writer.Dispose();
        _deadline.Dispose();
    }

    private ReadOnlyMemoryContent Message(string id, string question) => LoadClient.Content(_body, _writer, json =>
    {
        json.WriteString("type"u8, "message"u8);
        json.WriteString("id"u8, id);
        json.WriteString("timestamp"u8, _time.GetUtcNow());
        json.WriteString("serviceUrl"u8, _serviceUrl);
        json.WriteString("channelId"u8, "emulator"u8);
        WriteParty(json, "from"u8, "customer"u8);
        WriteParty(json, "recipient"u8, "bot"u8);
        json.WriteStartObject("conversation"u8);
        json.WriteString("id"u8, Id);
        json.WriteEndObject();
        json.WriteString("locale"u8, "en"u8);
        json.WriteString("text"u8, question);
        if (_mode == DeliveryMode.ExpectReplies)
        {
            json.WriteString("deliveryMode"u8, "expectReplies"u8);
        }
    });

    private static bool IsReply(byte[] answer, string activityId)
    {
        var reader = new Utf8JsonReader(answer);
        return ActivityScan.Find(ref reader, ActivityScan.InSet, "replyToId"u8) == activityId;
    }

    private static void WriteParty(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, id);
        json.WriteEndObject();
    }

    private sealed record Waiting(string ActivityId)
    {
        public TaskCompletionSource<long> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
