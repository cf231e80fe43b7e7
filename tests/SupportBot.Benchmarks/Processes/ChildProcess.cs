using System.ComponentModel;
using System.Diagnostics;
using SupportBot.Benchmarks.Measuring;

namespace SupportBot.Benchmarks.Processes;

/// <summary>A program that is run as a child and ended, with all its own children, when this is disposed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 30;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;

    private readonly Queue<string> _lastLines = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Note(e.Data);
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <exception cref="BenchmarkFailure">There is no such program.</exception>
    public static ChildProcess Start(string program, string folder, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new ChildProcess(start);
        }
        catch (Win32Exception e)
        {
            throw new BenchmarkFailure($"{program} cannot be started ({e.Message}). It must be installed and on the PATH.");
        }
    }

    /// <summary>Waits until the program ends by itself.</summary>
    /// <exception cref="BenchmarkFailure">It ended with an error.</exception>
    public async Task EndAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        if (_process.ExitCode != 0)
        {
            throw Failure();
        }
    }

    /// <summary>Waits until an address answers, with whatever status.</summary>
    /// <exception cref="BenchmarkFailure">The program ended before.</exception>
    public async Task AnswersAsync(HttpClient http, Uri address, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(BetweenTries, ct);
            }
            catch (HttpRequestException)
            {
                throw Failure();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private BenchmarkFailure Failure()
    {
        lock (_lastLines)
        {
            var command = $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}";
            return new BenchmarkFailure($"{command} ended with code {_process.ExitCode}:{Environment.NewLine}{string.Join(Environment.NewLine, _lastLines)}");
        }
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
