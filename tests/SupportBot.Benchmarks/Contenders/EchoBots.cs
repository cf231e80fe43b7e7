using System.Globalization;
using SupportBot.Benchmarks.Processes;

namespace SupportBot.Benchmarks.Contenders;

/// <summary>The echo bots: the sample of our library, and the one on npm's botbuilder.</summary>
public static class EchoBots
{
    public static ConnectorContender OnLibrary(string name, DeliveryMode mode, TimeProvider time) => new(
        name,
        (address, _) => Task.FromResult(ChildProcess.Start(
            "dotnet",
            Path.GetDirectoryName(Programs.LibraryEchoBot)!,
            [Programs.LibraryEchoBot, "--urls", address.GetLeftPart(UriPartial.Authority)],
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("Logging__LogLevel__Default", "Warning"))),
        mode,
        time);

    public static ConnectorContender OnBotBuilder(string name, DeliveryMode mode, TimeProvider time) => new(
        name,
        async (address, ct) =>
        {
            await InstallAsync(Programs.BotBuilderEchoBot, ct);
            return ChildProcess.Start(
                "node",
                Programs.BotBuilderEchoBot,
                ["index.js"],
                ("PORT", address.Port.ToString(CultureInfo.InvariantCulture)),
                ("NODE_ENV", "production"));
        },
        mode,
        time);

    private static async Task InstallAsync(string folder, CancellationToken ct)
    {
        // npm writes this file last: without it the folder is missing or half done.
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            await using var npm = ChildProcess.Start(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
            await npm.EndAsync(ct);
        }
    }
}
