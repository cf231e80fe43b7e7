using System.ComponentModel;
using System.Diagnostics;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Peers;

/// <summary>The packages that the programs under <c>tests/peers</c> need, installed as their lock files say.</summary>
public static class NodePackages
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Installs a peer's packages unless they are there.</summary>
    /// <returns>The peer's folder.</returns>
    /// <exception cref="InvalidOperationException">npm is missing, or could not install them.</exception>
    public static async Task<string> InstalledAsync(string peer)
    {
        var folder = Path.Combine(Repository.Root, "tests", "peers", peer);
        if (!IsInstalled(folder))
        {
            using var limit = new CancellationTokenSource(InstallLimit);
            await using var turn = await WaitForTurnAsync(limit.Token);
            if (!IsInstalled(folder))
            {
                await InstallAsync(folder, limit.Token);
            }
        }

        return folder;
    }

    // npm writes its own list last: without it, or with an older one, the folder is missing, half done or out of date.
    private static bool IsInstalled(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    // Test assemblies run side by side, as processes, and may want the same packages.
    private static async Task<FileStream> WaitForTurnAsync(CancellationToken ct)
    {
        var file = Path.Combine(Path.GetTempPath(), "supportbot-peers-npm.lock");
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(BetweenTries, ct);
            }
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var output = npm.StandardOutput.ReadToEndAsync(ct);
            var errors = npm.StandardError.ReadToEndAsync(ct);
            await npm.WaitForExitAsync(ct);
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci failed in {folder}:\n{await output}\n{await errors}");
            }
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"Node.js 20 with npm must be installed and on the PATH: {e.Message}", e);
        }
    }
}
