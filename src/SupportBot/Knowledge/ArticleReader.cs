using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>An article with where it stands in its file and what it links to.</summary>
internal sealed record ReadArticle(Article Article, int Line, IReadOnlyList<ArticleLink> Links);

/// <summary>What one file holds.</summary>
internal sealed record ReadArticleFile(IReadOnlyList<ReadArticle> Articles);

/// <summary>
/// Reads articles: Markdown with YAML front matter, HTML pages, and tables (CSV or JSONL) of questions and answers or of past tickets. A
/// folder may hold an article in several locales, each in a file of the same name.
/// </summary>
public static partial class ArticleReader
{
    private const string Fence = "---";

    private static readonly Dictionary<string, Audience> Audiences = new(StringComparer.Ordinal)
    {
        ["customers"] = Audience.Customers,
        ["agents"] = Audience.Agents,
    };

    /// <summary>Reads all articles and checks them together; mistakes go to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<Article> ReadAll(IEnumerable<CompanyFile> files, FileProblems problems) => Read(files, problems, null, text => text).Articles;

    /// <summary>The same, with what a later reading can take over.</summary>
    /// <param name="files">The files.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="before">Files of an earlier reading without mistakes: those that are the same are not read again.</param>
    /// <param name="redact">Takes personal data out of past tickets.</param>
    internal static (IReadOnlyList<Article> Articles, IReadOnlyDictionary<CompanyFile, ReadArticleFile> Files) Read(
        IEnumerable<CompanyFile> files, FileProblems problems, IReadOnlyDictionary<CompanyFile, ReadArticleFile>? before, Func<string, string> redact)
    {
        var read = new Dictionary<CompanyFile, ReadArticleFile>();
        var first = new Dictionary<(string Slug, string Locale), string>();
        var articles = new List<Article>();
        foreach (var file in files)
        {
            var contents = before?.GetValueOrDefault(file) ?? ReadFile(file, problems, redact);
            read.Add(file, contents);
            foreach (var (article, line, _) in contents.Articles)
            {
                if (first.TryAdd((article.Slug, article.Locale), file.Path))
                {
                    articles.Add(article);
                }
                else
                {
                    problems.Add(file.Path, line, $"the slug '{article.Slug}' is also that of {first[(article.Slug, article.Locale)]}", "rename one of the files, or give it another locale");
                }
            }
        }

        var slugs = articles.Select(a => a.Slug).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, contents) in read)
        {
            foreach (var link in contents.Articles.SelectMany(a => a.Links).Where(link => !slugs.Contains(link.Slug)))
            {
                problems.Add(file.Path, link.Line, $"the link points to an unknown article '{link.Slug}'", "link to /help/<slug> of an article that exists");
            }
        }

        return (articles, read);
    }

    /// <summary>The passages of a Markdown body, for articles that come from elsewhere than a company's folder; empty when it holds no text.</summary>
    public static IReadOnlyList<Passage> Passages(string slug, string markdown) => PassageCutter.Cut(slug, markdown).Passages;

    private static ReadArticleFile ReadFile(CompanyFile file, FileProblems problems, Func<string, string> redact) => new(Path.GetExtension(file.Path).ToLowerInvariant() switch
    {
        ".html" or ".htm" => HtmlArticles.Read(file, problems),
        ".csv" or ".jsonl" => QuestionTables.Read(file, problems, redact),
        _ => ReadMarkdown(file, problems) is { } article ? [article] : [],
    });

    private static ReadArticle? ReadMarkdown(CompanyFile file, FileProblems problems)
    {
        CheckSlug(file, problems);

        var lines = file.Text.Split('\n');
        var close = lines[0].TrimEnd() == Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() == Fence) : -1;
        if (close < 0)
        {
            problems.Add(file.Path, 1, "the front matter is missing", "start the file with '---', title, questions, audience, locale, updated and '---'");
            return null;
        }

        // Blank lines in place of the front matter keep the lines of the body right.
        var body = new string('\n', close + 1) + string.Join('\n', lines[(close + 1)..]);
        var front = YamlMap.Parse(file.Path, string.Join('\n', lines[1..close]), 1, problems);
        if (front is null)
        {
            return null;
        }

        var title = front.Required("title");
        var questions = front.Texts("questions");
        var audience = front.Choice("audience", Audiences, Audience.Customers);
        var locale = front.Required("locale");
        var updated = ReadDate(front);
        front.ReportUnknownKeys();
        foreach (var group in questions.GroupBy(q => string.Join(' ', Tokenizer.Words(q.Text))).Where(g => g.Count() > 1))
        {
            problems.Add(file.Path, group.Last().Line, $"the question '{group.Last().Text}' is listed twice", "remove one of them");
        }

        var cut = PassageCutter.Cut(file.Stem, body);
        if (cut.Passages.Count == 0)
        {
            problems.Add(file.Path, close + 2, "the body is empty", "write the article below the front matter");
            return null;
        }

        var article = new Article(file.Stem, title, [.. questions.Select(q => q.Text)], audience, locale, updated, body.TrimStart('\n'), cut.Passages);
        return new ReadArticle(article, 1, cut.Links);
    }

    /// <summary>An article that is a file is known by the file's name.</summary>
    internal static void CheckSlug(CompanyFile file, FileProblems problems)
    {
        if (!Slug().IsMatch(file.Stem))
        {
            problems.Add(file.Path, 1, $"the file's name '{file.Stem}' cannot be a slug", "use lower case letters, digits and -");
        }
    }

    /// <summary>What a file's or a row's text says of its audience; null when it is no audience.</summary>
    internal static Audience? ToAudience(string text) => text == "" ? Audience.Customers : Audiences.TryGetValue(text, out var audience) ? audience : null;

    private static LocalDate ReadDate(YamlMap front)
    {
        var text = front.Required("updated");
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
        {
            return date;
        }

        if (text != "")
        {
            front.Problem("updated", $"'{text}' is not a date", "write it as 2026-09-14");
        }

        return default;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
