using System.Diagnostics;
using System.Reflection;

namespace SupportBot.BotFramework.Tests.Hosting;

/// <summary>The sample bot, run as its users run it.</summary>
public sealed class EchoBotProgram : IAsyncLifetime
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process = new();

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var program = typeof(EchoBotProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "EchoBot").Value!;
        _process.StartInfo = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", "--DirectLine:Secret", "a secret"])
        {
            RedirectStandardOutput = true,
        };
        var address = new TaskCompletionSource<Uri>();
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                address.TrySetException(new InvalidOperationException("The echo bot did not start."));
            }
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                address.TrySetResult(new Uri(line.Data[(at + Listening.Length)..]));
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        Http.BaseAddress = await address.Task.WaitAsync(Limit);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
    }
}
