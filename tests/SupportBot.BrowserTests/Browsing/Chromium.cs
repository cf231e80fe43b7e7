namespace SupportBot.BrowserTests.Browsing;

/// <summary>Finds a Chromium: what the environment names, what is installed, or Playwright's own.</summary>
public static class Chromium
{
    /// <summary>The environment variable that names a browser.</summary>
    public const string Variable = "SUPPORTBOT_CHROMIUM";

    private static readonly string[] OnPath = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    /// <summary>Nothing that a browser does on its own account: no update checks, no first-run pages, no field trials.</summary>
    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Find(playwright),
        Headless = true,
        // Chromium's sandbox refuses to run as root, which is what build machines in containers are.
        Args = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? [.. Quiet, "--no-sandbox"] : Quiet,
    });

    private static string Find(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names {named}, and there is no such file.");
        }

        var own = playwright.Chromium.ExecutablePath;
        return Installed().FirstOrDefault(File.Exists) ?? (File.Exists(own) ? own : Install(own));
    }

    private static IEnumerable<string> Installed()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SpecialFolder[] roots = [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData];
            string[] programs = ["Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
            return roots.SelectMany(root => programs.Select(program => Path.Combine(Environment.GetFolderPath(root), program)));
        }

        if (OperatingSystem.IsMacOS())
        {
            string[] names = ["Google Chrome", "Chromium", "Microsoft Edge"];
            return names.Select(name => $"/Applications/{name}.app/Contents/MacOS/{name}");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return OnPath.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)));
    }

    private static string Install(string own)
    {
        var exitCode = Microsoft.Playwright.Program.Main(["install", "chromium"]);
        return exitCode == 0 && File.Exists(own) ? own : throw new InvalidOperationException($"""
            The browser tests need a Chromium, and Playwright could not download its own. Either install one and name it:
              {Variable}=/path/to/chromium dotnet test tests/SupportBot.BrowserTests
            or, where Playwright's downloads are reachable:
              pwsh {Path.Combine(AppContext.BaseDirectory, "playwright.ps1")} install chromium
            """);
    }
}
