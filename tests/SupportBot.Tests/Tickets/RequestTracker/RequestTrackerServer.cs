using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>
/// A real Request Tracker for one test class: its own port, its own copy of a database that <c>tests/request-tracker/set-up</c> has built once,
/// its own group of processes. The machine's own RT is neither used nor touched.
/// </summary>
public sealed class RequestTrackerServer : IAsyncDisposable
{
    private const int Kill = 9;
    private static readonly TimeSpan SetUpLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);
    private static readonly string Scripts = Path.Combine(Repository.Root, "tests", "request-tracker");
    private static readonly Lazy<Task<string>> Built = new(BuildAsync);

    private readonly string _home = Directory.CreateTempSubdirectory("supportbot-rt-").FullName;
    private readonly string[] _webhook;
    private readonly int _port;
    private Process? _process;

    private RequestTrackerServer(string[] webhook)
    {
        _webhook = webhook;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        _port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? Missing { get; } =
        File.Exists("/usr/share/request-tracker5/libexec/rt-server") && File.Exists("/usr/sbin/rt-setup-database-5")
            ? null
            : "Request Tracker 5 is not installed (Debian: request-tracker5, rt5-db-sqlite, rt5-standalone).";

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>The last lines that RT wrote.</summary>
    public string Log => File.ReadAllText(Path.Combine(_home, "log"));

    /// <summary>Copies the database and starts RT on it.</summary>
    /// <param name="webhook">Where its scrip reports changes.</param>
    /// <param name="secret">By what it signs that.</param>
    public static async Task<RequestTrackerServer> StartNewAsync(Uri? webhook = null, string secret = "")
    {
        var built = await Built.Value;
        var server = new RequestTrackerServer(webhook is null ? [] : [webhook.AbsoluteUri, secret]);
        foreach (var file in Directory.EnumerateFiles(built))
        {
            File.Copy(file, Path.Combine(server._home, Path.GetFileName(file)));
        }

        Directory.CreateDirectory(Path.Combine(server._home, "site.d"));
        await server.StartAsync();
        return server;
    }

    /// <summary>The token of one of its users.</summary>
    /// <param name="user"><c>supportbot</c>, the agent <c>maeve</c>, or <c>root</c>.</param>
    public string Token(string user)
    {
        using var tokens = JsonDocument.Parse(File.ReadAllText(Path.Combine(_home, "tokens.json")));
        return tokens.RootElement.GetProperty(user).GetString()!;
    }

    /// <summary>Starts RT again on the same database and port, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        // A session of its own makes its process id that of the group, too.
        var arguments = new[] { "-c", "exec \"$@\" >>\"$0\" 2>&1", Path.Combine(_home, "log"), Path.Combine(Scripts, "run"), _home, $"{_port}" };
        _process = Process.Start(new ProcessStartInfo("setsid", ["bash", .. arguments, .. _webhook]) { RedirectStandardInput = true })!;
        using var http = new HttpClient { BaseAddress = Address };
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("REST/2.0/rt", limit.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(BetweenTries, limit.Token);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"RT ended before it answered:\n{Log}", e);
            }
        }
    }

    /// <summary>Kills RT with all its workers, in the middle of whatever they do.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _ = Signal(-process.Id, Kill);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static async Task<string> BuildAsync()
    {
        var parts = Directory.EnumerateFiles(Scripts).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes);
        var folder = Path.Combine(AppContext.BaseDirectory, "request-tracker", Convert.ToHexStringLower(SHA256.HashData([.. parts]))[..16]);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var unfinished = $"{folder}.{Environment.ProcessId}";
        using var setUp = Process.Start(new ProcessStartInfo(Path.Combine(Scripts, "set-up"), [unfinished]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(SetUpLimit);
        var output = setUp.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = setUp.StandardError.ReadToEndAsync(limit.Token);
        await setUp.WaitForExitAsync(limit.Token);
        if (setUp.ExitCode != 0)
        {
            throw new InvalidOperationException($"RT's database could not be built:\n{await output}\n{await errors}");
        }

        Directory.Move(unfinished, folder);
        return folder;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int processId, int signal);
}
