using NodaTime;
using SupportBot.Company;
using SupportBot.Knowledge;
using Xunit;

namespace SupportBot.Tests.Knowledge;

public sealed class KnowledgeIndexTests : IDisposable
{
    private static readonly IReadOnlyList<Article> Articles =
    [
        Article("refunds", "Refund policy", "How long do I have to return something?", "You can return an unused item within 30 days. The refund takes 5 working days."),
        Article("tracking", "Tracking an order", "Where is my parcel?", "Every parcel is tracked. The link is in the dispatch email."),
        Article("tents", "Tent care", "How do I dry a tent?", "Dry the tent before you pack it. Mildew grows on damp fabric."),
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> NoPhrasings = [];

    private readonly string _directory = Directory.CreateTempSubdirectory("supportbot-index-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("return an item", "refunds")]
    [InlineData("mildew on damp fabric", "tents")]
    [InlineData("wheres my parcell", "tracking")] // by characters
    [InlineData("traking", "tracking")]
    [InlineData("reimbursement", "refunds")] // by concept
    public void The_article_that_is_meant_comes_first(string question, string slug)
    {
        using var index = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        Assert.Equal(slug, index.Search(question, ArticleSignals.None)[0].Article.Slug);
    }

    [Theory]
    [InlineData("\" OR passage MATCH \"")]
    [InlineData("title: NEAR(a b) * ^ AND NOT")]
    [InlineData("'; DROP TABLE passage; --")]
    [InlineData("\0")]
    [InlineData("")]
    public void No_text_is_query_syntax(string question)
    {
        using var index = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        Assert.InRange(index.Search(question, ArticleSignals.None).Count, 0, Articles.Count);
        Assert.NotEmpty(index.Search("parcel", ArticleSignals.None));
    }

    [Fact]
    public void The_file_is_reused_until_the_contents_change_and_then_replaced()
    {
        using (KnowledgeIndex.Open(_directory, Articles, NoPhrasings))
        {
        }

        var first = Assert.Single(Directory.GetFiles(_directory));
        var written = File.GetLastWriteTimeUtc(first);
        using (KnowledgeIndex.Open(_directory, Articles, NoPhrasings))
        {
        }

        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(_directory))));
        using (KnowledgeIndex.Open(_directory, [.. Articles.Skip(1)], NoPhrasings))
        {
        }

        Assert.NotEqual(first, Assert.Single(Directory.GetFiles(_directory)));
    }

    [Fact]
    public void An_index_made_from_the_one_before_finds_what_a_new_one_finds()
    {
        IReadOnlyList<Article> changed = [Articles[0], Article("tracking", "Tracking a parcel", "Where is it?", "The tracking number has zebra stripes."), Article("new", "Lighting a stove", "How do I light it?", "Open the valve.")];
        using var before = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        using var updated = KnowledgeIndex.Open(_directory, changed, NoPhrasings, before: before);
        using var whole = KnowledgeIndex.InMemory(changed, NoPhrasings);

        foreach (var question in (string[])["zebra", "refund an item", "light the stove", "mildew on damp fabric", "where is my parcel"])
        {
            var found = updated.Search(question, ArticleSignals.None);
            Assert.Equal(whole.Search(question, ArticleSignals.None).Select(r => r.Article.Slug), found.Select(r => r.Article.Slug));
        }

        Assert.DoesNotContain(updated.Search("mildew on damp fabric", ArticleSignals.None), r => r.Article.Slug == "tents");
        Assert.Equal("tents", before.Search("mildew on damp fabric", ArticleSignals.None)[0].Article.Slug);
        Assert.Equal(changed.Sum(a => a.Passages.Count), updated.PassageCount);
    }

    [Fact]
    public void Many_changes_in_a_row_leave_one_sound_file()
    {
        var index = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        for (var round = 0; round < 20; round++)
        {
            var next = KnowledgeIndex.Open(_directory, [Articles[0], Article("tracking", "Tracking", "Where?", $"It is at stop{round} today.")], NoPhrasings, before: index);
            index.Dispose();
            index = next;
            Assert.Equal("tracking", index.Search($"stop{round}", ArticleSignals.None)[0].Article.Slug);
        }

        index.Dispose();
        using var again = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        Assert.Single(Directory.GetFiles(_directory));
        Assert.Equal("tents", again.Search("mildew on damp fabric", ArticleSignals.None)[0].Article.Slug);
    }

    [Fact]
    public void A_broken_file_is_built_again()
    {
        using (KnowledgeIndex.Open(_directory, Articles, NoPhrasings))
        {
        }

        File.WriteAllText(Assert.Single(Directory.GetFiles(_directory)), "not a database");
        using var index = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        Assert.NotEmpty(index.Search("parcel", ArticleSignals.None));
    }

    [Fact]
    public void What_the_intents_say_can_lift_an_article()
    {
        using var index = KnowledgeIndex.InMemory(Articles, NoPhrasings);
        var signals = new ArticleSignals(new Dictionary<string, double> { ["tents"] = 1 }, new Dictionary<string, double> { ["tents"] = 1 });
        Assert.NotEqual("tents", index.Search("my item", ArticleSignals.None)[0].Article.Slug);
        Assert.Equal("tents", index.Search("my item", signals)[0].Article.Slug);
    }

    [Fact]
    public void Further_phrasings_find_an_article()
    {
        var phrasings = new Dictionary<string, IReadOnlyList<string>> { ["tents"] = ["my shelter got soggy"] };
        using var index = KnowledgeIndex.InMemory(Articles, phrasings);
        Assert.Equal("tents", index.Search("soggy shelter", ArticleSignals.None)[0].Article.Slug);
    }

    [Fact]
    public async Task Many_may_search_at_once()
    {
        using var index = KnowledgeIndex.Open(_directory, Articles, NoPhrasings);
        var alone = index.Search("dry my tent", ArticleSignals.None).Select(r => (r.Article.Slug, r.Score)).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            () => index.Search("dry my tent", ArticleSignals.None).Select(r => (r.Article.Slug, r.Score)).ToArray(),
            TestContext.Current.CancellationToken)));
        Assert.All(together, found => Assert.Equal(alone, found));
    }

    private static Article Article(string slug, string title, string question, string body)
    {
        var problems = new FileProblems();
        var text = $"---\ntitle: {title}\nquestions:\n  - {question}\naudience: customers\nlocale: en\nupdated: 2026-01-01\n---\n{body}";
        var article = Assert.Single(ArticleReader.ReadAll([new CompanyFile($"articles/{slug}.md", text)], problems));
        Assert.True(problems.None);
        Assert.Equal(new LocalDate(2026, 1, 1), article.Updated);
        return article;
    }
}
