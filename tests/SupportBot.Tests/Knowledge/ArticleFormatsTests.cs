using NodaTime;
using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Tests.Knowledge;

public sealed class ArticleFormatsTests
{
    [Fact]
    public void An_html_page_keeps_its_content_and_headings_and_loses_the_rest()
    {
        var article = Read("articles/boots.html",
            """
            <!doctype html><html lang="en"><head><title>Shop</title>
            <meta name="question" content="How do I wax boots?"><meta name="updated" content="2026-03-04"></head>
            <body><nav>Home Cart</nav><main><h1>Caring for boots</h1><p>Brush them. Use <b>wax</b> &amp; a cloth.</p>
            <script>alert("no")</script><h2>Drying</h2><ul><li>Take out the insoles</li><li>See <a href="/help/boots">this page</a></li></ul>
            <table><tr><th>Wax</th><th>Price</th></tr><tr><td>Beeswax</td><td>EUR 9</td></tr></table></main><footer>Imprint</footer></body></html>
            """).ShouldHaveSingleItem();

        (article.Slug, article.Title, article.Locale, article.Updated).ShouldBe(("boots", "Caring for boots", "en", new LocalDate(2026, 3, 4)));
        article.Questions.ShouldBe(["How do I wax boots?"]);
        var text = string.Join('\n', article.Passages.Select(p => p.Text));
        text.ShouldContain("Use wax & a cloth.");
        text.ShouldContain("Wax: Beeswax; Price: EUR 9");
        new[] { "alert", "Cart", "Imprint" }.ShouldAllBe(other => !text.Contains(other));
        article.Passages[^1].Headings.ShouldBe(["Drying"]);
        HelpPage.Render(article).ShouldContain("<a href=\"/help/boots\">this page</a>");
    }

    [Fact]
    public void Markup_written_as_text_stays_text()
    {
        var article = Read("articles/a.html", "<html lang=en><h1>T</h1><p>Type &lt;b&gt; or *this* or [that](javascript:alert(1)) #1</p></html>").Single();
        article.Passages[0].Text.ShouldBe("Type <b> or *this* or [that](javascript:alert(1)) #1");
        HelpPage.Render(article).ShouldNotContain("href");
    }

