using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.Tests.Running;

/// <summary>An agent's console without the pictures: signs in over HTTP and speaks SignalR's JSON protocol over a bare WebSocket.</summary>
public sealed class Agent : IAsyncDisposable
{
    private const char EndOfMessage = '\u001e';

    private readonly ClientWebSocket _socket = new();

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode?>> _calls = new();

    private readonly ConcurrentQueue<(string Target, JsonArray Arguments)> _events = new();

    private readonly SemaphoreSlim _sending = new(1);

    private Task _reading = Task.CompletedTask;

    private int _nextCall;

    private Agent(HttpClient http) => Http = http;

    /// <summary>Calls with this agent's cookie.</summary>
    public HttpClient Http { get; }

    public IReadOnlyCollection<(string Target, JsonArray Arguments)> Events => _events;

    public static async Task<HttpClient> SignInAsync(Uri service, string email, string password = "demo-password")
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = service };
        using var response = await http.PostAsJsonAsync("/api/console/session", new { email, password });
        response.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        return http;
    }

    public static async Task<Agent> ConnectAsync(Uri service, string email)
    {
        var agent = new Agent(await SignInAsync(service, email));
        agent._socket.Options.SetRequestHeader("Cookie", agent.Http.DefaultRequestHeaders.GetValues("Cookie").First());
        await agent._socket.ConnectAsync(new UriBuilder(service) { Scheme = "ws", Path = "/hubs/agent" }.Uri, CancellationToken.None);
        await agent.SendAsync("""{"protocol":"json","version":1}""");
        agent._reading = agent.ReadAsync();
        return agent;
    }

    /// <summary>Calls a hub method; throws with the hub's error.</summary>
    public async Task<JsonNode?> CallAsync(string method, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _nextCall).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var completion = _calls[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments }));
        return await completion.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async Task<string> OutcomeAsync(string method, params object?[] arguments) => (string)(await CallAsync(method, arguments))!["outcome"]!;

    public Task<JsonArray> EventAsync(string target, Func<JsonArray, bool> matches) =>
        Eventually.GetAsync(() => Task.FromResult(_events.Where(e => e.Target == target && matches(e.Arguments)).Select(e => e.Arguments).FirstOrDefault()), $"the event {target}");

    /// <summary>Cuts the connection as a dead network does: without a goodbye.</summary>
    public void Cut() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        Http.Dispose();
    }

    private async Task SendAsync(string json)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(json + EndOfMessage), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        var received = new StringBuilder();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var result = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                received.Append(Encoding.UTF8.GetString(buffer, 0, result.Count));
                if (result.EndOfMessage)
                {
                    foreach (var message in received.ToString().Split(EndOfMessage, StringSplitOptions.RemoveEmptyEntries))
                    {
                        Take(JsonNode.Parse(message)!.AsObject());
                    }

                    received.Clear();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private void Take(JsonObject message)
    {
        switch ((int?)message["type"])
        {
            case 1:
                _events.Enqueue(((string)message["target"]!, message["arguments"]!.AsArray()));
                break;
            case 3 when _calls.TryRemove((string)message["invocationId"]!, out var call):
                if (message["error"] is { } error)
                {
                    call.SetException(new InvalidOperationException((string)error!));
                }
                else
                {
                    call.SetResult(message["result"]);
                }

                break;
        }
    }
}
