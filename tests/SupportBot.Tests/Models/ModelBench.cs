using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using SupportBot.Answers;
using SupportBot.Answers.Models;
using SupportBot.Company;
using SupportBot.Knowledge;
using SupportBot.Models;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Models;

/// <summary>What words answers, with the fake server behind it and the sample company's articles before it.</summary>
public sealed class ModelBench : IAsyncDisposable
{
    private static readonly Dictionary<string, Article> Articles = Read();

    private readonly ServiceProvider _services;

    private ModelBench(FakeModelServer server, ServiceProvider services, ManualClock clock) => (Server, _services, Clock) = (server, services, clock);

    public FakeModelServer Server { get; }

    public ManualClock Clock { get; }

    /// <summary>Every text that was shown to the customer on the way, oldest first.</summary>
    public List<string> Shown { get; } = [];

    public ModelAnswers Answers => _services.GetRequiredService<ModelAnswers>();

    public static async Task<ModelBench> StartAsync(Func<ModelOptions, ModelOptions>? change = null, IChatClient? plugged = null, bool anthropic = false)
    {
        var server = await FakeModelServer.StartAsync();
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        var options = new ModelOptions { Provider = ModelProvider.OpenAICompatible, Model = "fake", Endpoint = server.Address, Timeout = TimeSpan.FromMinutes(1) };
        options = anthropic ? options with { Provider = ModelProvider.Anthropic, Endpoint = server.AnthropicAddress, ApiKey = "key" } : options;
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock).AddModelAnswers(change?.Invoke(options) ?? options);
        if (plugged is not null)
        {
            services.AddSingleton(plugged);
        }

        return new ModelBench(server, services.BuildServiceProvider(), clock);
    }

    public static IReadOnlyList<SourcePassage> Passages(string question, params string[] slugs) => SourcePassage.Of([.. slugs.Select(slug => Articles[slug])], question);

    public async Task<ModelOutcome> AskAsync(string question, string slug = "refund-policy", string conversation = "c1", string site = "demo")
    {
        var request = new ModelRequest(question, Passages(question, slug), "en", ["Tarn & Trail", "Pip"], site, conversation, Clock.GetUtcNow());
        return await Answers.TryWriteAsync(request, text => { Shown.Add(text); return Task.CompletedTask; }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Dictionary<string, Article> Read()
    {
        var problems = new FileProblems();
        var company = CompanyReading.Read(Service.SampleCompany, problems) ?? throw new InvalidOperationException(string.Join('\n', problems.Found));
        return company.Articles.ToDictionary(a => a.Slug, StringComparer.Ordinal);
    }
}
