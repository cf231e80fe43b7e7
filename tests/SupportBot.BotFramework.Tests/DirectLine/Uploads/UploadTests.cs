using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public class UploadTests
{
    private const string TwoFiles = """
        {"type":"message","text":"Hello, World!","from":{"id":"u_test"},"channelData":{"clientActivityID":"c1"},
         "attachments":[{"contentType":"image/png","name":"blob"},{"contentType":"image/png","name":"blob (1)","x-kept":7}]}
        """;

    [Theory]
    [InlineData(false, "af0")]
    [InlineData(false, "0fa")]
    [InlineData(true, "fa0")]
    [InlineData(true, "a0f")]
    public async Task Two_files_go_with_a_message_in_any_order(bool withSecret, string order)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = withSecret ? await server.SecretClientAsync("""{"user":{"id":"u_test"}}""") : await server.StartedClientAsync();
        await using var stream = await client.ConnectAsync();
        var (one, other) = (Samples.PngOf(100_000, 1), Samples.PngOf(50, 2));

        var answer = await client.UploadAsync(client.UserId, [.. order.Select(part => part switch
        {
            'a' => Samples.Activity(TwoFiles),
            'f' => Samples.File("blob", one, "image/png"),
            _ => Samples.File("blob (1)", other, "image/png"),
        })]);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        var echo = (await stream.ActivitiesAsync(1))[0];
        echo.GetProperty("id").GetString().ShouldBe((await answer.JsonAsync()).GetProperty("id").GetString());
        echo.GetProperty("text").GetString().ShouldBe("Hello, World!");
        echo.GetProperty("from").GetProperty("id").GetString().ShouldBe(client.UserId);
        echo.GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("c1");
        var attachments = echo.GetProperty("attachments");
        attachments.EnumerateArray().Select(a => a.GetProperty("name").GetString()).ShouldBe(["blob", "blob (1)"]);
        attachments.EnumerateArray().Select(a => a.GetProperty("contentType").GetString()).ShouldAllBe(type => type == "image/png");
        attachments[1].GetProperty("x-kept").GetInt32().ShouldBe(7);
        using var anybody = new HttpClient();
        (await anybody.GetByteArrayAsync(UrlOf(attachments[0]), Ct)).ShouldBe(one);
        (await anybody.GetByteArrayAsync(UrlOf(attachments[1]), Ct)).ShouldBe(other);
    }

    [Theory]
    [InlineData("form-data; name=\"file\"; filename=\"Fómhar – 日本.txt\"", "Fómhar – 日本.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"x\"; filename*=UTF-8''F%C3%B3mhar.txt", "Fómhar.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"=?utf-8?B?RsOzbWhhci50eHQ=?=\"", "Fómhar.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"a%22b.txt\"", "a\"b.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"a\\\"b.txt\"", "a\"b.txt")]
    [InlineData("form-data; name=\"file\"; filename=plain.txt", "plain.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"..\\..\\boot.ini\"", "boot.ini")]
    [InlineData("form-data; name=\"file\"", "file")]
    [InlineData("attachment; filename=note.txt", "note.txt")]
    public async Task A_file_is_found_by_its_name_however_that_is_written(string disposition, string name)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var activity = JsonSerializer.Serialize(new { type = "message", text = "see", attachments = new object[] { new { name = "other", contentUrl = "https://shop.example/other" }, new { name, content = (string?)null } } });

        var answer = await client.UploadAsync("", RawParts(disposition, activity));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        var attachments = (await client.LastActivityAsync()).GetProperty("attachments");
        attachments.GetArrayLength().ShouldBe(2);
        attachments[0].GetProperty("contentUrl").GetString().ShouldBe("https://shop.example/other");
        attachments[1].GetProperty("name").GetString().ShouldBe(name);
        (await server.Http.GetStringAsync(UrlOf(attachments[1]), Ct)).ShouldBe("content");
    }

    [Fact]
    public async Task Names_that_clash_stay_apart_and_unnamed_files_are_added()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        var answer = await client.UploadAsync(
            "",
            Samples.File("x.txt", "first"u8.ToArray()),
            Samples.Activity("""{"type":"message","attachments":[{"name":"x.txt"},{"contentType":"text/plain"}]}"""),
            Samples.File("x.txt", "second"u8.ToArray()),
            Samples.Part("form-data; name=\"comment\"", "not a file"u8.ToArray()),
            Samples.File("photo", Samples.Jpeg, "text/html"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        var attachments = (await client.LastActivityAsync()).GetProperty("attachments").EnumerateArray().ToList();
        attachments.ConvertAll(a => a.GetProperty("name").GetString()).ShouldBe(["x.txt", "x (1).txt", "photo"]);
        attachments.ConvertAll(a => a.GetProperty("contentType").GetString()).ShouldBe(["text/plain", "text/plain", "image/jpeg"]);
        (await server.Http.GetStringAsync(UrlOf(attachments[0]), Ct)).ShouldBe("first");
        (await server.Http.GetStringAsync(UrlOf(attachments[1]), Ct)).ShouldBe("second");
    }

    [Theory]
    [InlineData("attachment; filename=\"note.txt\"", "note.txt")]
    [InlineData("attachment; filename*=UTF-8''n%C3%B3ta.txt", "nóta.txt")]
    [InlineData(null, "file")]
    public async Task A_file_can_be_the_whole_body(string? disposition, string name)
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.SecretClientAsync();
        var body = new ByteArrayContent("content"u8.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        body.Headers.TryAddWithoutValidation("Content-Disposition", disposition);

        (await client.UploadAsync("u_test", body)).EnsureSuccessStatusCode();

        var activity = await client.LastActivityAsync();
        activity.GetProperty("type").GetString().ShouldBe("message");
        activity.GetProperty("from").GetProperty("id").GetString().ShouldBe("u_test");
        var attachment = activity.GetProperty("attachments")[0];
        attachment.GetProperty("name").GetString().ShouldBe(name);
        attachment.GetProperty("contentType").GetString().ShouldBe("text/plain");
        (await server.Http.GetStringAsync(UrlOf(attachment), Ct)).ShouldBe("content");
    }

    [Fact]
    public async Task A_token_holder_uploads_as_itself()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        (await client.UploadAsync(
            "dl_impostor",
            Samples.Activity("""{"type":"message","from":{"id":"dl_impostor","role":"bot"}}"""),
            Samples.File("a.txt", "a"u8.ToArray()))).EnsureSuccessStatusCode();

        (await client.LastActivityAsync()).GetProperty("from").GetRawText().ShouldBe($$"""{"id":"{{client.UserId}}","role":"user"}""");
    }

    [Fact]
    public async Task Uploading_again_with_the_same_client_id_keeps_the_first_files_only()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        var ids = new HashSet<string>();

        for (var i = 0; i < 3; i++)
        {
            var answer = await client.UploadAsync(
                "",
                Samples.Activity("""{"type":"message","channelData":{"clientActivityID":"same"},"attachments":[{"name":"a.txt"}]}"""),
                Samples.File("a.txt", Encoding.UTF8.GetBytes($"try {i}")));
            ids.Add((await answer.JsonAsync()).GetProperty("id").GetString()!);
        }

        ids.Count.ShouldBe(1);
        server.Files.Length.ShouldBe(1);
        var attachment = (await client.LastActivityAsync()).GetProperty("attachments")[0];
        (await server.Http.GetStringAsync(UrlOf(attachment), Ct)).ShouldBe("try 0");
    }

    [Fact]
    public async Task A_small_picture_is_kept_and_an_address_of_the_clients_own_is_not()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        (await client.UploadAsync(
            "",
            Samples.Activity("""
                {"type":"message","attachments":[
                 {"name":"a.png","contentUrl":"blob:https://shop.example/1","thumbnailUrl":"data:image/jpeg;base64,AAAA"},
                 {"name":"b.png","contentUrl":"blob:https://shop.example/2","thumbnailUrl":"blob:https://shop.example/3"}]}
                """),
            Samples.File("b.png", Samples.Png),
            Samples.File("a.png", Samples.Png))).EnsureSuccessStatusCode();

        var attachments = (await client.LastActivityAsync()).GetProperty("attachments");
        attachments[0].GetProperty("thumbnailUrl").GetString().ShouldBe("data:image/jpeg;base64,AAAA");
        attachments[1].TryGetProperty("thumbnailUrl", out _).ShouldBeFalse();
        attachments[1].GetProperty("contentUrl").GetString().ShouldStartWith(server.Address.ToString());
    }

    [Fact]
    public async Task Files_go_with_their_conversation()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();
        (await client.UploadAsync("", Samples.File("a.txt", "a"u8.ToArray()))).EnsureSuccessStatusCode();
        var url = UrlOf((await client.LastActivityAsync()).GetProperty("attachments")[0]);

        (await server.Memory.RemoveAsync(client.ConversationId, Ct)).ShouldBeTrue();

        server.Files.ShouldBeEmpty();
        (await server.Http.GetAsync(url, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string UrlOf(JsonElement attachment) => attachment.GetProperty("contentUrl").GetString()!;

    // Put together by hand, because .NET's own client would write the headers in ASCII.
    private static ByteArrayContent RawParts(string disposition, string activity)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(
            $"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: image/png\r\n\r\ncontent\r\n"
            + $"--b\r\nContent-Disposition: form-data; name=\"activity\"; filename=\"blob\"\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n{activity}\r\n--b--\r\n"));
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return body;
    }
}
