using System.Collections.Concurrent;
using System.Globalization;
using SupportBot.Benchmarks.Processes;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>The echo bot on npm's botbuilder, asked as a channel asks: activities to <c>/api/messages</c>, replies to a server of ours.</summary>
public sealed class EchoBotContender : IContender
{
    private readonly TimeProvider _time;
    private readonly Uri _address = FreePort.Address();
    private readonly ConcurrentDictionary<string, ConnectorConversation> _byId = new(StringComparer.Ordinal);
    private readonly CallbackServer _callbacks;
    private ConnectorConversation[] _conversations = [];
    private HttpClient? _http;
    private ChildProcess? _process;
    private int _opened;

    public EchoBotContender(TimeProvider time)
    {
        _time = time;
        _callbacks = new CallbackServer((conversation, replyTo) => _byId.GetValueOrDefault(conversation)?.Replied(replyTo));
    }

    public string Name => "Echo bot";

    public TimeSpan ProcessorTime => _process!.ProcessorTime;

    public async Task StartAsync(int conversations, CancellationToken ct)
    {
        await InstallAsync(ct);
        await _callbacks.StartAsync(ct);
        _process = ChildProcess.Start(
            "node",
            Programs.EchoBot,
            ["index.js"],
            ("PORT", _address.Port.ToString(CultureInfo.InvariantCulture)),
            ("NODE_ENV", "production"));
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
        var conversation = new ConnectorConversation(id, _http!, _callbacks.Address, _time, ct);
        _byId[id] = conversation;
        return conversation;
    }

    private static async Task InstallAsync(CancellationToken ct)
    {
        // npm writes this file last: without it the folder is missing or half done.
        if (!File.Exists(Path.Combine(Programs.EchoBot, "node_modules", ".package-lock.json")))
        {
            await using var npm = ChildProcess.Start(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm", Programs.EchoBot, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
            await npm.EndAsync(ct);
        }
    }
}
