using System.Diagnostics;
using SupportBot.Benchmarks.Processes;

namespace SupportBot.Benchmarks.Retrieval;

/// <summary>
/// How long a search takes among many passages, and what they take in memory: <c>SupportBot evaluate retrieval</c> on generated articles.
/// How well it finds made-up words says nothing; only times and memory count.
/// </summary>
public static class RetrievalBenchmark
{
    private const int Seed = 20261122;
    private const int Queries = 500;

    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(int passages, bool json, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("supportbot-retrieval-").FullName;
        try
        {
            var (articles, queries) = (Path.Combine(folder, "articles.jsonl"), Path.Combine(folder, "queries.jsonl"));
            new GeneratedHelp(Seed).Write(articles, queries, passages / GeneratedHelp.PassagesOfArticle, Queries);
            var start = new ProcessStartInfo("dotnet", [Programs.SupportBot, "evaluate", "retrieval", "--articles", articles, "--queries", queries, .. json ? (string[])["--json"] : []]);
            using var process = Process.Start(start)!;
            try
            {
                await process.WaitForExitAsync(ct);
                return process.ExitCode;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
