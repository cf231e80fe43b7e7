using SupportBot.Storage;

namespace SupportBot.Hosting;

/// <summary>The verbs other than <c>serve</c>. Each prints what it did and returns the exit code.</summary>
public static class Verbs
{
    public static async Task<int> MigrateAsync(WebApplication app, CancellationToken ct)
    {
        await StorageSetup.MigrateAsync(app.Services, ct);
        Console.WriteLine("The database is at this version.");
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
}
