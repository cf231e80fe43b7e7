using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine;
using SupportBot.BotFramework.Hosting;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Peers;

/// <summary>
/// The official client, unmodified. These cover, beside the rest that it needs, what the public integration tests of
/// DirectLineJS check; <c>tests/peers/README.md</c> says which test covers which.
/// </summary>
public sealed class DirectLineJsTests(DirectLineJs client) : IClassFixture<DirectLineJs>
{
    private const string Said = "Hello, Pip!";

    // PNG pictures of one pixel.
    private const string DarkPixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGMwBgAANQA0yrSZ7QAAAABJRU5ErkJggg==";
    private const string LightPixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AwAAzgDN1GaQsAAAAABJRU5ErkJggg==";

    public static MatrixTheoryData<Credential, bool> Connections { get; } = new([Credential.Secret, Credential.Token, Credential.ShopToken], [true, false]);

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task It_is_greeted_says_something_and_is_answered(Credential credential, bool webSocket)
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("talk", await server.OptionsAsync(credential, webSocket));

        var received = Received(seen).Where(a => a.GetProperty("type").GetString() == ActivityTypes.Message).ToList();
        received.Select(Text).ShouldBe([WelcomeBot.English, Said, Said]);
        received.Select(Id).ShouldBeUnique();
        received.Select(Answers.Sequence).ShouldBeInOrder();
        var id = seen.GetProperty("id").GetString();
        Id(received[1]).ShouldBe(id);
        received[1].GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("mine");
        received[2].GetProperty("replyToId").GetString().ShouldBe(id);
        Strings(seen, "statuses").ShouldBe(["Uninitialized", "Connecting", "Online"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_secret_it_names_its_user(bool webSocket)
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("talk", await server.OptionsAsync(Credential.Secret, webSocket), new JsonObject { ["userId"] = "u_test" });

        Received(seen).Select(a => a.GetProperty("from").GetProperty("id").GetString()).ShouldContain("u_test");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_user_cannot_be_named_once_it_is_connected(bool webSocket)
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("rename", await server.OptionsAsync(Credential.Secret, webSocket));

        seen.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("connected");
    }

    public static MatrixTheoryData<(string? Properties, string Greeting), bool> Locales { get; } = new(
        [
            (null, WelcomeBot.English),
            ("{}", WelcomeBot.English),
            ("""{"locale":"en-US"}""", WelcomeBot.English),
            ("""{"locale":"zh-CN"}""", WelcomeBot.Chinese),
            ("""{"locale":{"x":"test"}}""", WelcomeBot.English),
        ],
        [true, false]);

    [Theory]
    [MemberData(nameof(Locales))]
    public async Task It_is_greeted_in_the_language_that_it_asks_for((string? Properties, string Greeting) locale, bool webSocket)
    {
        await using var server = await StartAsync();
        var options = await server.OptionsAsync(Credential.Token, webSocket);
        if (locale.Properties is not null)
        {
            options["conversationStartProperties"] = JsonNode.Parse(locale.Properties);
        }

        var seen = await client.PlayAsync("listen", options, new JsonObject { ["count"] = 1 });

        Received(seen).Select(Text).ShouldBe([locale.Greeting]);
    }

    [Fact]
    public async Task Typing_is_seen_on_both_sides_and_moves_no_watermark()
    {
        await using var server = await StartAsync();

        var playing = client.PlayAsync("type", await server.OptionsAsync(Credential.Token, webSocket: true));
        await Waiting.UntilAsync(() => server.Conversations.Any(c => server.Signals.SubscriberCount(c) == 1));
        server.Signals.PublishEphemeral(server.Conversations.Single(), new Activity { Type = ActivityTypes.Typing });
        var seen = await playing;

        seen.GetProperty("watermarkAfter").GetString().ShouldBe(seen.GetProperty("watermark").GetString());
        seen.GetProperty("own").GetProperty("from").GetProperty("role").GetString().ShouldBe("user");
        seen.GetProperty("bots").GetProperty("from").GetProperty("role").GetString().ShouldBe("bot");
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task It_uploads_files_that_a_page_can_fetch(Credential credential, bool webSocket)
    {
        await using var server = await StartAsync();
        (string Name, string Type, string Base64)[] files =
        [
            ("tent.png", "image/png", DarkPixel),
            ("tent.png", "image/png", LightPixel),
            ("Größe №1.txt", "text/plain", Convert.ToBase64String("Länge: 42 cm"u8)),
        ];
        var sent = new JsonArray([.. files.Select(f => new JsonObject { ["name"] = f.Name, ["contentType"] = f.Type, ["base64"] = f.Base64 })]);

        var seen = await client.PlayAsync("upload", await server.OptionsAsync(credential, webSocket), new JsonObject { ["files"] = sent });

        var attachments = seen.GetProperty("own").GetProperty("attachments").EnumerateArray().ToList();
        attachments.Select(a => a.GetProperty("name").GetString()).ShouldBe(["tent.png", "tent (1).png", "Größe №1.txt"], ignoreOrder: true);
        var fetched = seen.GetProperty("fetched").EnumerateArray().ToList();
        fetched.ShouldAllBe(f => f.GetProperty("status").GetInt32() == 200);
        fetched.Select(f => f.GetProperty("base64").GetString()).ShouldBe(files.Select(f => f.Base64), ignoreOrder: true);
        fetched.Select(f => f.GetProperty("contentType").GetString()!.Split(';')[0]).ShouldBe(files.Select(f => f.Type), ignoreOrder: true);
    }

    [Fact]
    public async Task It_refreshes_its_token_and_goes_on()
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("refresh", await server.OptionsAsync(Credential.Token, webSocket: true));

        var (before, after) = (await GrantAsync(server, seen, "before"), await GrantAsync(server, seen, "after"));
        seen.GetProperty("after").GetString().ShouldNotBe(seen.GetProperty("before").GetString());
        after.ConversationId.ShouldBe(before.ConversationId);
        after.UserId.ShouldBe(before.UserId);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("null")]
    public async Task After_a_reload_it_has_the_whole_history(string watermark)
    {
        await using var server = await StartAsync();
        var options = await server.OptionsAsync(Credential.Token, webSocket: true);
        var before = await client.PlayAsync("listen", options.DeepClone().AsObject(), new JsonObject { ["count"] = 1 });
        var conversation = before.GetProperty("conversationId").GetString()!;
        await server.Log.AppendAsync(conversation, Activity.Message("While you were away."), CancellationToken.None);

        options["conversationId"] = conversation;
        options["token"] = before.GetProperty("token").GetString();
        options["watermark"] = watermark;
        var seen = await client.PlayAsync("listen", options, new JsonObject { ["count"] = 2 });

        Received(seen).Select(Text).ShouldBe([WelcomeBot.English, "While you were away."]);
    }

    [Fact]
    public async Task It_has_a_session()
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("session", await server.OptionsAsync(Credential.Token, webSocket: true));

        seen.GetProperty("sessionId").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task It_is_told_that_a_conversation_is_gone(Credential credential, bool webSocket)
    {
        await using var server = await StartAsync();

        var playing = client.PlayAsync("outlive", await server.OptionsAsync(credential, webSocket));
        await Waiting.UntilAsync(() => server.Conversations.Count > 0);
        (await server.Memory.RemoveAsync(server.Conversations.Single())).ShouldBeTrue();

        (await playing).GetProperty("status").GetInt32().ShouldBe((int)HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_it_posts_in_too_great_a_hurry_is_refused_and_its_connection_stays()
    {
        await using var server = await StartAsync(o => (o.RequestBurst, o.RequestsPerSecond) = (10, 1));

        var seen = await client.PlayAsync("rush", await server.OptionsAsync(Credential.ShopToken, webSocket: true), new JsonObject { ["count"] = 20 });

        var ids = Strings(seen, "ids").Where(id => id != "retry").ToList();
        ids.Count.ShouldBeInRange(5, 12);
        var page = await server.Log.ReadAsync(server.Conversations.Single(), 0, 100, CancellationToken.None);
        page!.Items.Select(item => ActivityJson.Parse(item.Json)).Where(a => a.From!.Role == RoleTypes.User).Select(a => a.Id).ShouldBe(ids, ignoreOrder: true);
        Strings(seen, "statuses").Last().ShouldBe("Online");
    }

    [Fact]
    public async Task When_it_ends_its_stream_is_closed()
    {
        await using var server = await StartAsync();

        var seen = await client.PlayAsync("end", await server.OptionsAsync(Credential.Token, webSocket: true));

        Strings(seen, "statuses").Last().ShouldBe("Ended");
        await Waiting.UntilAsync(() => server.Signals.SubscriberCount(server.Conversations.Single()) == 0);
    }

    private static Task<DirectLineServer> StartAsync(Action<DirectLineOptions>? configure = null) =>
        DirectLineServer.StartAsync(configure, bot: services => services.AddBot<WelcomeBot>());

    private static async Task<DirectLineGrant> GrantAsync(DirectLineServer server, JsonElement seen, string token) =>
        (await server.Tokens.CheckAsync(seen.GetProperty(token).GetString())).Grant.ShouldNotBeNull();

    private static List<JsonElement> Received(JsonElement seen) => [.. seen.GetProperty("received").EnumerateArray()];

    private static IEnumerable<string?> Strings(JsonElement seen, string property) => seen.GetProperty(property).EnumerateArray().Select(s => s.GetString());

    private static string? Text(JsonElement activity) => activity.GetProperty("text").GetString();

    private static string? Id(JsonElement activity) => activity.GetProperty("id").GetString();
}
