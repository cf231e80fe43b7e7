using System.Net;
using System.Net.Http.Headers;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine.Uploads;

public class AttachmentTests
{
    [Fact]
    public async Task A_file_is_served_so_that_no_browser_runs_it()
    {
        await using var server = await DirectLineServer.StartAsync();
        var (_, url) = await UploadAsync(server, "Fómhar \"1\".txt", "content"u8.ToArray());
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Origin", "https://anywhere.example");

        var answer = await server.Http.SendAsync(request, Ct);

        (await answer.Content.ReadAsStringAsync(Ct)).ShouldBe("content");
        var content = answer.Content.Headers;
        content.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        content.ContentLength.ShouldBe(7);
        content.ContentDisposition!.DispositionType.ShouldBe("attachment");
        content.ContentDisposition.FileNameStar.ShouldBe("Fómhar \"1\".txt");
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Content-Security-Policy").ShouldBe("sandbox; default-src 'none'");
        Header(answer, "Cross-Origin-Resource-Policy").ShouldBe("cross-origin");
        Header(answer, "Cache-Control").Split(", ").Order().ShouldBe(["immutable", "max-age=31536000", "private"]);
        Header(answer, "Vary").ShouldContain("Origin");
        Header(answer, "Access-Control-Allow-Origin").ShouldBe("https://anywhere.example");
    }

    [Fact]
    public async Task A_file_can_be_asked_for_in_parts_and_for_news_only()
    {
        await using var server = await DirectLineServer.StartAsync();
        var (_, url) = await UploadAsync(server, "a.txt", "0123456789"u8.ToArray());

        var part = new HttpRequestMessage(HttpMethod.Get, url);
        part.Headers.Range = new RangeHeaderValue(2, 4);
        var partly = await server.Http.SendAsync(part, Ct);
        partly.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await partly.Content.ReadAsStringAsync(Ct)).ShouldBe("234");

        var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), Ct);
        head.Content.Headers.ContentLength.ShouldBe(10);
        var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(head.Headers.ETag!);
        (await server.Http.SendAsync(again, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Without_its_key_a_file_is_there_for_holders_of_the_conversation_only()
    {
        await using var server = await DirectLineServer.StartAsync();
        var (client, url) = await UploadAsync(server, "a.txt", "content"u8.ToArray());
        var stranger = await server.StartedClientAsync();
        var path = new Uri(url).AbsolutePath;
        var key = url[(url.IndexOf("k=", StringComparison.Ordinal) + 2)..];

        (await StatusAsync(path, client.Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(path, DirectLineServer.Secret)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(path, stranger.Token)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(path, DirectLineServer.ShopSecret)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(path, null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{path}?k=", null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{path}?k={key[..^1]}", null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{path}?k={key[..^1]}é", null)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{path}?k={new string('0', key.Length)}", client.Token)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(path.Replace(client.ConversationId, stranger.ConversationId, StringComparison.Ordinal) + "?k=" + key, null))
            .ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{path}?k={key}", null)).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(string address, string? bearer)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            var answer = await server.Http.SendAsync(request, Ct);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                (await answer.ErrorAsync(404)).ShouldBe("NotFound");
            }

            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_file_cannot_be_changed(string method)
    {
        await using var server = await DirectLineServer.StartAsync();
        var (_, url) = await UploadAsync(server, "a.txt", "content"u8.ToArray());

        var answer = await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), url), Ct);

        (await answer.ErrorAsync(405)).ShouldBe("MethodNotAllowed");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<(DirectLineClient Client, string Url)> UploadAsync(DirectLineServer server, string name, byte[] content)
    {
        var client = await server.StartedClientAsync();
        (await client.UploadAsync("", Samples.Part($"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}", content)))
            .EnsureSuccessStatusCode();
        var attachment = (await client.LastActivityAsync()).GetProperty("attachments")[0];
        return (client, attachment.GetProperty("contentUrl").GetString()!);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
