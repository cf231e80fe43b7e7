using SupportBot.Company;
using SupportBot.Knowledge;
using Xunit;

namespace SupportBot.Tests.Knowledge;

public class ArticleReaderTests
{
    private const string Front = "---\ntitle: Returns\nquestions:\n  - Can I send it back?\naudience: customers\nlocale: en\nupdated: 2026-09-14\n---\n";

    private static (IReadOnlyList<Article> Articles, IReadOnlyList<FileProblem> Problems) Read(params (string Name, string Text)[] files)
    {
        var problems = new FileProblems();
        var articles = ArticleReader.ReadAll(files.Select(f => new CompanyFile($"articles/{f.Name}.md", f.Text)), problems);
        return (articles, problems.Found);
    }

    private static Article One(string body) => Assert.Single(Read(("returns", Front + body)).Articles);

    [Fact]
    public void A_heading_starts_a_passage_and_passages_keep_their_heading_path()
    {
        var article = One("Lead.\n\n## Costs\n\nIt is free.\n\n### Abroad\n\nIt costs EUR 5.\n\n## Time\n\nTwo weeks.");
        Assert.Equal(["", "Costs", "Costs/Abroad", "Time"], article.Passages.Select(p => string.Join('/', p.Headings)));
        Assert.Equal([0, 1, 2, 3], article.Passages.Select(p => p.Ordinal));
    }

    [Fact]
    public void A_long_section_is_cut_between_paragraphs()
    {
        var paragraph = string.Join(' ', Enumerable.Repeat("word", 49)) + " end.";
        var article = One(string.Join("\n\n", Enumerable.Repeat(paragraph, 5)));
        Assert.Equal([100, 100, 50], article.Passages.Select(p => p.Text.Split(' ').Length));
    }

    [Fact]
    public void A_list_item_is_one_sentence_without_markup()
    {
        var sentences = One("You need:\n\n- **the box**. Any [box](/help/returns) will do.\n- the `receipt`").Passages[0].Sentences;
        Assert.Equal(["You need:", "the box. Any box will do.", "the receipt"], sentences.Select(s => s.Text));
        Assert.True(sentences[0].Announces);
        Assert.Equal(SentenceKind.Item, sentences[1].Kind);
    }

    [Fact]
    public void A_table_row_names_its_columns() =>
        Assert.Equal("Country: Norway; Price: EUR 14.95", One("| Country | Price |\n|---|---|\n| Norway | EUR 14.95 |").Passages[0].Text);

    [Theory]
    [InlineData("It costs EUR 4.95. It is free from EUR 60.", 2)]
    [InlineData("Use a mild soap, e.g. Nikwax. Rinse twice!", 2)]
    [InlineData("See help.example.org for more", 1)]
    [InlineData("\"Packing\" means work. \"Sent\" means sent.", 2)]
    public void Sentences_end_where_a_reader_ends_them(string text, int count) => Assert.Equal(count, One(text).Passages[0].Sentences.Count);

    [Theory]
    [InlineData("Body [x](/help/nowhere).", 9, "unknown article 'nowhere'")]
    [InlineData("", 9, "body is empty")]
    public void A_mistake_in_the_body_is_told_with_its_line(string body, int line, string message)
    {
        var problem = Assert.Single(Read(("returns", Front + body)).Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }

    [Theory]
    [InlineData("updated: 2026-09-14", "updated: yesterday", 7, "not a date")]
    [InlineData("audience: customers", "audience: everybody", 5, "'audience' is 'everybody'")]
    [InlineData("title: Returns", "titel: Returns", 2, "unknown key 'titel'")]
    public void A_mistake_in_the_front_matter_is_told_with_its_line(string sound, string mistaken, int line, string message)
    {
        var problems = Read(("returns", Front.Replace(sound, mistaken, StringComparison.Ordinal) + "Body.")).Problems;
        Assert.Equal(line, Assert.Single(problems, p => p.Message.Contains(message, StringComparison.Ordinal)).Line);
    }

    [Fact]
    public void Front_matter_must_be_there() =>
        Assert.Contains("front matter", Assert.Single(Read(("returns", "Just text")).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void A_help_page_shows_raw_html_as_text_and_drops_unsafe_addresses()
    {
        var html = HelpPage.Render(One(
            "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](//evil.example) [c](/help/returns) [d](https://x.example) <javascript:alert(2)>"));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", html, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/help/returns\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://x.example\" rel=\"noopener noreferrer\"", html, StringComparison.Ordinal);
    }
}
