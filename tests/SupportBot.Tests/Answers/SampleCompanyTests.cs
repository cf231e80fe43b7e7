using SupportBot.Answers;
using SupportBot.Company;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Answers;

/// <summary>The sample company is what it says it is. How well the bot answers for it is for <c>evaluate</c> to say.</summary>
public sealed class SampleCompanyTests
{
    private static readonly CompanyReading Company = Read();

    [Fact]
    public void It_has_enough_to_be_believed()
    {
        Company.Articles.Count.ShouldBeGreaterThanOrEqualTo(45);
        Company.Articles.ShouldAllBe(a => a.Markdown.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 100);
        Company.Intents.Count.ShouldBeGreaterThanOrEqualTo(27);
        Company.Intents.ShouldAllBe(i => i.Examples.Count >= 15 && i.Examples.Count <= 25);
        Company.Evaluation.Count.ShouldBeGreaterThanOrEqualTo(120);
        Company.Evaluation.Count(q => q.Articles.Count == 0).ShouldBeGreaterThanOrEqualTo(30);
    }

    [Fact]
    public void Nobody_has_trained_on_an_evaluation_question()
    {
        var learnt = Company.Intents.SelectMany(i => i.Examples).Concat(Company.Articles.SelectMany(a => a.Questions.Append(a.Title))).Select(Plain).ToHashSet();

        Company.Evaluation.Where(q => learnt.Contains(Plain(q.Text))).Select(q => q.Text).ShouldBeEmpty();
        Company.Evaluation.Select(q => Plain(q.Text)).ShouldBeUnique();
    }

    [Fact]
    public void Every_article_is_asked_about_and_every_intent_is_evaluated()
    {
        Company.Articles.Select(a => a.Slug).Except(Company.Evaluation.SelectMany(q => q.Articles)).ShouldBeEmpty();
        Company.Intents.Select(i => i.Name).Except(Company.Evaluation.Select(q => q.Intent!)).ShouldBeEmpty();
    }

    private static string Plain(string text) => string.Join(' ', Tokenizer.Words(text));

    private static CompanyReading Read()
    {
        var problems = new FileProblems();
        return CompanyReading.Read(Service.SampleCompany, problems) ?? throw new InvalidOperationException(string.Join('\n', problems.Found));
    }
}
