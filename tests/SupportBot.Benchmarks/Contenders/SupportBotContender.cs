using SupportBot.Benchmarks.Measuring;
using SupportBot.Benchmarks.Processes;
using SupportBot.Benchmarks.Turns;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>The real service as a process of its own, with embedded storage in a new folder, asked through Direct Line.</summary>
public sealed class SupportBotContender(TimeProvider time) : IContender
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("supportbot-benchmark-");
    private readonly Uri _address = FreePort.Address();
    private readonly List<DirectLineConversation> _conversations = [];
    private HttpClient? _http;
    private ChildProcess? _process;

    public string Name => "SupportBot";

    public TimeSpan ProcessorTime => _process!.ProcessorTime;

    public async Task StartAsync(int conversations, CancellationToken ct)
    {
        // Learning the company's files takes most of a minute and much memory: another process does it, and leaves its result in the cache.
        await using (var index = Run("index", "--data", _data.FullName))
        {
            await index.EndAsync(ct);
        }

        _process = Run("serve", "--urls", _address.GetLeftPart(UriPartial.Authority), "--data", _data.FullName);
        _http = LoadClient.Create(_address);
        await _process.AnswersAsync(_http, new Uri(_address, "healthz"), ct);
        await CheckQuestionsAsync(_http, ct);
        for (var i = 0; i < conversations; i++)
        {
            _conversations.Add(await DirectLineConversation.OpenAsync(_http, time, ct));
        }
    }

    public async ValueTask<long?> AskAsync(int conversation, string question, CancellationToken ct)
    {
        var replied = await _conversations[conversation].AskAsync(question, ct);
        if (replied is null)
        {
            await _conversations[conversation].DisposeAsync();
            _conversations[conversation] = await DirectLineConversation.OpenAsync(_http!, time, ct);
        }

        return replied;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var conversation in _conversations)
        {
            await conversation.DisposeAsync();
        }

        _http?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    /// <summary>Every question must be one that the bot answers from an article: asking back or giving up costs less and would flatter it.</summary>
    private async Task CheckQuestionsAsync(HttpClient http, CancellationToken ct)
    {
        var unfit = new List<string>();
        foreach (var question in Questions.All)
        {
            await using var conversation = await DirectLineConversation.OpenAsync(http, time, ct);
            if (await conversation.AskAsync(question, ct) is null || !await conversation.HasCitationAsync(ct))
            {
                unfit.Add(question);
            }
        }

        if (unfit.Count > 0)
        {
            throw new BenchmarkFailure($"SupportBot does not answer these from an article, take others: {string.Join(" | ", unfit)}");
        }
    }

    private static ChildProcess Run(params IEnumerable<string> arguments) => ChildProcess.Start(
        "dotnet",
        Path.GetDirectoryName(Programs.SupportBot)!,
        [Programs.SupportBot, .. arguments],
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("DirectLine__LimitRate", "false"),
        ("Logging__LogLevel__Default", "Warning"));
}
