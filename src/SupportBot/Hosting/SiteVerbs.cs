using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Hosting;

/// <summary>The verbs <c>sites</c>: which websites may embed the widget, and their Direct Line secrets.</summary>
public static partial class SiteVerbs
{
    private const int MostListed = 500;

    public static Task<int> AddAsync(WebApplication app, string id, string? name, string[] origins, CancellationToken ct)
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

        return RunAsync(app, async (db, now) =>
        {
            if (await db.Sites.AnyAsync(s => s.Id == id, ct))
            {
                throw new StartProblem($"There is a site {id} already.");
            }

            db.Sites.Add(new Site { Id = id, Name = name ?? id, Origins = string.Join('\n', origins), CreatedAt = now });
            var secret = AddSecret(db, id, now);
            await db.SaveChangesAsync(ct);
            Console.WriteLine($"""
                Site {id} is ready. Embed the widget with:
                  <script src="https://YOUR-HOST/widget.js" data-site="{id}" async></script>
                Direct Line secret, shown only now:
                  {secret}
                """);
        }, ct);
    }

    public static Task<int> ListAsync(WebApplication app, CancellationToken ct) => RunAsync(app, async (db, _) =>
    {
        var secrets = await db.SiteSecrets.AsNoTracking().OrderBy(s => s.CreatedAt).ToListAsync(ct);
        foreach (var site in await db.Sites.AsNoTracking().OrderBy(s => s.Id).Take(MostListed).ToListAsync(ct))
        {
            Console.WriteLine($"{site.Id}  {site.Name}  {string.Join(' ', site.OriginList)}");
            foreach (var secret in secrets.Where(s => s.SiteId == site.Id))
            {
                Console.WriteLine($"  secret {secret.Id}...  since {secret.CreatedAt:yyyy-MM-dd HH:mm} UTC");
            }
        }
    }, ct);

    /// <summary>Adds a second secret, so that the company's servers can be changed over before the first one is revoked.</summary>
    public static Task<int> RotateAsync(WebApplication app, string id, CancellationToken ct) => RunAsync(app, async (db, now) =>
    {
        if (!await db.Sites.AnyAsync(s => s.Id == id, ct))
        {
            throw new StartProblem($"There is no site {id}. The verb sites list shows them.");
        }

        if (await db.SiteSecrets.CountAsync(s => s.SiteId == id, ct) >= SiteSecret.MostPerSite)
        {
            throw new StartProblem($"Site {id} has {SiteSecret.MostPerSite} secrets already. Revoke one first: sites revoke {id} --secret ID (sites list shows the ids).");
        }

        var secret = AddSecret(db, id, now);
        await db.SaveChangesAsync(ct);
        Console.WriteLine($"""
            Site {id} has another Direct Line secret, shown only now:
              {secret}
            The earlier one is good until you revoke it.
            """);
    }, ct);

    public static Task<int> RevokeAsync(WebApplication app, string id, string secretId, CancellationToken ct) => RunAsync(app, async (db, _) =>
    {
        if (await db.SiteSecrets.Where(s => s.SiteId == id && s.Id == secretId).ExecuteDeleteAsync(ct) == 0)
        {
            throw new StartProblem($"Site {id} has no secret {secretId}. The verb sites list shows the ids.");
        }

        Console.WriteLine($"The secret {secretId}... of site {id} is no longer taken. A running service notices within half a minute; tokens that it gave out end by themselves.");
    }, ct);

    private static string AddSecret(SupportBotDb db, string siteId, DateTimeOffset now)
    {
        var (secret, kept) = SiteSecret.Create(siteId, now);
        db.SiteSecrets.Add(kept);
        return secret;
    }

    private static async Task<int> RunAsync(WebApplication app, Func<SupportBotDb, DateTimeOffset, Task> run, CancellationToken ct)
    {
        await StorageSetup.MigrateAsync(app.Services, ct);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<SupportBotDb>>().CreateDbContextAsync(ct);
        await run(db, app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        return 0;
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex SiteId();
}
