using SupportBot.Answers;
using SupportBot.Answers.Models;
using SupportBot.Company;
using SupportBot.Knowledge;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Answers;

/// <summary>What passes the check of a model's sentence against the passage that it cites.</summary>
public sealed class GroundingTests
{
    private static readonly CompanyReading Company = Read();

    /// <summary>Some wordings are too far from the article's to be told from inventions; they cost polish, not trust.</summary>
    [Fact]
    public void Faithful_sentences_pass()
    {
        var dropped = GroundingPairs.Faithful.Where(p => Check(p.Slug, p.Heading, p.Sentence).Fault is not null).Select(p => p.Sentence).ToArray();

        ((double)dropped.Length / GroundingPairs.Faithful.Count).ShouldBeLessThanOrEqualTo(0.05, string.Join('\n', dropped));
    }

    [Fact]
    public void Changed_facts_are_caught()
    {
        var passed = GroundingPairs.Changed.Where(p => Check(p.Slug, p.Heading, p.Sentence).Fault is null).Select(p => p.Sentence).ToArray();

        ((double)passed.Length / GroundingPairs.Changed.Count).ShouldBeLessThanOrEqualTo(0.02, string.Join('\n', passed));
    }

    [Theory]
    [InlineData("You can return unused items within 90 days of delivery.", SentenceFault.Figure)]
    [InlineData("You can return unused items within 30 working days of delivery.", SentenceFault.Figure)]
    [InlineData("You cannot return unused items within 30 days of delivery.", SentenceFault.Negation)]
    [InlineData("You can return used items within 30 days of delivery.", SentenceFault.Strength)]
    [InlineData("You can return unused items for a refund to Amazon.", SentenceFault.Name)]
    [InlineData("Our friendly warehouse robots inspect parcels with lasers.", SentenceFault.Support)]
    [InlineData("You can.", SentenceFault.Empty)]
    public void What_is_wrong_is_named(string sentence, SentenceFault fault) => Check("refund-policy", "", sentence).Fault.ShouldBe(fault);

    /// <summary>The bot's own extractive answers, sentence by sentence as a model would write them, go through unharmed.</summary>
    [Fact]
    public void The_extractive_answers_to_the_evaluation_questions_pass()
    {
        var none = new RankFeatures(0, 0, 0, 0, 0, 0, 0, 0, 0);
        var (all, dropped) = (0, new List<string>());
        foreach (var question in Company.Evaluation.Where(q => q.Articles.Count > 0))
        {
            var article = Company.Articles.Single(a => a.Slug == question.Articles[0]);
            var passages = SourcePassage.Of([article], question.Text);
            var ranked = new RankedArticle(article, 1, none, 1, [.. article.Passages.Select(p => new RankedPassage(p, 1, none))]);
            var excerpt = AnswerComposer.Compose(question.Text, [ranked]).Citations[0].Excerpt;
            var quoted = passages.SelectMany(p => p.Sentences.Where(s => excerpt.Contains(s.Text, StringComparison.Ordinal)).Select(s => (p.Position, s.Text))).ToArray();
            var grounding = new Grounding(passages, [Company.Facts.Name, Company.Facts.Bot]);
            all += quoted.Length;
            dropped.AddRange(quoted.Where(s => grounding.Check(s.Text, [s.Position]).Fault is not null).Select(s => s.Text));
        }

        all.ShouldBeGreaterThan(Company.Evaluation.Count / 2);
        ((double)dropped.Count / all).ShouldBeLessThanOrEqualTo(0.02, string.Join('\n', dropped));
    }

    /// <summary>A word in front keeps a sentence from being recognised as a quotation, so that it goes through every check.</summary>
    [Fact]
    public void The_articles_pass_their_own_check()
    {
        var failed = Company.Articles.SelectMany(article =>
        {
            var passages = SourcePassage.Of([article], "");
            var grounding = new Grounding(passages, [Company.Facts.Name, Company.Facts.Bot]);
            return passages.SelectMany(p => p.Sentences.Select(s => (article.Slug, s.Text, grounding.Check($"Please note, {s.Text}", [p.Position]).Fault)));
        }).ToArray();

        failed.Length.ShouldBeGreaterThan(500);
        ((double)failed.Count(f => f.Fault is not null) / failed.Length).ShouldBeLessThanOrEqualTo(0.02, string.Join('\n', failed.Where(f => f.Fault is not null)));
    }

    private static GroundingResult Check(string slug, string heading, string sentence)
    {
        var passages = SourcePassage.Of([Company.Articles.Single(a => a.Slug == slug)], sentence);
        var cited = passages.Where(p => (p.Headings.Count > 0 ? p.Headings[^1] : "") == heading).Select(p => p.Position).ToArray();
        cited.ShouldNotBeEmpty();
        return new Grounding(passages, [Company.Facts.Name, Company.Facts.Bot]).Check(sentence, cited);
    }

    private static CompanyReading Read()
    {
        var problems = new FileProblems();
        return CompanyReading.Read(Service.SampleCompany, problems) ?? throw new InvalidOperationException(string.Join('\n', problems.Found));
    }
}
