using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Hosting;

/// <summary>The program as people start it from a shell.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("supportbot-test-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_sites_secret_is_rotated_without_a_gap_and_revoked()
    {
        var (_, added) = await RunAsync("sites", "add", "shop", "--origin", "https://shop.example");
        var first = SecretIn(added);
        var (_, rotated) = await RunAsync("sites", "rotate", "shop");
        var second = SecretIn(rotated);
        (await RunAsync("sites", "rotate", "shop")).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Output.ShouldContain("sites revoke shop"));
        (await RunAsync("sites", "list")).Output.ShouldContain($"secret {first[..6]}...");

        var service = await Service.StartAsync(data: _data);
        (await GenerateAsync(service, first)).ShouldBe(HttpStatusCode.OK);
        (await GenerateAsync(service, second)).ShouldBe(HttpStatusCode.OK);
        await service.StopAsync();

        (await RunAsync("sites", "revoke", "shop", "--secret", first[..6])).Code.ShouldBe(0);
        (await RunAsync("sites", "revoke", "shop", "--secret", first[..6])).Code.ShouldBe(1);
        service = await Service.StartAsync(data: _data);
        (await GenerateAsync(service, first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await GenerateAsync(service, second)).ShouldBe(HttpStatusCode.OK);
        await service.StopAsync();
    }

    [Theory]
    [InlineData("DirectLine__PageSize", "0", "DirectLine:PageSize")]
    [InlineData("DirectLine__PageSize", "many", "DirectLine:PageSize")]
    [InlineData("DirectLine__SigningKeys__0", "c2hvcnQ=", "DirectLine:SigningKeys:0")]
    [InlineData("MicrosoftAppId", "not-a-guid-without-a-secret", "MicrosoftApp")]
    [InlineData("Handoff__Agents", "Nobody", "Handoff")]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_the_key(string variable, string value, string named)
    {
        var (code, output) = await RunAsync(["serve", "--urls", "http://127.0.0.1:0"], variable, value);

        code.ShouldBe(1);
        output.Trim().Split('\n').ShouldAllBe(line => line.Contains(named, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> GenerateAsync(Service service, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", secret) } };
        using var response = await service.Http.SendAsync(request);
        return response.StatusCode;
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(arguments, null, null);

    private async Task<(int Code, string Output)> RunAsync(string[] arguments, string? variable, string? value)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SupportBot.dll"), .. arguments, "--data", _data, "--knowledge", Service.SampleCompany])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Logging__LogLevel__Default"] = "None";
        if (variable is not null)
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string SecretIn(string output) => Secret().Match(output).Value;

    [GeneratedRegex("[0-9a-f]{48}")]
    private static partial Regex Secret();
}
