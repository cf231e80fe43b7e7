using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NodaTime;
using NodaTime.Text;
using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>
/// Reads an article from an HTML page. The title is the page's first h1, else its title; the locale is the page's lang; questions, audience
/// and date of the last change are meta elements named <c>question</c>, <c>audience</c> and <c>updated</c>, all of which may be missing.
/// Nothing of the page is run or fetched.
/// </summary>
internal static class HtmlArticles
{
    private const string NoContent = "script, style, template, noscript, nav, aside, form, iframe, object, svg, header, footer, [hidden], [aria-hidden=true], [role=navigation]";

    public static IReadOnlyList<ReadArticle> Read(CompanyFile file, FileProblems problems)
    {
        ArticleReader.CheckSlug(file, problems);
        var page = new HtmlParser().ParseDocument(file.Text);
        var content = page.QuerySelector("main") ?? page.QuerySelector("article") ?? (IElement?)page.Body;
        var heading = page.QuerySelector("h1");
        var title = Plain(heading?.TextContent) is { Length: > 0 } text ? text : Plain(page.Title);
        if (title == "")
        {
            problems.Add(file.Path, 1, "the page has no title", "give it an <h1> or a <title>");
        }

        var locale = page.DocumentElement.GetAttribute("lang") ?? "";
        if (locale == "")
        {
            problems.Add(file.Path, 1, "the page does not say its language", "write it as <html lang=\"en\">");
        }

        var audience = ArticleReader.ToAudience(Meta(page, "audience").FirstOrDefault() ?? "");
        if (audience is null)
        {
            problems.Add(file.Path, 1, "the audience is neither 'customers' nor 'agents'", "use one of them");
        }

        var updated = ReadDate(file, page, problems);
        heading?.Remove();
        foreach (var element in content?.QuerySelectorAll(NoContent).ToArray() ?? [])
        {
            element.Remove();
        }

        var markdown = content is null ? "" : HtmlMarkdown.Convert(content);
        var cut = PassageCutter.Cut(file.Stem, markdown);
        if (cut.Passages.Count == 0)
        {
            problems.Add(file.Path, 1, "the page holds no text", "write the article inside <main>");
            return [];
        }

        var article = new Article(file.Stem, title, Meta(page, "question"), audience ?? Audience.Customers, locale, updated, markdown, cut.Passages);

        // Lines are those of the Markdown that was made: the page's own are not known any more.
        return [new ReadArticle(article, 1, [.. cut.Links.Select(link => link with { Line = 1 })])];
    }

    private static LocalDate ReadDate(CompanyFile file, IHtmlDocument page, FileProblems problems)
    {
        if (Meta(page, "updated").FirstOrDefault() is not { } text)
        {
            return default;
        }

        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
        {
            return date;
        }

        problems.Add(file.Path, 1, $"'{text}' is not a date", "write it as 2026-09-14");
        return default;
    }

    private static string[] Meta(IHtmlDocument page, string name) =>
        [.. page.QuerySelectorAll($"meta[name='{name}']").Select(meta => Plain(meta.GetAttribute("content"))).Where(text => text != "")];

    private static string Plain(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
