using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using SupportBot.Company;
using SupportBot.Knowledge;
using SupportBot.Turns;

namespace SupportBot.Hosting;

/// <summary>Articles as pages: what citations link to.</summary>
public static class HelpPages
{
    public static void MapHelpPages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/help").ExcludeFromDescription();
        group.MapGet("/", (UnderstandingSource source, CurrentCompany company) => Page(company.Facts, "Help", List(Public(source))));
        group.MapGet("/{slug}", (string slug, UnderstandingSource source, CurrentCompany company) =>
            Public(source).FirstOrDefault(a => a.Slug == slug) is { } article
                ? Page(company.Facts, article.Title, Updated(article) + HelpPage.Render(article))
                : Page(company.Facts, "No such article", "<p>There is no article at this address. <a href=\"/help/\">All articles</a></p>", 404));
    }

    private static IEnumerable<Article> Public(UnderstandingSource source) => source.Current.Articles.Where(a => a.Audience == Audience.Customers);

    /// <summary>Nothing for articles from tables that do not say when they were changed.</summary>
    private static string Updated(Article article) =>
        article.Updated == default ? "" : $"<p class=\"updated\">Updated {Encode(article.Updated.ToString("d MMMM uuuu", null))}</p>\n";

    private static string List(IEnumerable<Article> articles)
    {
        var list = new StringBuilder("<ul>\n");
        foreach (var article in articles.OrderBy(a => a.Title, StringComparer.InvariantCulture))
        {
            list.Append("<li><a href=\"/help/").Append(Encode(article.Slug)).Append("\">").Append(Encode(article.Title)).Append("</a></li>\n");
        }

        return list.Append("</ul>").ToString();
    }

    private static ContentHttpResult Page(CompanyFacts company, string title, string body, int status = 200) => TypedResults.Text(
        $"""
        <!doctype html>
        <html lang="{Encode(company.Locale)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} · {Encode(company.Name)}</title>
        <link rel="stylesheet" href="/help.css">
        </head>
        <body>
        <header><a href="/">{Encode(company.Name)}</a> <a href="/help/">Help</a></header>
        <main>
        <h1>{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>
        """,
        "text/html",
        Encoding.UTF8,
        status);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
