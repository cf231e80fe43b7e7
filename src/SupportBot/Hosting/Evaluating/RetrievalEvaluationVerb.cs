using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.Answers;

namespace SupportBot.Hosting.Evaluating;

/// <summary><c>evaluate retrieval</c>: how well articles are found, on any articles and questions in files.</summary>
public static class RetrievalEvaluationVerb
{
    public static Command Build()
    {
        var articles = new Option<string>("--articles") { Description = "JSONL file of articles: id, title, body, questions", Required = true };
        var queries = new Option<string>("--queries") { Description = "JSONL file of questions: text, relevant (ids of articles)", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object" };
        var floor = new Option<string[]>("--floor") { Description = "key=value that a figure must reach, or the exit code is 1; may be repeated" };
        var verb = new Command("retrieval", "Measure how well articles are found: the articles and questions are those of the files") { articles, queries, json, floor };
        verb.SetAction((parsed, _) => Task.FromResult(
            Run(parsed.GetValue(articles)!, parsed.GetValue(queries)!, parsed.GetValue(json), Floors.Parse(parsed.GetValue(floor)!))));
        return verb;
    }

    private static int Run(string articlesPath, string queriesPath, bool json, Floors floors)
    {
        var articles = RetrievalEvaluationFiles.ReadArticles(articlesPath);
        var queries = RetrievalEvaluationFiles.ReadQueries(queriesPath, articles.Select(a => a.Slug).ToHashSet(StringComparer.Ordinal));
        using var finder = new ArticleFinder(articles);
        var result = RetrievalEvaluation.Run(finder, articles.Count, queries, TimeProvider.System);
        var figures = (JsonObject)JsonSerializer.SerializeToNode(result, JsonSerializerOptions.Web)!;
        var missed = floors.Missed(figures);
        Console.WriteLine(json ? figures.ToJsonString(JsonSerializerOptions.Web) : Table(result));
        foreach (var line in missed)
        {
            Console.Error.WriteLine(line);
        }

        return missed.Count == 0 ? 0 : 1;
    }

    private static string Table(RetrievalResult result) => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"{result.Articles} articles in {result.Passages} passages, {result.Queries} questions")
        .AppendLine(CultureInfo.InvariantCulture, $"{"First article right (P@1)",-34}{result.P1,8:P1}")
        .AppendLine(CultureInfo.InvariantCulture, $"{"Mean reciprocal rank (MRR@10)",-34}{result.Mrr10,8:0.000}")
        .AppendLine(CultureInfo.InvariantCulture, $"{"Right among the first 5 (R@5)",-34}{result.R5,8:P1}")
        .AppendLine(CultureInfo.InvariantCulture, $"{"Confidence tells right (AUROC)",-34}{result.Top1RightAuroc,8:0.000}")
        .AppendLine(CultureInfo.InvariantCulture, $"{"Time of a search, p50 / p95",-34}{result.P50Ms,8:0.0} / {result.P95Ms:0.0} ms")
        .Append(CultureInfo.InvariantCulture, $"{"Memory of the program",-34}{result.MemoryMb,8:0} MB")
        .ToString();
}
