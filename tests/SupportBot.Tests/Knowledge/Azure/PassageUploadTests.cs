using System.Text.Json.Nodes;
using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Tests.Knowledge.Azure;

/// <summary>What is brought to the index, and how.</summary>
public sealed class PassageUploadTests : IAsyncLifetime
{
    private FakeSearchServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeSearchServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_first_time_the_index_is_made_and_everything_is_brought()
    {
        var engine = Engine.Of(_server);

        var result = await engine.BringAsync(Engine.Content(Engine.Many(3)));

        result.ShouldBe(new UploadResult(3, 0, 0));
        var index = _server.Index("supportbot")!;
        index.Passages.Count.ShouldBe(3);
        ((string)index.Field("words_en")!["analyzer"]!).ShouldBe("en.microsoft");
        index.Field("vector").ShouldBeNull();
        engine.State.IsAnswering.ShouldBeTrue();
        _server.Received.ShouldAllBe(r => r.ApiKey == FakeSearchServer.Key && r.Bearer == null);
    }

    [Fact]
    public async Task Then_only_what_differs_is_brought()
    {
        var articles = Engine.Many(4);
        await Engine.Of(_server).BringAsync(Engine.Content(articles));
        var before = _server.Received.Count;

        var changed = Engine.Content([articles[0], articles[1], Engine.Article("article-2", "Another answer."), Engine.Article("new", "Something new.")]);
        var result = await Engine.Of(_server).BringAsync(changed);

        result.ShouldBe(new UploadResult(2, 1, 2));
        var actions = _server.Received.Skip(before).Where(r => r.IsUpload).SelectMany(r => r.Actions).ToList();
        actions.Where(a => a.Action == "upload").Select(a => (string)a.Document["slug"]!).ShouldBe(["article-2", "new"], ignoreOrder: true);
        var deleted = actions.Where(a => a.Action == "delete").ShouldHaveSingleItem().Document;
        deleted.Select(p => p.Key).ShouldBe(["@search.action", "key"], ignoreOrder: true);
        _server.Index("supportbot")!.Passages.Select(p => (string)p["slug"]!).ShouldBe(["article-0", "article-1", "article-2", "new"], ignoreOrder: true);
        _server.Received.Skip(before).ShouldNotContain(r => r.Method == "PUT");

        (await Engine.Of(_server).BringAsync(changed)).ShouldBe(new UploadResult(0, 0, 4));
        _server.Received[^1].Method.ShouldBe("GET");
    }

    [Fact]
    public async Task Thousands_go_in_batches_that_the_service_takes_and_are_listed_page_by_page()
    {
        var articles = Engine.Many(2_300);
        await Engine.Of(_server).BringAsync(Engine.Content(articles));
        _server.Index("supportbot")!.Passages.Count.ShouldBe(2_300);

        var result = await Engine.Of(_server).BringAsync(Engine.Content(articles[..5]));

        result.ShouldBe(new UploadResult(0, 2_295, 5));
        _server.Uploads.Select(r => r.Actions.Count()).Max().ShouldBe(1_000);
    }

    [Fact]
    public async Task What_the_service_did_not_take_is_sent_again_and_nothing_else()
    {
        var articles = Engine.Many(3);
        var key = new PassageDocument(articles[1], 0).Key;
        await Engine.Of(_server).BringAsync(Engine.Content(articles[0]));
        _server.Index("supportbot")!.RefuseOnce(key, 503);
        var before = _server.Uploads.Count;

        await Engine.Of(_server).BringAsync(Engine.Content(articles));

        _server.Uploads.Skip(before).Select(r => r.Actions.Count()).ShouldBe([0, 2, 1, 0]);
        _server.Index("supportbot")!.Documents.ShouldContainKey(key);
    }

    [Fact]
    public async Task A_passage_that_is_refused_for_good_is_named_and_the_half_version_is_not_asked()
    {
        var (engine, articles) = (Engine.Of(_server), Engine.Many(2));
        var first = Engine.Content(articles[0]);
        await engine.BringAsync(first);
        var key = new PassageDocument(articles[1], 0).Key;
        _server.Index("supportbot")!.RefuseOnce(key, 400);

        var problem = await Should.ThrowAsync<SearchProblem>(() => engine.BringAsync(Engine.Content(articles)));

        problem.Message.ShouldContain(key);
        engine.State.IsAnswering.ShouldBeFalse();
        (await engine.FindAsync("thing1", Engine.Content(articles))).ShouldBeNull();
        (await engine.FindAsync("thing0", first)).ShouldBeNull();
        await engine.BringAsync(Engine.Content(articles));
        (await engine.FindAsync("thing1", Engine.Content(articles)))!.ShouldContain("article-1");
    }

