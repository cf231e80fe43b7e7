using System.Diagnostics;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.FrontEnds;

/// <summary>Runs the front ends' own tests, so that one command runs everything. Each is one test here; its report says which of its cases failed.</summary>
public sealed class FrontEndTests
{
    /// <summary>A folder for vitest's reports in JSON, for whoever counts over all runners.</summary>
    private const string ResultsVariable = "SUPPORTBOT_VITEST_RESULTS";

    [Theory]
    [InlineData("web-widget")]
    [InlineData("src/agent-console")]
    public async Task The_front_ends_own_tests_pass(string folder)
    {
        var start = new ProcessStartInfo("npm")
        {
            WorkingDirectory = Path.Combine(Repository.Root, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "test", "--silent", "--", "--reporter=default" },
            Environment = { ["CI"] = "1" },
        };
        if (Environment.GetEnvironmentVariable(ResultsVariable) is { Length: > 0 } results)
        {
            start.ArgumentList.Add("--reporter=json");
            start.ArgumentList.Add($"--outputFile.json={Path.Combine(results, $"{Path.GetFileName(folder)}.vitest.json")}");
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
    }
}
