using System.Text;
using System.Text.Json;
using SupportBot.Answers.Evaluating;

namespace SupportBot.Hosting.Evaluating;

/// <summary>Reads files of labelled messages, one JSON object a line: <c>{"text": "...", "intent": "name"}</c>, or null for out of scope.</summary>
public static class LabelledTextFile
{
    private const int MostProblems = 10;

    /// <summary>The rows of all files in order. <see cref="StartProblem"/> names file and line of what cannot be read.</summary>
    public static IReadOnlyList<LabelledText> ReadAll(IEnumerable<string> paths)
    {
        var rows = new List<LabelledText>();
        var problems = new List<string>();
        foreach (var path in paths)
        {
            Read(path, rows, problems);
        }

        return problems.Count == 0
            ? rows
            : throw new StartProblem(string.Join(Environment.NewLine, problems.Take(MostProblems).Concat(problems.Count > MostProblems ? [$"... and {problems.Count - MostProblems} more"] : [])));
    }

    private static void Read(string path, List<LabelledText> rows, List<string> problems)
    {
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

                if (TryParse(line, out var problem) is { } row)
                {
                    rows.Add(row);
                }
                else
                {
                    problems.Add($"{path}:{number}: {problem}");
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add($"{path}: the file cannot be read as UTF-8 text ({error.Message})");
        }
    }

    private static LabelledText? TryParse(string line, out string problem)
    {
        problem = "this is not a JSON object. Write {\"text\": \"...\", \"intent\": \"name\"}, one a line.";
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            if (!document.RootElement.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(text.GetString()))
            {
                problem = "\"text\" is missing or empty.";
                return null;
            }

            if (!document.RootElement.TryGetProperty("intent", out var intent) || intent.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) || (intent.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(intent.GetString())))
            {
                problem = "\"intent\" is missing. Write the intent's name, or null when the message means none of them.";
                return null;
            }

            return new LabelledText(text.GetString()!, intent.GetString());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that holds half a surrogate pair.
            return null;
        }
    }
}
