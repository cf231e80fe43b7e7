using Microsoft.Extensions.DependencyInjection;
using SupportBot.Answers;
using SupportBot.Tests.Answers;
using SupportBot.Tests.Running;
using SupportBot.Turns;

namespace SupportBot.Tests.Turns;

public sealed class KnowledgeReloadTests : IDisposable
{
    private const string Zebra = "---\ntitle: Zebra tents\nquestions:\n  - \"Do you have tents with stripes?\"\naudience: customers\nlocale: en\nupdated: 2026-01-01\n---\nStriped tents cost EUR 77 extra.\n";

    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly SmallCompany _company = new();

    public void Dispose() => _company.Dispose();

    [Fact]
    public async Task A_changed_article_is_in_force_without_a_restart_and_a_broken_file_changes_nothing()
    {
        await using var service = await Service.StartAsync(knowledge: _company.Folder);
        var source = service.Services.GetRequiredService<UnderstandingSource>();

        _company.Write("articles/zebra.md", Zebra);
        await Eventually.HoldsAsync(() => Task.FromResult(source.Current.Article("zebra") is not null), "the new article");
        (await service.Http.GetStringAsync("/help/zebra")).ShouldContain("cost EUR 77 extra");
        await Eventually.HoldsAsync(() => Task.FromResult(source.Current.IsLearnt), "what it teaches");

        var good = source.Current;
        _company.Write("intents/greeting.yaml", "name: greeting\ntitle: [broken");
        source.Load(null).ShouldContain(p => p.ToString().StartsWith("intents/greeting.yaml:3:"));
        source.Current.ShouldBeSameAs(good);
        await (await service.CustomerAsync()).AskAsync("How do I dry my tent?");
    }

    [Fact]
    public void Until_a_change_is_learnt_its_text_is_found_and_what_is_gone_is_not()
    {
        using var before = Load(null);
        _company.Write("articles/zebra.md", Zebra);
        _company.Write("intents/refund_policy.yaml", File.ReadAllText(Path.Combine(_company.Folder, "intents/refund_policy.yaml")).Replace("[refund-policy]", "[]"));
        File.Delete(Path.Combine(_company.Folder, "articles/refund-policy.md"));

        using var changed = Load(before);
        changed.IsLearnt.ShouldBeFalse();
        changed.Read("Do you have tents with stripes?", DialogueState.Start, Monday).Ranked[0].Article.Slug.ShouldBe("zebra");
        changed.Read("what is your refund policy", DialogueState.Start, Monday).Ranked.ShouldNotContain(r => r.Article.Slug == "refund-policy");
        before.Read("what is your refund policy", DialogueState.Start, Monday).Ranked[0].Article.Slug.ShouldBe("refund-policy");

        var learnt = changed.Learn(_company.Cache, CancellationToken.None);
        learnt.IsLearnt.ShouldBeTrue();
        learnt.SharesIndexWith(changed).ShouldBeTrue();
        learnt.Read("Do you have tents with stripes?", DialogueState.Start, Monday).Ranked[0].Features.FromPhrasings.ShouldBeGreaterThan(0.2);
        Load(learnt).IsLearnt.ShouldBeTrue();
    }

    [Fact]
    public void Intents_are_as_the_files_say_now_even_before_they_are_learnt()
    {
        using var before = Load(null);
        File.Delete(Path.Combine(_company.Folder, "intents/greeting.yaml"));
        _company.Write("intents/track_order.yaml", File.ReadAllText(Path.Combine(_company.Folder, "intents/track_order.yaml")).Replace("title: Track an order", "title: Follow an order"));

        using var changed = Load(before);
        var predictions = changed.Read("hello, where is my parcel", DialogueState.Start, Monday).Inquiry.Predictions;
        predictions.ShouldNotContain(p => p.Intent.Name == "greeting");
        predictions.Single(p => p.Intent.Name == "track_order").Intent.Title.ShouldBe("Follow an order");
        changed.Decide("hello", DialogueState.Start, Monday).ShouldNotBeNull();
    }

    private Understanding Load(Understanding? before)
    {
        var load = Understanding.Load(_company.Folder, _company.Cache, before: before);
        load.Problems.ShouldBeEmpty();
        return load.Value!;
    }
}
