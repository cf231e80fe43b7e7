using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SupportBot.Knowledge;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>What the service is asked, and what becomes of its answers.</summary>
public sealed class AzurePassagesTests : IAsyncLifetime
{
    private static readonly KnowledgeContent Content = Engine.Content(
        Engine.Article("tents", "Mould grows on damp fabric. Dry the tent before you pack it.", title: "Tent care"),
        Engine.Article("refunds", "You can return an unused item within 30 days.", title: "Refund policy"));

    private FakeSearchServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeSearchServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_question_is_asked_in_the_articles_languages_and_of_passages_alone()
    {
        var engine = await BroughtAsync(_server.Options);

        var found = await engine.FindAsync(Engine.Query("how do I return -an- unused item (\"TT\") + more*", Content), CancellationToken.None);

        found!.ShouldHaveSingleItem().ShouldBe(new FoundPassage("refunds", "en", 0, 0, 0.5));
        var asked = _server.Questions.ShouldHaveSingleItem().Body!;
        ((string)asked["search"]!).ShouldBe("how do I return an unused item TT more");
        ((string)asked["filter"]!).ShouldBe("kind eq 'passage'");
        ((string)asked["searchFields"]!).ShouldBe("words_en");
        ((int)asked["top"]!).ShouldBe(40);
        asked["queryType"].ShouldBeNull();
    }

