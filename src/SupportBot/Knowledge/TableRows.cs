using System.Text.Json;
using CsvHelper;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>A row of a table: its line, and its values by column in lower case.</summary>
internal sealed record NamedRow(int Line, IReadOnlyDictionary<string, string> Values);

/// <summary>Rows of CSV (comma, semicolon, tab or bar, told by the first lines) and of JSONL, both with named columns.</summary>
internal static class TableRows
{
    public static IReadOnlyList<NamedRow> FromCsv(CompanyFile file, FileProblems problems)
    {
        var rows = new List<NamedRow>();
        using var csv = CsvReader.FromText(file.Text, new CsvReaderOptions { HasHeader = true, TrackLineNumbers = true, TrimWhitespace = true });
        csv.ReadHeader();
        string[] header = [.. csv.Headers ?? []];
        if (!header.Contains("question", StringComparer.OrdinalIgnoreCase) || !header.Contains("answer", StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(file.Path, 1, "the first line does not name the columns 'question' and 'answer'", "begin the file with a line such as question,answer");
            return [];
        }

        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            string[] values = [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))];
            if (values.Length > header.Length)
            {
                problems.Add(file.Path, line, $"the row has {values.Length} values for {header.Length} columns", "put quotes around values that hold the separator");
            }
            else if (values.Any(value => value != ""))
            {
                rows.Add(new NamedRow(line, ByColumn(header.Zip(values))));
            }
        }

        return rows;
    }

    public static IReadOnlyList<NamedRow> FromJsonLines(CompanyFile file, FileProblems problems)
    {
        var rows = new List<NamedRow>();
        var lines = file.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(lines[i]);
                rows.Add(new NamedRow(i + 1, ByColumn(document.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.GetString() ?? "")))));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                problems.Add(file.Path, i + 1, "the line is no JSON object of texts", "write it as {\"question\": \"...\", \"answer\": \"...\"}");
            }
        }

        return rows;
    }

    private static Dictionary<string, string> ByColumn(IEnumerable<(string Column, string Value)> values)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in values)
        {
            row[column.Trim().ToLowerInvariant()] = value;
        }

        return row;
    }
}
