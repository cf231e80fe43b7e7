using System.Diagnostics;
using SupportBot.Hosting;

namespace SupportBot.Tests.Running;

/// <summary>The real program as a process of its own, which can be killed without warning.</summary>
public sealed class ChildProgram : IDisposable
{
    private readonly Process _process;
    private bool _ended;

    private ChildProgram(Process process, Uri baseAddress)
    {
        _process = process;
        BaseAddress = baseAddress;
    }

    public Uri BaseAddress { get; }

    /// <param name="data">Its data folder.</param>
    /// <param name="settings">Further settings, with <c>__</c> between the parts of a key.</param>
    public static async Task<ChildProgram> StartAsync(string data, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(Program).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0", "--data", data, "--knowledge", Folders.Resolve(null, null).Knowledge },
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DirectLine__LimitRate"] = "false", ["RateLimits__WidgetTokensPerMinute"] = "10000" },
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Shop with the widget", StringComparison.Ordinal))
            {
                var address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
                _ = process.StandardOutput.ReadToEndAsync();
                return new ChildProgram(process, address);
            }
        }

        throw new InvalidOperationException($"The program ended before it was ready.\n{await errors}");
    }

    public void Kill() => _process.Kill();

    /// <summary>Ends it, if it still runs. May be called again.</summary>
    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
