using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Tests.Knowledge;

/// <summary>Articles in several locales, and in scripts without spaces between words.</summary>
public sealed class LanguagesTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoPhrasings = [];

    [Theory]
    [InlineData("返品は三十日以内に可能です。", "送料は五ユーロです。", "返品できますか")]
    [InlineData("您可以在三十天内退货。", "运费为五欧元。", "怎么退货")]
    [InlineData("30일 이내에 반품할 수 있습니다.", "배송비는 5유로입니다.", "반품은 어떻게 하나요")]
    [InlineData("คุณสามารถคืนสินค้าได้ภายใน 30 วัน", "ค่าจัดส่งห้ายูโร", "อยากคืนสินค้าค่ะ")]
    public void A_question_finds_its_article_in_a_script_without_spaces(string returns, string delivery, string question)
    {
        using var index = KnowledgeIndex.InMemory([Article("delivery", "ja", "A", delivery), Article("returns", "ja", "B", returns)], NoPhrasings);
        index.Search(question, ArticleSignals.None)[0].Article.Slug.ShouldBe("returns");
    }

    [Theory]
    [InlineData("de-AT", "de-AT")]
    [InlineData("de", "de")]
    [InlineData("de-CH", "de")]
    [InlineData("fr", "en")]
    [InlineData(null, "en")]
    public void An_article_is_found_in_the_version_that_suits_the_customer_and_in_no_other(string? customer, string version)
    {
        using var index = KnowledgeIndex.InMemory(
            [Article("vat", "en", "VAT", "VAT is 23%."), Article("vat", "de", "VAT", "VAT is 19%."), Article("vat", "de-AT", "VAT", "VAT is 20%."), Article("other", "en", "Other", "Other.")], NoPhrasings);
        index.Search("VAT", ArticleSignals.None, customer).Select(r => r.Article).Where(a => a.Slug == "vat").ShouldHaveSingleItem().Locale.ShouldBe(version);
    }

    [Fact]
    public void What_is_not_translated_is_found_in_the_companys_language()
    {
        using var index = KnowledgeIndex.InMemory([Article("vat", "de", "Steuer", "Die Steuer."), Article("tents", "en", "Tents", "Dry the tent.")], NoPhrasings);
        index.Search("tent", ArticleSignals.None, "de")[0].Article.Slug.ShouldBe("tents");
    }

    [Fact]
    public void Files_of_one_name_are_versions_of_an_article_when_their_locales_differ()
    {
        var problems = new FileProblems();
        var files = new[] { ("articles/vat.md", "en"), ("articles/de/vat.md", "de"), ("articles/old/vat.md", "de") }
            .Select(f => new CompanyFile(f.Item1, $"---\ntitle: VAT\nquestions: []\naudience: customers\nlocale: {f.Item2}\nupdated: 2026-01-01\n---\nText."));
        ArticleReader.ReadAll(files, problems).Select(a => (a.Slug, a.Locale)).ShouldBe([("vat", "en"), ("vat", "de")]);
        problems.Found.ShouldHaveSingleItem().File.ShouldBe("articles/old/vat.md");
    }

    [Fact]
    public void A_classifiers_article_is_one_with_the_questions_of_all_versions()
    {
        var merged = ArticleVersions.Merged(
            [Article("vat", "de", "Steuer", "Text.") with { Questions = ["Steuer?"] }, Article("vat", "en", "VAT", "Text.") with { Questions = ["Tax?"] }], "en");
        merged.ShouldHaveSingleItem().Title.ShouldBe("VAT");
        merged[0].Questions.ShouldBe(["Steuer?", "Tax?"]);
    }

    private static Article Article(string slug, string locale, string title, string body) =>
        new(slug, title, [], Audience.Customers, locale, default, body, ArticleReader.Passages(slug, body));
}
