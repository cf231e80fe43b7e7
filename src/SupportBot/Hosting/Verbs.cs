using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.BotFramework.DirectLine;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Hosting;

/// <summary>The verbs other than <c>serve</c>. Each prints what it did and returns the exit code.</summary>
public static partial class Verbs
{
    public static async Task<int> MigrateAsync(WebApplication app, CancellationToken ct)
    {
        await StorageSetup.MigrateAsync(app.Services, ct);
        Console.WriteLine("The database is at this version.");
        return 0;
    }

    public static int Index(WebApplication app)
    {
        var understanding = app.LoadKnowledge(new Server.ConsoleProgress()).Current;
        Console.WriteLine($"{understanding.Articles.Count} articles and {understanding.Intents.Count} intents are ready.");
        return 0;
    }

    public static int Evaluate(WebApplication app, bool json)
    {
        var understanding = app.LoadKnowledge(json ? null : new Server.ConsoleProgress()).Current;
        var time = app.Services.GetRequiredService<TimeProvider>();
        var result = Evaluation.Run(understanding, time.GetUtcNow(), time);
        Console.WriteLine(json ? JsonSerializer.Serialize(result with { Misses = [] }, JsonSerializerOptions.Web) : EvaluationTable.Print(result));
        return 0;
    }

    public static async Task<int> AddAgentAsync(WebApplication app, string email, string name, string role, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
        {
            throw new StartProblem("--name is the name that customers see, at most 100 characters.");
        }

        if (!Console.IsInputRedirected)
        {
            Console.Write("Password (at least 12 characters): ");
        }

        if (await Console.In.ReadLineAsync(ct) is not { Length: > 0 } password)
        {
            throw new StartProblem("A password is needed on standard input.");
        }

        await StorageSetup.MigrateAsync(app.Services, ct);
        await using var scope = app.Services.CreateAsyncScope();
        await AccountBook.AddAsync(scope.ServiceProvider, email, name.Trim(), role, password);
        Console.WriteLine($"{email} can sign in as {role}.");
        return 0;
    }

    public static async Task<int> AddSiteAsync(WebApplication app, string id, string? name, string[] origins, CancellationToken ct)
    {
        if (!SiteId().IsMatch(id))
        {
            throw new StartProblem("The id of a site is made of small letters, digits and hyphens, at most 64.");
        }

        foreach (var origin in origins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.GetLeftPart(UriPartial.Authority) != origin)
            {
                throw new StartProblem($"--origin {origin} is not an origin. An origin is scheme, host and perhaps port, such as https://shop.example.");
            }
        }

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await StorageSetup.MigrateAsync(app.Services, ct);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContextAsync(ct);
        if (await db.Sites.AnyAsync(s => s.Id == id, ct))
        {
            throw new StartProblem($"There is a site {id} already.");
        }

        db.Sites.Add(new Site
        {
            Id = id,
            Name = name ?? id,
            SecretHash = Site.Hash(secret),
            Origins = string.Join('\n', origins),
            CreatedAt = app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Site {id} is ready. Embed the widget with:
              <script src="https://YOUR-HOST/widget.js" data-site="{id}" async></script>
            Direct Line secret, shown only now:
              {secret}
            """));
        return 0;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex SiteId();
}
