using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SupportBot.Tests.Peers;

/// <summary>A line between clients and a server that can be cut: all its connections end at once, in the middle of whatever they carry.</summary>
public sealed class CuttableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private int _streams;

    public CuttableLine(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new UriBuilder(_server) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;

    /// <summary>How many streams were asked for so far.</summary>
    public int Streams => Volatile.Read(ref _streams);

    public void Cut()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended));
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }

            var connection = new Connection(client);
            _connections[connection] = true;
            connection.Run(_server, start => Interlocked.Add(ref _streams, IsStream(start) ? 1 : 0), () => _connections.TryRemove(connection, out _));
        }
    }

    // A stream is asked for on a connection of its own.
    private static bool IsStream(ReadOnlySpan<byte> start) => start.StartsWith("GET "u8) && start.IndexOf("/stream?"u8) >= 0;

    private delegate void Started(ReadOnlySpan<byte> start);

    private sealed class Connection(Socket client)
    {
        private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        public Task Ended { get; private set; } = Task.CompletedTask;

        public void Run(Uri address, Started started, Action ended) => Ended = RunAsync(address, started, ended);

        /// <summary>Neither side is told politely: what is under way is lost.</summary>
        public void Cut()
        {
            client.Close(timeout: 0);
            _server.Close(timeout: 0);
        }

        private async Task RunAsync(Uri address, Started started, Action ended)
        {
            try
            {
                client.NoDelay = true;
                await _server.ConnectAsync(address.Host, address.Port);
                await using var near = new NetworkStream(client);
                await using var far = new NetworkStream(_server);
                await await Task.WhenAny(PassOnAsync(near, far, started), PassOnAsync(far, near, static _ => { }));
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // Cut.
            }
            finally
            {
                client.Dispose();
                _server.Dispose();
                ended();
            }
        }

        private static async Task PassOnAsync(NetworkStream from, NetworkStream to, Started started)
        {
            var buffer = new byte[16 * 1024];
            var first = true;
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                if (first)
                {
                    started(buffer.AsSpan(0, count));
                    first = false;
                }

                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
    }
}
