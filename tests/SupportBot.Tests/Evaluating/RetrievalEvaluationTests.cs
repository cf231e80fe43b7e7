using SupportBot.Answers;
using SupportBot.Hosting;
using SupportBot.Hosting.Evaluating;

namespace SupportBot.Tests.Evaluating;

public sealed class RetrievalEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("supportbot-retrieval-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Figures_are_those_of_a_count_by_hand()
    {
        var articles = RetrievalEvaluationFiles.ReadArticles(Write("articles.jsonl",
            """
            {"id": "tents", "title": "Drying a tent", "body": "Dry the tent before you pack it. Mildew grows on damp fabric.", "questions": []}
            {"id": "refunds", "title": "Refunds", "body": "Send the parcel back within 30 days.", "questions": ["Can I return boots?"]}
            {"id": "stoves", "title": "Lighting a stove", "body": "Open the valve and light the burner."}
            """));
        var queries = RetrievalEvaluationFiles.ReadQueries(Write("queries.jsonl",
            """
            {"text": "how do i dry my tent", "relevant": ["tents"]}
            {"text": "return boots", "relevant": ["refunds", "stoves"]}

            {"text": "lighting a stove", "relevant": ["refunds"]}
            """), ["tents", "refunds", "stoves"]);
        using var finder = new ArticleFinder(articles);

        var result = RetrievalEvaluation.Run(finder, articles.Count, queries, TimeProvider.System);

        (result.Articles, result.Passages, result.Queries).ShouldBe((3, 3, 3));
        result.P1.ShouldBe(2.0 / 3, 1e-9);
        result.Mrr10.ShouldBeInRange(2.0 / 3, 1);
        finder.Find("return boots").Probability.ShouldBeInRange(0, 1);
        result.P95Ms.ShouldBeGreaterThanOrEqualTo(result.P50Ms);
    }

    [Fact]
    public void Auroc_counts_pairs_in_the_right_order_and_ties_half()
    {
        RetrievalEvaluation.Auroc([(0.9, true), (0.8, true), (0.1, false)]).ShouldBe(1);
        RetrievalEvaluation.Auroc([(0.9, false), (0.8, true)]).ShouldBe(0);
        RetrievalEvaluation.Auroc([(0.5, false), (0.5, true), (0.7, true), (0.6, false)]).ShouldBe(2.5 / 4);
        RetrievalEvaluation.Auroc([(0.5, true)]).ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"id\": \"a\", \"title\": \"A\", \"body\": \"Text.\"}\nnonsense", "articles.jsonl:2: this is not a JSON object")]
    [InlineData("\n{\"id\": \"a\", \"title\": \"A\"}", "articles.jsonl:2: \"body\" is missing")]
    [InlineData("{\"id\": \"a\", \"title\": \"A\", \"body\": \"Text.\", \"questions\": [1]}", "articles.jsonl:1: \"questions\" is no list of texts")]
    [InlineData("{\"id\": \"a\", \"title\": \"A\", \"body\": \"Text.\"}\n{\"id\": \"a\", \"title\": \"B\", \"body\": \"Text.\"}", "articles.jsonl:2: the id 'a' is there already")]
    [InlineData("", "the file holds no line")]
    public void A_bad_line_is_named(string text, string problem) =>
        Should.Throw<StartProblem>(() => RetrievalEvaluationFiles.ReadArticles(Write("articles.jsonl", text))).Message.ShouldContain(problem);

    [Fact]
    public void A_query_must_name_an_article_that_there_is() =>
        Should.Throw<StartProblem>(() => RetrievalEvaluationFiles.ReadQueries(Write("queries.jsonl", "{\"text\": \"hi\", \"relevant\": [\"b\"]}"), ["a"]))
            .Message.ShouldContain("queries.jsonl:1: \"relevant\" names the article 'b'");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
