using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;

namespace SupportBot.Benchmarks.DirectLine;

/// <summary>
/// The verb <c>serve-direct-line</c>, which the benchmark runs as a child: the library's Direct Line server with its log in memory, beside
/// addresses by which the parent has it say things and reads its memory. No product has those, hence this host.
/// </summary>
public static class ServeDirectLine
{
    public const string Verb = "serve-direct-line";
    public const string Secret = "benchmark-secret";
    public const string MeasurePath = "measure";
    public const string CountPath = "count";
    public const string AppendPath = "append";

    public static async Task<int> RunAsync(string urls, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--urls", urls] });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDirectLine(options => options.LimitRate = false);
        builder.Services.AddSingleton<IActivityLog, InMemoryActivityLog>();
        builder.Services.AddSingleton<IDirectLineKeys>(_ => new InMemoryDirectLineKeys());
        builder.Services.AddSingleton<IDirectLineSites>(new InMemoryDirectLineSites().Add(new DirectLineSite("benchmark", []), Secret));

        await using var app = builder.Build();
        app.UseCors();
        app.UseWebSockets();
        app.MapDirectLine($"/{StartedConversation.Prefix}");
        app.MapPost(MeasurePath, Measure);
        app.MapPost(CountPath, Count);
        app.MapPost(AppendPath, AppendAsync);
        await app.StartAsync(ct);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static ServerMemory Measure() => new(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);

    private static StreamCount Count(IReadOnlyList<string> conversations, ConversationSignals signals) =>
        new(conversations.Sum(signals.SubscriberCount));

    private static async Task<Commits> AppendAsync(Saying saying, IActivityLog log, TimeProvider time, CancellationToken ct)
    {
        var committed = new long[saying.Conversations.Count];
        var activity = Activity.Message(saying.Text);
        for (var i = 0; i < committed.Length; i++)
        {
            // The log in memory tells the streams before it returns, so a frame could be there sooner than a time taken afterwards.
            committed[i] = time.GetTimestamp();
            await log.AppendAsync(saying.Conversations[i], activity, ct);
        }

        return new Commits(committed);
    }
}

/// <summary>What the server's process holds, in bytes.</summary>
/// <param name="Managed">What is on the managed heap after everything that can be collected was.</param>
/// <param name="Resident">What the operating system has given it of real memory.</param>
public sealed record ServerMemory(long Managed, long Resident);

/// <summary>How many streams conversations have together.</summary>
public sealed record StreamCount(int Streams);

/// <summary>One message to each of these conversations.</summary>
public sealed record Saying(IReadOnlyList<string> Conversations, string Text);

/// <summary>When each conversation's message went to the log, by the clock of <see cref="TimeProvider.GetTimestamp"/>, which processes of a machine share.</summary>
public sealed record Commits(IReadOnlyList<long> At);
