using NodaTime;
using SupportBot.Knowledge;

namespace SupportBot.Tests.Knowledge;

/// <summary>What two engines found, ranked together.</summary>
public sealed class FoundPassagesTests : IDisposable
{
    private const string Question = "tent or sleeping bag";

    private readonly KnowledgeIndex _index = KnowledgeIndex.InMemory(
        [Article("tents", "Tents dry in the sun."), Article("bags", "A sleeping bag dries slowly."), Article("shoes", "Boots want wax.")],
        new Dictionary<string, IReadOnlyList<string>>());

    public void Dispose() => _index.Dispose();

    [Fact]
    public async Task What_the_embedded_engine_found_before_is_ranked_as_if_it_were_looked_up()
    {
        var found = await _index.FindAsync(new PassageQuery(Question, _index.Limit, _index.ContentHash), CancellationToken.None);

        Told(_index.Search(Question, ArticleSignals.None, null, found)).ShouldBe(Told(_index.Search(Question, ArticleSignals.None)));
    }

    [Fact]
    public async Task Another_engine_changes_the_order_and_adds_to_it_but_changes_no_score()
    {
        var alone = _index.Search(Question, ArticleSignals.None);
        var embedded = (await _index.FindAsync(new PassageQuery(Question, _index.Limit, _index.ContentHash), CancellationToken.None))!;
        var last = alone[^1].Article.Slug;
        FoundPassage[] other = [new(last, "en", 0, 0, 1), new("shoes", "en", 0, 0, 0.1), new("gone", "en", 0, 0, 1), new("tents", "en", 7, 0, 1), new("tents", "de", 0, 0, 1)];

        var together = _index.Search(Question, ArticleSignals.None, null, FoundPassages.Merged(embedded, other));

        together[0].Article.Slug.ShouldBe(last);
        together.Select(r => r.Article.Slug).ShouldBe(["tents", "bags", "shoes"], ignoreOrder: true);
        foreach (var article in alone)
        {
            together.Single(r => r.Article.Slug == article.Article.Slug).Score.ShouldBe(article.Score);
        }
    }

    private static IEnumerable<(string Slug, double Score)> Told(IReadOnlyList<RankedArticle> ranked) => ranked.Select(r => (r.Article.Slug, r.Score));

    private static Article Article(string slug, string text) => new(
        slug, slug, [], Audience.Customers, "en", new LocalDate(2026, 1, 1), text, [new Passage(slug, 0, [], [new Sentence(text, SentenceKind.Prose, 0)])]);
}
