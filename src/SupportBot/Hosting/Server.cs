using Microsoft.Extensions.Options;
using SupportBot.Learning;
using SupportBot.Lookups;
using SupportBot.Storage;
using SupportBot.Tickets;
using SupportBot.Tickets.Systems;
using SupportBot.Turns;

namespace SupportBot.Hosting;

/// <summary>The verb <c>serve</c>: everything is ready before the first request is taken.</summary>
public static class Server
{
    public static async Task<int> RunAsync(WebApplication app, CancellationToken ct)
    {
        await using (app)
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.PrepareAsync(new ConsoleProgress(), ct);
            await app.StartAsync(ct);
            Welcome(app);
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
    }

    /// <summary>Database, demo data and knowledge: all that a start needs before the first request.</summary>
    public static async Task PrepareAsync(this WebApplication app, IProgress<string>? progress, CancellationToken ct)
    {
        await StorageSetup.MigrateAsync(app.Services, ct);
        await (app.Environment.IsDevelopment() ? DemoSeed.PlantAsync(app.Services, ct) : DemoSeed.RefuseAsync(app.Services, ct));
        await app.Services.GetRequiredService<Versions>().FollowAsync(ct);
        app.LoadKnowledge(progress);
        await CheckTicketSystemsAsync(app.Services, ct);
    }

    /// <summary>A queue that the ticketing system does not have stops the start; a system that does not answer does not.</summary>
    private static async Task CheckTicketSystemsAsync(IServiceProvider services, CancellationToken ct)
    {
        try
        {
            var mistakes = await services.GetRequiredService<TicketQueues>().CheckAsync(ct);
            if (mistakes.Count > 0)
            {
                throw new StartProblem([.. mistakes]);
            }
        }
        catch (TicketSystemProblem problem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    /// <summary>Throws with every mistake in the company's files.</summary>
    public static UnderstandingSource LoadKnowledge(this WebApplication app, IProgress<string>? progress)
    {
        var source = app.Services.GetRequiredService<UnderstandingSource>();
        var problems = source.Load(progress);
        app.SayWhatLookupsMiss(source);
        return problems.Count == 0 ? source : throw new StartProblem([.. problems.Select(p => p.ToString())]);
    }

    /// <summary>A look-up that lacks a setting ends with a human each time, which nobody should have to find out from customers.</summary>
    private static void SayWhatLookupsMiss(this WebApplication app, UnderstandingSource source)
    {
        if (!source.IsLoaded)
        {
            return;
        }

        var settings = app.Services.GetRequiredService<LookupSettings>();
        foreach (var workflow in source.Current.Workflows.Values)
        {
            foreach (var (lookup, missing) in workflow.Lookups.SelectMany(l => settings.Missing(l).Select(m => (l, m))))
            {
                app.Logger.LogWarning("The look-up {Lookup} of {Intent} cannot be made: {Problem}. {Fix}.", lookup.Name, workflow.Intent, missing.Message, missing.Fix);
            }
        }
    }

    /// <summary>Prints at once and in order, unlike <see cref="Progress{T}"/>.</summary>
    public sealed class ConsoleProgress : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine(value);
    }

    private static void Welcome(WebApplication app)
    {
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"""

                SupportBot is ready.
                  Shop with the widget   {url}/
                  Agents' console        {url}/console/
                  Response times         {url}/console/reports
                  What the bot learns    {url}/console/learning
                  API                    {url}/openapi/v1.json
                """);
        }

        if (app.Environment.IsDevelopment())
        {
            Console.WriteLine($"  Sign in as             {string.Join(", ", DemoSeed.Accounts.Select(a => a.Email))}");
            Console.WriteLine($"  Password               {DemoSeed.Password}   (Direct Line secret of site {DemoSeed.SiteId}: {DemoSeed.Secret})");
        }

        Console.WriteLine("  Stop with Ctrl+C.");
    }
}
