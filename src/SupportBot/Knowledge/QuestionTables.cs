using NodaTime;
using NodaTime.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>
/// Reads articles from tables (CSV or JSONL) with the columns <c>question</c> and <c>answer</c>, and where there are: <c>title</c> (rows of
/// one title are one article), <c>locale</c>, <c>updated</c>, <c>audience</c>. Rows with one answer are one article with several questions.
/// A table with <c>subject</c> holds past tickets: they are cleaned and redacted, and one of near-duplicates is enough.
/// </summary>
internal static class QuestionTables
{
    private const string FallbackLocale = "en";

    private static readonly string[] Columns = ["question", "answer", "title", "subject", "locale", "updated", "audience"];

    private sealed record Row(int Line, string Title, string Question, string Answer, string Locale, LocalDate Updated, Audience Audience);

    public static IReadOnlyList<ReadArticle> Read(CompanyFile file, FileProblems problems, Func<string, string> redact)
    {
        var table = file.Path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? TableRows.FromCsv(file, problems) : TableRows.FromJsonLines(file, problems);
        var areTickets = table.Any(row => row.Values.ContainsKey("subject"));
        var rows = new List<Row>();
        foreach (var row in table)
        {
            if (ToRow(file, row, problems) is { } read)
            {
                rows.Add(areTickets ? Cleaned(read, redact) : read);
            }
        }

        var kept = areTickets ? PastTickets.WithoutNearDuplicates(rows.Where(r => r.Answer != ""), r => $"{r.Question} {r.Answer}") : rows;
        var slugs = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. kept.GroupBy(row => (Group: row.Title != "" && !areTickets ? row.Title : row.Answer, row.Locale, row.Audience))
                .Select(group => ToArticle(file, [.. group], areTickets, slugs)),
        ];
    }

    private static Row Cleaned(Row row, Func<string, string> redact) => row with
    {
        Title = redact(row.Title),
        Question = redact(PastTickets.Cleaned(row.Question)),
        Answer = redact(PastTickets.Cleaned(row.Answer)),
    };

    private static Row? ToRow(CompanyFile file, NamedRow row, FileProblems problems)
    {
        string Value(string column) => row.Values.GetValueOrDefault(column, "").Trim();
        foreach (var unknown in row.Line <= 2 ? row.Values.Keys.Except(Columns) : [])
        {
            problems.Add(file.Path, 1, $"unknown column '{unknown}'", $"use {string.Join(", ", Columns)}");
        }

        var missing = Value("question") == "" ? "question" : Value("answer") == "" ? "answer" : null;
        if (missing is not null)
        {
            problems.Add(file.Path, row.Line, $"the {missing} is missing", "fill both question and answer, or remove the row");
            return null;
        }

        if (ArticleReader.ToAudience(Value("audience")) is not { } audience)
        {
            problems.Add(file.Path, row.Line, $"the audience '{Value("audience")}' is neither 'customers' nor 'agents'", "use one of them, or leave it empty");
            return null;
        }

        LocalDate updated = default;
        if (Value("updated") is { Length: > 0 } date && !LocalDatePattern.Iso.Parse(date).TryGetValue(default, out updated))
        {
            problems.Add(file.Path, row.Line, $"'{date}' is not a date", "write it as 2026-09-14");
            return null;
        }

        return new Row(row.Line, Value("title") is { Length: > 0 } title ? title : Value("subject"), Value("question"), Value("answer"), Value("locale") is { Length: > 0 } locale ? locale : FallbackLocale, updated, audience);
    }

    private static ReadArticle ToArticle(CompanyFile file, IReadOnlyList<Row> rows, bool areTickets, HashSet<string> slugs)
    {
        var first = rows[0];
        var title = first.Title != "" ? first.Title : first.Question;
        var slug = Slugs.Unique(title, file.Stem, $"-{first.Locale}", slugs);

        // Questions are headings where there are several answers: a passage then says what it answers.
        var answers = rows.GroupBy(r => r.Answer).ToArray();
        var markdown = answers.Length == 1 || areTickets
            ? first.Answer
            : string.Join("\n\n", answers.Select(a => $"## {a.First().Question}\n\n{a.Key}"));
        var questions = rows.Select(r => r.Question).Where(q => q != title).Distinct(StringComparer.Ordinal).ToArray();
        var cut = PassageCutter.Cut(slug, markdown);
        var article = new Article(slug, title, questions, first.Audience, first.Locale, rows.Max(r => r.Updated), markdown, cut.Passages);
        return new ReadArticle(article, first.Line, [.. cut.Links.Select(link => link with { Line = first.Line })]);
    }
}
