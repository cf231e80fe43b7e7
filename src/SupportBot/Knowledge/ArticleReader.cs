using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>Reads articles: Markdown with YAML front matter.</summary>
public static partial class ArticleReader
{
    private const string Fence = "---";

    private static readonly Dictionary<string, Audience> Audiences = new(StringComparer.Ordinal)
    {
        ["customers"] = Audience.Customers,
        ["agents"] = Audience.Agents,
    };

    /// <summary>Reads all articles and checks them together; mistakes go to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<Article> ReadAll(IEnumerable<CompanyFile> files, FileProblems problems)
    {
        var articles = new List<Article>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        var links = new List<(string File, ArticleLink Link)>();
        foreach (var file in files)
        {
            if (Read(file, problems, out var found) is not { } article)
            {
                continue;
            }

            links.AddRange(found.Select(link => (file.Path, link)));
            if (paths.TryAdd(article.Slug, file.Path))
            {
                articles.Add(article);
            }
            else
            {
                problems.Add(file.Path, 1, $"the slug '{article.Slug}' is also that of {paths[article.Slug]}", "rename one of the files");
            }
        }

        foreach (var (path, link) in links.Where(l => !paths.ContainsKey(l.Link.Slug)))
        {
            problems.Add(path, link.Line, $"the link points to an unknown article '{link.Slug}'", "link to /help/<slug> of an article that exists");
        }

        return articles;
    }

    private static Article? Read(CompanyFile file, FileProblems problems, out IReadOnlyList<ArticleLink> links)
    {
        links = [];
        if (!Slug().IsMatch(file.Stem))
        {
            problems.Add(file.Path, 1, $"the file's name '{file.Stem}' cannot be a slug", "use lower case letters, digits and -");
        }

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
        links = cut.Links;
        if (cut.Passages.Count == 0)
        {
            problems.Add(file.Path, close + 2, "the body is empty", "write the article below the front matter");
            return null;
        }

        return new Article(file.Stem, title, [.. questions.Select(q => q.Text)], audience, locale, updated, body.TrimStart('\n'), cut.Passages);
    }

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
