using System.Collections.Concurrent;
using System.Globalization;
using SupportBot.Benchmarks.Processes;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>
/// A bot of the Connector protocol as a process of its own, asked as a channel asks: activities to <c>/api/messages</c>, replies to a
/// server of ours or in the response.
/// </summary>
public sealed class ConnectorContender : IContender
{
    private readonly Func<Uri, CancellationToken, Task<ChildProcess>> _launch;
    private readonly DeliveryMode _mode;
    private readonly TimeProvider _time;
    private readonly Uri _address = FreePort.Address();
    private readonly ConcurrentDictionary<string, ConnectorConversation> _byId = new(StringComparer.Ordinal);
    private readonly CallbackServer _callbacks;
    private ConnectorConversation[] _conversations = [];
    private HttpClient? _http;
    private ChildProcess? _process;
    private int _opened;

    /// <param name="name">What it is, for the table.</param>
    /// <param name="launch">Starts the bot at an address.</param>
    /// <param name="mode">How replies come back.</param>
    /// <param name="time">Measures.</param>
    public ConnectorContender(string name, Func<Uri, CancellationToken, Task<ChildProcess>> launch, DeliveryMode mode, TimeProvider time)
    {
        (Name, _launch, _mode, _time) = (name, launch, mode, time);
        _callbacks = new CallbackServer((conversation, replyTo) => _byId.GetValueOrDefault(conversation)?.Replied(replyTo));
    }

    public string Name { get; }

    public TimeSpan ProcessorTime => _process!.ProcessorTime;

    public async Task StartAsync(int conversations, CancellationToken ct)
    {
        await _callbacks.StartAsync(ct);
        _process = await _launch(_address, ct);
        _http = LoadClient.Create(_address);
        await _process.AnswersAsync(_http, _address, ct);
        _conversations = [.. Enumerable.Range(0, conversations).Select(_ => Open(ct))];
    }

    public async ValueTask<long?> AskAsync(int conversation, string question, CancellationToken ct)
    {
        var replied = await _conversations[conversation].AskAsync(question, ct);
        if (replied is null)
        {
            _byId.TryRemove(_conversations[conversation].Id, out _);
            _conversations[conversation].Dispose();
            _conversations[conversation] = Open(ct);
        }

        return replied;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var conversation in _conversations)
        {
            conversation.Dispose();
        }

        _http?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        await _callbacks.DisposeAsync();
    }

    private ConnectorConversation Open(CancellationToken ct)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c{Interlocked.Increment(ref _opened)}");
        var conversation = new ConnectorConversation(id, _http!, _callbacks.Address, _mode, _time, ct);
        _byId[id] = conversation;
        return conversation;
    }
}
