using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using SupportBot.Benchmarks.Contenders;
using SupportBot.Benchmarks.Processes;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>The parent's side of <see cref="ServeDirectLine"/>.</summary>
public sealed class DirectLineServer : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private DirectLineServer(Uri address)
    {
        var program = Assembly.GetExecutingAssembly().Location;
        Http = LoadClient.Create(address);
        _process = ChildProcess.Start(
            "dotnet", Path.GetDirectoryName(program)!, [program, ServeDirectLine.Verb, "--urls", address.GetLeftPart(UriPartial.Authority)]);
    }

    /// <summary>A client of the server.</summary>
    public HttpClient Http { get; }

    /// <summary>The site's secret.</summary>
    public AuthenticationHeaderValue Secret { get; } = new("Bearer", ServeDirectLine.Secret);

    /// <summary>Processor time that the server's process has used so far.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    public static async Task<DirectLineServer> StartAsync(CancellationToken ct)
    {
        await Console.Error.WriteLineAsync("Starting the Direct Line server");
        var server = new DirectLineServer(FreePort.Address());
        try
        {
            await server._process.AnswersAsync(server.Http, server.Http.BaseAddress!, ct);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public Task<ServerMemory> MeasureAsync(CancellationToken ct) => CallAsync<ServerMemory>(ServeDirectLine.MeasurePath, null, ct);

    /// <summary>How many streams the server still has in these conversations.</summary>
    public async Task<int> CountStreamsAsync(IReadOnlyList<string> conversations, CancellationToken ct) =>
        (await CallAsync<StreamCount>(ServeDirectLine.CountPath, JsonContent.Create(conversations), ct)).Streams;

    /// <summary>Has the bot say something in each conversation, one right after the other.</summary>
    /// <returns>When each of them was stored.</returns>
    public async Task<IReadOnlyList<long>> SayAsync(IReadOnlyList<string> conversations, string text, CancellationToken ct) =>
        (await CallAsync<Commits>(ServeDirectLine.AppendPath, JsonContent.Create(new Saying(conversations, text)), ct)).At;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<T> CallAsync<T>(string path, HttpContent? content, CancellationToken ct)
    {
        var answer = await LoadClient.SendAsync(Http, HttpMethod.Post, new Uri(Http.BaseAddress!, path), null, content, ct);
        return JsonSerializer.Deserialize<T>(answer, JsonSerializerOptions.Web)!;
    }
}