    [Fact]
    public async Task With_ranker_and_vectors_both_are_asked_for_and_the_rankers_score_counts()
    {
        var engine = await BroughtAsync(_server.Options with { UseSemanticRanker = true, Embeddings = _server.Embeddings });

        var found = await engine.FindAsync(Engine.Query("fungus and spores", Content), CancellationToken.None);

        found!.Select(f => f.Slug).ShouldBe(["tents", "refunds"], ignoreOrder: true);
        var asked = _server.Questions.ShouldHaveSingleItem().Body!;
        ((string)asked["queryType"]!).ShouldBe("semantic");
        ((string)asked["semanticConfiguration"]!).ShouldBe("articles");
        var vector = asked["vectorQueries"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)vector["fields"]!, (string)vector["kind"]!, vector["vector"]!.AsArray().Count).ShouldBe(("vector", "vector", FakeEmbeddings.Dimensions));
        QuestionRequest.Relevance(3, 7).ShouldBe(0.75);
    }

    [Fact]
    public async Task A_vector_finds_what_shares_no_word_with_the_question()
    {
        var engine = await BroughtAsync(_server.Options with { Embeddings = _server.Embeddings });

        var found = await engine.FindAsync(Engine.Query("fungus", Content), CancellationToken.None);

        found![0].Slug.ShouldBe("tents");
        using var index = KnowledgeIndex.InMemory(Content.Articles, new Dictionary<string, IReadOnlyList<string>>());
        index.Search("fungus", ArticleSignals.None).ShouldNotContain(r => r.Article.Slug == "tents");
        index.Search("fungus", ArticleSignals.None, null, found)[0].Article.Slug.ShouldBe("tents");
    }

    [Fact]
    public async Task Both_engines_say_the_same_through_one_interface()
    {
        using var index = KnowledgeIndex.InMemory(Content.Articles, new Dictionary<string, IReadOnlyList<string>>());
        foreach (var engine in (IPassageSearch[])[index, await BroughtAsync(_server.Options)])
        {
            (await engine.FindAsync(Engine.Query("return an unused item", Content), CancellationToken.None))!.Select(f => (f.Slug, f.Ordinal)).ShouldBe([("refunds", 0)]);
            (await engine.FindAsync(Engine.Query("the tent or an item", Content, limit: 1), CancellationToken.None))!.Count.ShouldBe(1);
            (await engine.FindAsync(Engine.Query("?!", Content), CancellationToken.None))!.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_managed_identity_sends_its_token_and_no_key()
    {
        var engine = await BroughtAsync(_server.Options with { ApiKey = "", UseManagedIdentity = true });

        (await engine.FindAsync("unused", Content)).ShouldBe(["refunds"]);
        _server.Received.ShouldAllBe(r => r.Bearer == FakeSearchServer.Token && r.ApiKey == null);
    }

    [Fact]
    public async Task A_wrong_key_is_said_in_a_line_that_does_not_hold_it()
    {
        var engine = Engine.Of(_server, _server.Options with { ApiKey = "wrong-key" });

        var problem = await Should.ThrowAsync<SearchProblem>(() => engine.BringAsync(Content));

        problem.Message.ShouldStartWith("Knowledge:AzureSearch:ApiKey: the service refuses the key (403).");
        problem.Message.ShouldNotContain("wrong-key");
        engine.State.Sentence.ShouldBe($"{problem.Message.TrimEnd('.')}; the embedded index answers.");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_said_with_its_address()
    {
        var engine = Engine.Of(_server, _server.Options with { Endpoint = new Uri("https://127.0.0.1:9/") });

        (await Should.ThrowAsync<SearchProblem>(() => engine.CheckAsync(Content, CancellationToken.None))).Message
            .ShouldStartWith("Knowledge:AzureSearch:Endpoint: 127.0.0.1 does not answer");
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        using var meters = new Meters();
        var engine = new AzurePassages(_server.Options, new AzureSearchAccess(), new AzureSearchMetrics(meters), TimeProvider.System, NullLogger<AzurePassages>.Instance);

        await Should.ThrowAsync<SearchProblem>(() => engine.CheckAsync(Content, CancellationToken.None));

        _server.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("drop")]
    [InlineData("429")]
    [InlineData("503")]
    [InlineData("401")]
    public async Task Whatever_goes_wrong_is_no_answer_and_the_next_question_is_asked_again(string fault)
    {
        var engine = await BroughtAsync(_server.Options with { Timeout = TimeSpan.FromMilliseconds(fault == "stall" ? 300 : 5_000) });
        switch (fault)
        {
            case "stall":
                _server.NextQuestionStalls();
                break;
            case "drop":
                _server.NextQuestionDrops();
                break;
            default:
                _server.NextFails(r => r.IsQuestion, int.Parse(fault, CultureInfo.InvariantCulture), retryAfterSeconds: 60);
                break;
        }

        (await engine.FindAsync("unused", Content)).ShouldBeNull();
        engine.State.IsAnswering.ShouldBeFalse();
        _server.Questions.Count.ShouldBe(1);

        await Running.Eventually.HoldsAsync(async () => await engine.FindAsync("unused", Content) is ["refunds"], "an answer again");
        engine.State.IsAnswering.ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_that_goes_on_failing_is_left_alone_for_a_while()
    {
        using var meters = new Meters();
        var outcomes = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter, meters.Made) && instrument.Name == "supportbot.search.lookups")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => outcomes.Add((string)tags[0].Value!));
        var engine = Engine.Of(_server, _server.Options with { FailuresBeforeRest = 2, Rest = TimeSpan.FromHours(1) }, meters);
        listener.Start();
        await engine.BringAsync(Content);
        (await engine.FindAsync("unused", Content)).ShouldBe(["refunds"]);
        _server.Down = 503;
        for (var i = 0; i < 6; i++)
        {
            (await engine.FindAsync("unused", Content)).ShouldBeNull();
        }

        _server.Questions.Count.ShouldBe(outcomes.Count(o => o != "Resting"));
        outcomes.Distinct().ShouldBe(["Found", "Failed", "Resting"]);
    }

    [Fact]
    public async Task Another_version_than_the_one_that_is_meant_is_not_asked()
    {
        var engine = await BroughtAsync(_server.Options);

        (await engine.FindAsync("unused", Engine.Content(Engine.Many(1)))).ShouldBeNull();

        _server.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hits_of_a_version_that_somebody_else_has_brought_are_not_used()
    {
        var engine = await BroughtAsync(_server.Options);
        await Engine.Of(_server).BringAsync(Engine.Content(Engine.Article("refunds", "You can return an unused item within 90 days.", title: "Refund policy")));

        (await engine.FindAsync("return an unused item", Content)).ShouldBeNull();

        engine.State.Sentence.ShouldContain("does not hold the articles in force");
        (await engine.FindAsync("return an unused item", Content)).ShouldBeNull();
        _server.Questions.Count.ShouldBe(1);
    }

    private async Task<AzurePassages> BroughtAsync(AzureSearchOptions options)
    {
        var engine = Engine.Of(_server, options);
        await engine.BringAsync(Content);
        return engine;
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter? Made { get; private set; }

        public Meter Create(MeterOptions options) => Made = new Meter(options);

        public void Dispose() => Made?.Dispose();
    }
}
