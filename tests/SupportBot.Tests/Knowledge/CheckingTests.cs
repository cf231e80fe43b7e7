using NodaTime;
using SupportBot.Knowledge;
using SupportBot.Knowledge.Checking;

namespace SupportBot.Tests.Knowledge;

/// <summary>Planted faults are found, and what only looks like one is left alone.</summary>
public sealed class CheckingTests
{
    private static readonly LocalDate Today = new(2026, 11, 22);

    [Theory]
    [InlineData("[a](/help/nowhere)", "leads to an article that there is not")]
    [InlineData("[a](/help/other#costs)", "leads to a heading that there is not")]
    [InlineData("[a](#costs)", "leads to a heading that there is not")]
    [InlineData("[a](other-page)", "is neither a path on this site nor a whole address")]
    [InlineData("[a](https://localhost/x)", "names a host that is not on the internet")]
    [InlineData("[a](mailto:nobody)", "is no e-mail address")]
    [InlineData("[a](javascript:alert)", "is of a kind that help pages do not show")]
    [InlineData("[a]()", "has no address")]
    public void A_broken_link_is_found(string link, string problem) =>
        LinkCheck.Run([Article("here", $"See {link}."), Article("other", "## Prices\n\nText.")]).ShouldHaveSingleItem().Message.ShouldEndWith(problem);

    [Fact]
    public void Sound_links_are_left_alone() =>
        LinkCheck.Run([Article("here", "## Own part\n\n[a](/help/other#prices) [b](/help/other) [c](#own-part) [d](https://example.com/a?b#c) [e](mailto:a@b.ie) [f](tel:+353911) [g](/shop)"), Article("other", "## Prices\n\nText.")])
            .ShouldBeEmpty();

    [Fact]
    public void Nearly_the_same_articles_and_passages_are_found_once()
    {
        const string Text = "You can return an unused item within thirty days of delivery when the labels are still on it and the box is whole.";
        DuplicateCheck.Run([Article("a", Text), Article("b", Text.Replace("whole", "intact")), Article("c", "Something else that is long enough to be compared with the others and yet has nothing in common.")])
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Article.ShouldBe("b"), f => f.Other.ShouldBe("a"));
        DuplicateCheck.Run([Article("a", $"## One\n\n{Text}"), Article("b", $"## Two\n\nA first part of its own that is much longer than what follows it and about tents, poles, pegs, ropes and their care.\n\n## Three\n\n{Text}")])
            .ShouldHaveSingleItem().Message.ShouldStartWith("both say nearly the same");
    }

    [Theory]
    [InlineData("You can return unused items within 30 days.", "You have 60 days to return unused items.")]
    [InlineData("Express delivery to Norway costs EUR 14.95.", "Express delivery to Norway costs EUR 19.95 now.")]
    [InlineData("Members earn a discount of 10% on tents.", "The discount that members earn on tents is 15%.")]
    public void Different_numbers_for_the_same_are_found(string one, string other)
    {
        var finding = ContradictionCheck.Run([Article("a", one), Article("b", other)]).ShouldHaveSingleItem();
        (finding.Article, finding.Other).ShouldBe(("a", "b"));
        finding.Message.ShouldBe($"\"{one}\" and \"{other}\"");
    }

    [Theory]
    [InlineData("You can return unused items within 30 days.", "Unused items can be returned within 30 days.")]
    [InlineData("You can return unused items within 30 days.", "You can return unused items within 60 days if you were signed in, or 30 days otherwise.")]
    [InlineData("Express delivery to Ireland takes 1 working day and 2 working days in the north.", "Standard delivery to Ireland takes 2 to 3 working days and Express delivery takes 1 working day.")]
    [InlineData("You can return unused items within 30 days.", "The repair of boots takes 10 days.")]
    [InlineData("You can return unused items within 30 days.", "You can return unused items for EUR 5.")]
    public void Numbers_for_different_things_or_cases_are_left_alone(string one, string other) =>
        ContradictionCheck.Run([Article("a", one), Article("b", other)]).ShouldBeEmpty();

    [Theory]
    [InlineData("The offer runs until 31 January 2026.", true)]
    [InlineData("Order by March 1st, 2026 to take part.", true)]
    [InlineData("Valid until 2026-11-21.", true)]
    [InlineData("The offer runs until 31 January 2027.", false)]
    [InlineData("Orders can be returned until 31 January.", false)]
    [InlineData("We have been here since 1 May 1998.", false)]
    public void A_day_that_has_passed_is_stale(string text, bool stale) => StaleCheck.Run([Article("a", text)], Today).Any().ShouldBe(stale);

    [Fact]
    public void An_article_of_last_year_is_stale() =>
        StaleCheck.Run([Article("old", "Text.") with { Updated = new LocalDate(2025, 11, 21) }, Article("new", "Text.") with { Updated = new LocalDate(2025, 11, 22) }, Article("undated", "Text.")], Today)
            .ShouldHaveSingleItem().Article.ShouldBe("old");

    [Fact]
    public void What_was_added_changed_and_removed_is_told_from_the_index_before()
    {
        var file = Path.GetTempFileName();
        IndexedArticles.Of([Article("same", "Text."), Article("changed", "Text."), Article("gone", "Text.")]).Write(file);
        var report = IndexReport.Of([Article("same", "Text."), Article("changed", "Other text."), Article("new", "Text.")], IndexedArticles.Read(file), Today);
        (report.Added, report.Changed, report.Removed).ShouldSatisfyAllConditions(
            r => r.Added.ShouldBe(["en/new"]), r => r.Changed.ShouldBe(["en/changed"]), r => r.Removed.ShouldBe(["en/gone"]));
        File.WriteAllText(file, "damaged");
        IndexedArticles.Read(file).ChangesTo(IndexedArticles.Of([Article("same", "Text.")])).Added.ShouldBe(["en/same"]);
        File.Delete(file);
    }

    private static Article Article(string slug, string body) =>
        new(slug, slug, [], Audience.Customers, "en", default, body, ArticleReader.Passages(slug, body));
}