    [Fact]
    public void An_html_page_without_language_title_or_text_is_told()
    {
        var problems = new FileProblems();
        ArticleReader.ReadAll([new CompanyFile("articles/a.html", "<nav>Only this</nav>")], problems).ShouldBeEmpty();
        problems.Found.Select(p => p.Message).ShouldBe(["the page has no title", "the page does not say its language", "the page holds no text"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("faq.csv", "question,answer,title\nHow long is a gift card valid?,\"Five years, always.\",Gift cards\nWhere can I use it?,In the shop.,Gift cards\nDo you ship on Sundays?,No.,\n")]
    [InlineData("faq.csv", "Question;Answer;Title\nHow long is a gift card valid?;\"Five years, always.\";Gift cards\nWhere can I use it?;In the shop.;Gift cards\nDo you ship on Sundays?;No.;\n")]
    [InlineData("faq.jsonl", "{\"question\": \"How long is a gift card valid?\", \"answer\": \"Five years, always.\", \"title\": \"Gift cards\"}\n{\"question\": \"Where can I use it?\", \"answer\": \"In the shop.\", \"title\": \"Gift cards\"}\n\n{\"question\": \"Do you ship on Sundays?\", \"answer\": \"No.\"}\n")]
    public void Questions_and_answers_become_articles_by_title(string file, string text)
    {
        var articles = Read($"articles/{file}", text);

        articles.Select(a => a.Slug).ShouldBe(["gift-cards", "do-you-ship-on-sundays"]);
        articles[0].Questions.ShouldBe(["How long is a gift card valid?", "Where can I use it?"]);
        articles[0].Passages.Select(p => (p.Heading, p.Text)).ShouldBe([("How long is a gift card valid?", "Five years, always."), ("Where can I use it?", "In the shop.")]);
        (articles[1].Title, articles[1].Passages[0].Text).ShouldBe(("Do you ship on Sundays?", "No."));
    }

    [Fact]
    public void Rows_with_one_answer_are_one_article() =>
        Read("articles/faq.csv", "question,answer\nDo you ship to Norway?,Yes.\nIs Norway possible?,Yes.\n").ShouldHaveSingleItem().Questions.ShouldBe(["Is Norway possible?"]);

    [Theory]
    [InlineData("a.csv", "name,text\nx,y\n", 1, "does not name the columns")]
    [InlineData("a.csv", "question,answer\n\"What\nis this?\",An answer\nWhy?,\n", 4, "the answer is missing")]
    [InlineData("a.csv", "question,answer\na,b,c\n", 2, "3 values for 2 columns")]
    [InlineData("a.csv", "question,answer,colour\na,b,c\n", 1, "unknown column 'colour'")]
    [InlineData("a.csv", "question,answer,updated\na,b,yesterday\n", 2, "'yesterday' is not a date")]
    [InlineData("a.jsonl", "{\"question\": \"a\", \"answer\": \"b\"}\n[1]\n", 2, "no JSON object")]
    [InlineData("a.jsonl", "{\"question\": \"a\", \"answer\": \"b\", \"audience\": \"all\"}\n", 1, "neither 'customers' nor 'agents'")]
    public void A_bad_row_is_named_with_its_line(string file, string text, int line, string message)
    {
        var problems = new FileProblems();
        ArticleReader.ReadAll([new CompanyFile($"articles/{file}", text)], problems);
        var problem = problems.Found.ShouldHaveSingleItem();
        (problem.File, problem.Line).ShouldBe(($"articles/{file}", line));
        problem.Message.ShouldContain(message);
    }

    [Fact]
    public void Past_tickets_are_cleaned_redacted_and_told_once()
    {
        const string Csv =
            """
            subject,question,answer
            Zip broken,"Hi there,
            the zip of my Nimbus jacket is broken, can you repair it? My mail is ann@example.org","Hello Ann,
            we repair zips for EUR 15 within ten working days, please bring the jacket to the shop.
            Kind regards,
            Bob
            > the zip of my jacket"
            Zip again,"the zip of my Nimbus jacket is broken, can you repair it? My mail is joe@example.org","we repair zips for EUR 15 within ten working days, please bring the jacket to the shop."
            """;
        var (articles, _) = ArticleReader.Read([new CompanyFile("articles/tickets.csv", Csv)], new FileProblems(), null, text => text.Replace("ann@example.org", "[email]").Replace("joe@example.org", "[email]"));

        var article = articles.ShouldHaveSingleItem();
        (article.Title, article.Slug).ShouldBe(("Zip broken", "zip-broken"));
        article.Questions.ShouldBe(["the zip of my Nimbus jacket is broken, can you repair it? My mail is [email]"]);
        article.Markdown.ShouldBe("we repair zips for EUR 15 within ten working days, please bring the jacket to the shop.");
    }

    [Fact]
    public void A_file_that_has_not_changed_is_not_read_again()
    {
        CompanyFile[] files = [new("articles/faq.csv", "question,answer\nWhy?,Because.\n"), new("articles/b.html", "<html lang=en><h1>B</h1><p>Text.</p></html>")];
        var (first, read) = ArticleReader.Read(files, new FileProblems(), null, text => text);
        var (second, _) = ArticleReader.Read([files[0], files[1] with { Text = "<html lang=en><h1>B</h1><p>Other.</p></html>" }], new FileProblems(), read, text => text);
        second[0].ShouldBeSameAs(first[0]);
        second[1].Markdown.ShouldContain("Other");
    }

    private static IReadOnlyList<Article> Read(string path, string text)
    {
        var problems = new FileProblems();
        var articles = ArticleReader.ReadAll([new CompanyFile(path, text)], problems);
        problems.Found.ShouldBeEmpty();
        return articles;
    }
}
