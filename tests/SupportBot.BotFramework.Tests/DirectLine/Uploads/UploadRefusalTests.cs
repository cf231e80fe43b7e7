using System.Text;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine.Uploads;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public class UploadRefusalTests
{
    [Theory]
    [InlineData("page.txt", "<!doctype html><script>alert(1)</script>")]
    [InlineData("picture.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("feed.log", "  <?xml version='1.0'?>")]
    [InlineData("run.txt", "#!/bin/sh")]
    [InlineData("setup.txt", "MZ\u0090\u0000\u0003")]
    public async Task A_file_is_judged_by_its_content(string name, string content)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answer = await client.UploadAsync(
            "", Samples.File("fine.txt", "fine"u8.ToArray()), Samples.File(name, Encoding.Latin1.GetBytes(content), "image/png"));

        (await answer.ErrorAsync(415)).ShouldBe("UnsupportedMediaType");
        (await answer.MessageOfErrorAsync()).ShouldContain(name);
        server.Files.ShouldBeEmpty();
        (await (await client.PollAsync()).JsonAsync()).GetProperty("activities").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Text_that_stops_being_text_is_refused_however_late()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        byte[] late = [.. Enumerable.Repeat((byte)'a', 300_000), 0];
        byte[] half = [.. Enumerable.Repeat((byte)'a', 300_000), 0xF0, 0x9F];

        (await (await client.UploadAsync("", Samples.File("a.txt", late))).ErrorAsync(415)).ShouldBe("UnsupportedMediaType");
        (await (await client.UploadAsync("", Samples.File("a.txt", half))).ErrorAsync(415)).ShouldBe("UnsupportedMediaType");
        server.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_types_that_are_taken_are_the_hosts_to_choose()
    {
        await using var server = await DirectLineServer.StartAsync(options => options.AllowedUploadTypes = ["application/ZIP"]);
        var client = await server.StartedClientAsync();

        (await client.UploadAsync("", Samples.File("a.bin", Samples.Zip("a")))).EnsureSuccessStatusCode();
        (await (await client.UploadAsync("", Samples.File("a.png", Samples.Png))).ErrorAsync(415)).ShouldBe("UnsupportedMediaType");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_together_have_a_limit_declared_or_not(bool chunked)
    {
        await using var server = await DirectLineServer.StartAsync(options => options.MaxUploadBytes = 200_000);
        var client = await server.StartedClientAsync();

        (await UploadAsync(100_000, 100_000)).EnsureSuccessStatusCode();
        server.Files.Length.ShouldBe(2);
        foreach (var (one, other) in new[] { (100_000, 100_001), (200_001, 50), (50, 5_000_000) })
        {
            var answer = await UploadAsync(one, other);
            (await answer.ErrorAsync(413)).ShouldBe("MessageSizeTooBig");
            answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://page.example"]);
        }

        server.Files.Length.ShouldBe(2);

        Task<HttpResponseMessage> UploadAsync(int one, int other)
        {
            var request = client.Request(HttpMethod.Post, $"/conversations/{client.ConversationId}/upload");
            request.Headers.Add("Origin", "https://page.example");
            request.Headers.TransferEncodingChunked = chunked;
            request.Content = new MultipartContent
            {
                Samples.File("a.png", Samples.PngOf(one, 1)),
                Samples.File("b.png", Samples.PngOf(other, 2)),
            };
            return server.Http.SendAsync(request, Ct);
        }
    }

    [Fact]
    public async Task A_limit_above_the_hosts_own_counts_here_and_nowhere_else()
    {
        await using var server = await DirectLineServer.StartAsync(options => options.MaxUploadBytes = 40 * 1024 * 1024);
        var client = await server.StartedClientAsync();

        (await client.UploadAsync("", Samples.File("a.png", Samples.PngOf(35 * 1024 * 1024, 1)))).EnsureSuccessStatusCode();

        new FileInfo(server.Files.ShouldHaveSingleItem()).Length.ShouldBe(35 * 1024 * 1024);
    }

    [Theory]
    [InlineData("""{"type":"message","attachments":[{"name":"missing.png"}]}""", "$.attachments[0]:")]
    [InlineData("""{"type":"message","attachments":[{"name":"a.txt"},null]}""", "$.attachments[1]:")]
    [InlineData("""{"type":"message","attachments":"a.txt"}""", "$.attachments:")]
    [InlineData("""{"text":"hi"}""", "$.type:")]
    [InlineData("{", "$:")]
    public async Task An_activity_that_does_not_fit_says_where_and_leaves_no_files(string activity, string message)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answer = await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()), Samples.Activity(activity));

        (await answer.ErrorAsync(400)).ShouldBe("BadArgument");
        (await answer.MessageOfErrorAsync()).ShouldStartWith(message);
        server.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_files_two_activities_or_nothing_at_all_are_refused()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        HttpContent[] Files(int count) => [.. Enumerable.Range(0, count).Select(i => Samples.File($"{i}.txt", "a"u8.ToArray()))];
        const string message = """{"type":"message"}""";

        (await client.UploadAsync("", Files(10))).EnsureSuccessStatusCode();
        (await (await client.UploadAsync("", Files(11))).ErrorAsync(400)).ShouldBe("BadArgument");
        (await (await client.UploadAsync("", Samples.Activity(message), Samples.Activity(message))).ErrorAsync(400)).ShouldBe("BadArgument");
        (await (await client.UploadAsync("", Samples.Part("form-data; name=\"x\"", []))).ErrorAsync(400)).ShouldBe("BadArgument");
        (await (await client.UploadAsync("", new ByteArrayContent([]))).ErrorAsync(400)).ShouldBe("BadArgument");
        server.Files.Length.ShouldBe(10);
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=", "x")]
    [InlineData("multipart/form-data; boundary=b", "no part at all")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nnever ends")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno header\r\n\r\nx\r\n--b--")]
    public async Task Parts_that_are_damaged_are_refused(string contentType, string body)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        (await (await client.UploadAsync("", content)).ErrorAsync(400)).ShouldBe("BadArgument");
        server.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_hangs_up_in_the_middle_leaves_no_file()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        await RawHttp.SendAsync(
            server.Address,
            $"POST /v3/directline/conversations/{client.ConversationId}/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.Token}\r\n"
                + $"Content-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n{new string('a', 100_000)}",
            hangUp: true);

        await Waiting.UntilAsync(() => server.Files.Length == 0);
        (await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Files_need_a_conversation_that_was_started()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.NewClientAsync();

        (await (await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()))).ErrorAsync(404)).ShouldBe("ConversationNotFound");
        server.Files.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_of_an_activity_that_is_not_stored_are_deleted(bool throws)
    {
        await using var server = await DirectLineServer.StartAsync(log: _ => new ForgetfulLog(throws));
        var client = await server.NewClientAsync();

        var answer = await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()));

        ((int)answer.StatusCode).ShouldBe(throws ? 500 : 404);
        server.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_store_that_is_out_of_order_is_not_taken_for_the_clients_fault()
    {
        await using var server = await DirectLineServer.StartAsync(store: new BrokenStore());
        var client = await server.StartedClientAsync();

        var answer = await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()));

        ((int)answer.StatusCode).ShouldBe(500);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A log whose conversation is deleted while its file comes in, or that fails.</summary>
    private sealed class ForgetfulLog(bool throws) : IActivityLog
    {
        public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) => ValueTask.FromResult(true);

        public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) =>
            ValueTask.FromResult<ConversationStart?>(new(conversationId, new(), "demo", null, new("http://x")));

        public ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct) => throws
            ? throw new InvalidOperationException("The database is down.")
            : ValueTask.FromResult(new AppendResult(AppendOutcome.UnknownConversation, null, 0));

        public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) =>
            ValueTask.FromResult<ActivityPage?>(null);
    }

    private sealed class BrokenStore : IAttachmentStore
    {
        public ValueTask<string> SaveAsync(string conversationId, AttachmentInfo info, Stream content, CancellationToken ct) =>
            throw new IOException("The disk is full.");

        public ValueTask<StoredAttachment?> OpenAsync(string conversationId, string attachmentId, CancellationToken ct) =>
            ValueTask.FromResult<StoredAttachment?>(null);

        public ValueTask DeleteAsync(string conversationId, string attachmentId, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask DeleteConversationAsync(string conversationId, CancellationToken ct) => ValueTask.CompletedTask;
    }
}