    [Fact]
    public async Task A_busy_service_is_waited_for_as_long_as_it_says()
    {
        _server.NextFails(r => r.IsUpload, 429, retryAfterSeconds: 0);

        await Engine.Of(_server).BringAsync(Engine.Content(Engine.Many(1)));

        _server.Index("supportbot")!.Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_language_more_is_a_field_more()
    {
        await Engine.Of(_server).BringAsync(Engine.Content(Engine.Many(1)));

        await Engine.Of(_server).BringAsync(Engine.Content(
            Engine.Article("zelt", "Das Zelt trocknen.", "de-AT"), Engine.Article("zelt", "テントを乾かす。", "ja"), Engine.Article("zelt", "晾干帐篷。", "zh-CN"),
            Engine.Article("zelt", "ตากเต็นท์ให้แห้ง", "th"), Engine.Article("zelt", "Kausha hema.", "sw")));

        var index = _server.Index("supportbot")!;
        string Analyzer(string field) => (string)index.Field(field)!["analyzer"]!;
        (Analyzer("words_de"), Analyzer("words_ja"), Analyzer("words_zh_Hans"), Analyzer("words_th"), Analyzer("words_other"))
            .ShouldBe(("de.microsoft", "ja.microsoft", "zh-Hans.microsoft", "th.microsoft", "standard.lucene"));
        index.Field("words_en").ShouldNotBeNull();
        index.Passages.Count.ShouldBe(5);
        index.Passages.ShouldAllBe(p => p.Count(f => f.Key.StartsWith("words_", StringComparison.Ordinal)) == 1);
    }

    [Fact]
    public async Task An_index_that_does_not_fit_is_named_and_left_alone()
    {
        await Engine.Of(_server, _server.Options with { Embeddings = _server.Embeddings }).BringAsync(Engine.Content(Engine.Many(1)));

        var problem = await Should.ThrowAsync<SearchProblem>(() =>
            Engine.Of(_server, _server.Options with { Embeddings = _server.Embeddings with { Dimensions = 32 } }).BringAsync(Engine.Content(Engine.Many(1))));

        problem.Message.ShouldStartWith("Knowledge:AzureSearch:Index: the index supportbot has a field \"vector\" of another kind.");
        _server.Index("supportbot")!.Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Vectors_are_made_of_what_changed_and_anew_when_the_model_is_another()
    {
        var options = _server.Options with { Embeddings = _server.Embeddings, UseSemanticRanker = true };
        var articles = Engine.Many(2);
        await Engine.Of(_server).BringAsync(Engine.Content(articles));

        (await Engine.Of(_server, options).BringAsync(Engine.Content(articles))).ShouldBe(new UploadResult(2, 0, 0));

        _server.Index("supportbot")!.Passages.ShouldAllBe(p => p["vector"]!.AsArray().Count == FakeEmbeddings.Dimensions);
        var embedded = _server.Received.Where(r => r.Path == "/v1/embeddings").ToList();
        embedded.ShouldHaveSingleItem().Body!["input"]!.AsArray().Select(t => (string)t!).ShouldContain("article-0\nAnswer number 0 about thing0.");
        (await Engine.Of(_server, options).BringAsync(Engine.Content([.. articles, Engine.Article("new", "New.")]))).ShouldBe(new UploadResult(1, 0, 2));
        _server.Received.Last(r => r.Path == "/v1/embeddings").Body!["input"].ShouldBeOfType<JsonArray>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_processes_with_different_files_do_not_go_on_replacing_each_others_version()
    {
        var (mine, theirs) = (Engine.Of(_server), Engine.Of(_server));
        var (old, newer) = (Engine.Content(Engine.Many(1)), Engine.Content(Engine.Many(2)));
        await mine.BringAsync(old);
        await theirs.BringAsync(newer);

        (await mine.BringAsync(old)).ShouldBeNull();

        mine.State.IsAnswering.ShouldBeFalse();
        mine.State.Sentence.ShouldContain("does not hold the articles in force");
        _server.Index("supportbot")!.Passages.Count.ShouldBe(2);
        (await theirs.FindAsync("thing1", newer))!.ShouldContain("article-1");
        (await mine.BringAsync(old, takeOver: true, null, CancellationToken.None)).ShouldBe(new UploadResult(0, 1, 1));
    }

    [Fact]
    public async Task Of_two_who_bring_something_at_once_the_one_that_was_overtaken_does_not_call_its_version_whole()
    {
        var (first, second) = (Engine.Content(Engine.Many(3)), Engine.Content(Engine.Many(2)));
        var gate = new TaskCompletionSource();
        _server.UploadsWaitFor = gate.Task;
        var overtaken = Engine.Of(_server).BringAsync(first);
        await Running.Eventually.HoldsAsync(() => Task.FromResult(_server.Uploads.Count == 1), "the first to begin");
        _server.UploadsWaitFor = Task.CompletedTask;
        await Engine.Of(_server).BringAsync(second, takeOver: true, null, CancellationToken.None);
        var theirs = _server.Index("supportbot")!.Documents["marker"]["hash"]!.ToString();
        _server.BeforeMarkerIsRead = () => _server.Index("supportbot")!.Documents["marker"]["hash"] = theirs;

        gate.SetResult();

        (await Should.ThrowAsync<SearchProblem>(() => overtaken)).Message.ShouldContain("another process brings articles");
        _server.Index("supportbot")!.Documents["marker"]["hash"]!.ToString().ShouldBe(theirs);
    }

    [Fact]
    public async Task Progress_is_told()
    {
        var told = new List<string>();

        await Engine.Of(_server).BringAsync(Engine.Content(Engine.Many(300)), takeOver: true, new Told(told), CancellationToken.None);

        told.ShouldBe(["Azure AI Search: 256 of 300 changed passages brought", "Azure AI Search: 300 of 300 changed passages brought"]);
    }

    private sealed class Told(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
