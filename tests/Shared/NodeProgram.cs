using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportBot.Tests.Peers;

/// <summary>
/// One of the programs under <c>tests/peers</c> that answer lines (<c>lines.mjs</c>), run as a child. Questions may
/// be asked side by side. The child ends with this process, for then its input ends.
/// </summary>
public sealed class NodeProgram : IAsyncDisposable
{
    private const int LinesKept = 40;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly Queue<string> _lastErrors = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task<NodeProgramException> _reading;
    private int _lastId;

    private NodeProgram(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    /// <param name="peer">The folder under <c>tests/peers</c>; its <c>index.js</c> is run.</param>
    public static async Task<NodeProgram> StartAsync(string peer)
    {
        var folder = await NodePackages.InstalledAsync(peer);
        var start = new ProcessStartInfo("node", ["index.js"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
        };
        try
        {
            return new NodeProgram(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"Node.js 20 must be installed and on the PATH: {e.Message}", e);
        }
    }

    /// <summary>Asks a question: an object, whose properties the program is given.</summary>
    /// <exception cref="NodeProgramException">The program says that it failed, or has ended.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<JsonElement> AskAsync(JsonObject question, TimeSpan limit)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        question["id"] = id;
        await SendAsync(question);
        await Task.WhenAny(answer.Task, _reading).WaitAsync(limit);
        return answer.Task.IsCompleted ? await answer.Task : throw await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task SendAsync(JsonObject question)
    {
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(question.ToJsonString());
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended; whoever reads from it knows why.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <returns>That it has ended, and what it said last.</returns>
    private async Task<NodeProgramException> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var reply = JsonElement.Parse(line);
            if (_asked.TryRemove(reply.GetProperty("id").GetInt32(), out var answer))
            {
                if (reply.TryGetProperty("error", out var error))
                {
                    answer.SetException(new NodeProgramException(error.GetString()!));
                }
                else
                {
                    answer.SetResult(reply.TryGetProperty("result", out var result) ? result : default);
                }
            }
        }

        await _process.WaitForExitAsync();
        return new NodeProgramException(string.Create(CultureInfo.InvariantCulture, $"The program ended with code {_process.ExitCode}.\n{Errors()}"));
    }

    private string Errors()
    {
        lock (_lastErrors)
        {
            return string.Join('\n', _lastErrors);
        }
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line);
            if (_lastErrors.Count > LinesKept)
            {
                _lastErrors.Dequeue();
            }
        }
    }
}

/// <summary>What went wrong inside a program, in its own words.</summary>
public sealed class NodeProgramException(string message) : Exception(message);
