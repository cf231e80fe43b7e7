using System.Text;
using System.Text.Json;
using SupportBot.Knowledge;

namespace SupportBot.Hosting.Evaluating;

/// <summary>
/// Reads what <c>evaluate retrieval</c> is run on, one JSON object a line: articles <c>{"id", "title", "body", "questions"}</c> and queries
/// <c>{"text", "relevant": [ids]}</c>. <see cref="StartProblem"/> names file and line of everything that cannot be used.
/// </summary>
public static class RetrievalEvaluationFiles
{
    private const int MostProblems = 10;

    /// <summary>The articles, cut into passages as the company's own are.</summary>
    public static IReadOnlyList<Article> ReadArticles(string path)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return Read(path, line => ToArticle(line, ids));
    }

    /// <summary>The queries; each names at least one of the articles.</summary>
    public static IReadOnlyList<RetrievalQuery> ReadQueries(string path, IReadOnlyCollection<string> articles) => Read(path, line =>
    {
        var relevant = Texts(line, "relevant");
        return relevant.Count == 0 ? throw new FormatException("\"relevant\" names no article.")
            : relevant.FirstOrDefault(id => !articles.Contains(id)) is { } unknown ? throw new FormatException($"\"relevant\" names the article '{unknown}', which there is not.")
            : new RetrievalQuery(Text(line, "text"), relevant);
    });

    private static Article ToArticle(JsonElement line, HashSet<string> ids)
    {
        var (id, title, body) = (Text(line, "id"), Text(line, "title"), Text(line, "body"));
        var passages = ArticleReader.Passages(id, body);
        return !ids.Add(id) ? throw new FormatException($"the id '{id}' is there already.")
            : passages.Count == 0 ? throw new FormatException("\"body\" holds no text.")
            : new Article(id, title, line.TryGetProperty("questions", out _) ? Texts(line, "questions") : [], Audience.Customers, "en", default, body, passages);
    }

    private static List<T> Read<T>(string path, Func<JsonElement, T> convert)
    {
        var rows = new List<T>();
        var problems = new List<string>();
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                try
                {
                    using var document = JsonDocument.Parse(line);
                    rows.Add(document.RootElement.ValueKind == JsonValueKind.Object ? convert(document.RootElement) : throw new FormatException("this is not a JSON object."));
                }
                catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
                {
                    // InvalidOperationException: a text that holds half a surrogate pair.
                    problems.Add($"{path}:{number}: {(error is FormatException ? error.Message : "this is not a JSON object.")}");
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add($"{path}: the file cannot be read as UTF-8 text ({error.Message})");
        }

        return problems.Count > 0 ? throw new StartProblem([.. problems.Take(MostProblems), .. problems.Count > MostProblems ? [$"... and {problems.Count - MostProblems} more"] : Array.Empty<string>()])
            : rows.Count == 0 ? throw new StartProblem($"{path}: the file holds no line.")
            : rows;
    }

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw new FormatException($"\"{name}\" is missing or empty.");

    private static List<string> Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? [.. values.EnumerateArray().Select(v => v.GetString()!)]
            : throw new FormatException($"\"{name}\" is no list of texts.");
}
