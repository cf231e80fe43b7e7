using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Hosting;

/// <summary>What a developer finds on the first start, and what Production refuses to run with.</summary>
public static class DemoSeed
{
    public const string SiteId = "demo";
    public const string Secret = "demo-secret";
    public const string Password = "demo-password";
    public const string Domain = "@demo.test";

    public static readonly IReadOnlyList<(string Email, string Name, string Role)> Accounts =
    [
        ("agent@demo.test", "Maeve", Roles.Agent),
        ("agent2@demo.test", "Tomás", Roles.Agent),
        ("manager@demo.test", "Orla", Roles.Manager),
        ("admin@demo.test", "Fionn", Roles.Admin),
    ];

    public static async Task PlantAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupportBotDb>();
        if (!await db.Sites.AnyAsync(s => s.Id == SiteId, ct))
        {
            db.Sites.Add(new Site
            {
                Id = SiteId,
                Name = "Demo shop",
                Origins = "http://localhost:*\nhttp://127.0.0.1:*",
                CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            });
            db.SiteSecrets.Add(SiteSecret.Keep(Secret, SiteId, services.GetRequiredService<TimeProvider>().GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }

        foreach (var (email, name, role) in Accounts)
        {
            await AccountBook.AddAsync(scope.ServiceProvider, email, name, role, Password, existingIsFine: true);
        }
    }

    /// <summary>Throws where demo data would be open to the world.</summary>
    public static async Task RefuseAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupportBotDb>();
        var hash = SiteSecret.HashOf(Secret);
        if (await db.Sites.AnyAsync(s => s.Id == SiteId, ct) || await db.SiteSecrets.AnyAsync(s => s.Hash == hash, ct) || await db.Users.AnyAsync(u => u.Email!.EndsWith(Domain), ct))
        {
            throw new StartProblem("The database holds the demo site or demo accounts, whose passwords everybody knows. Use another database (--data or Storage:ConnectionString), or start with ASPNETCORE_ENVIRONMENT=Development.");
        }
    }
}

/// <summary>Adds accounts to the console.</summary>
public static class AccountBook
{
    /// <summary>Throws a <see cref="StartProblem"/> that says what is wrong with the input.</summary>
    public static async Task AddAsync(IServiceProvider scoped, string email, string name, string role, string password, bool existingIsFine = false)
    {
        var roles = scoped.GetRequiredService<RoleManager<IdentityRole>>();
        if (!await roles.RoleExistsAsync(role))
        {
            Check(await roles.CreateAsync(new IdentityRole(role)));
        }

        var accounts = scoped.GetRequiredService<UserManager<AgentAccount>>();
        if (await accounts.FindByEmailAsync(email) is not null)
        {
            if (existingIsFine)
            {
                return;
            }

            throw new StartProblem($"There is an account for {email} already.");
        }

        var account = new AgentAccount { UserName = email, Email = email, DisplayName = name };
        Check(await accounts.CreateAsync(account, password));
        Check(await accounts.AddToRoleAsync(account, role));
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new StartProblem([.. result.Errors.Select(e => e.Description)]);
        }
    }
}
