using SupportBot.BotFramework.Tests.DirectLine.Uploads;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>Good requests to every address, in a conversation that has something in it.</summary>
internal sealed class RequestSeeds
{
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string Json = "application/json";

    private readonly Func<RequestDraft>[] _seeds;

    private RequestSeeds(DirectLineClient client, string attachment, string stream)
    {
        var conversation = $"/conversations/{client.ConversationId}";
        var parts = RequestDraft.Bytes(
            "--b\r\nContent-Disposition: form-data; name=\"activity\"; filename=\"blob\"\r\nContent-Type: application/vnd.microsoft.activity\r\n\r\n"
            + """{"type":"message","text":"hi","attachments":[{"contentType":"text/plain","name":"a.txt"}]}"""
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--b--\r\n");
        var message = RequestDraft.Bytes("""
            {"type":"message","text":"h\u00e9llo 👋","from":{"id":"dl_a","name":"Ann","role":"user"},"locale":"en","timestamp":"2026-03-02T09:00:00Z",
             "attachments":[{"contentType":"a/b","content":{"x":[1,{"y":null}]}}],"entities":[{"type":"ClientCapabilities","z":1.5e3}],
             "channelData":{"clientActivityID":"c","postBack":true},"suggestedActions":{"to":[],"actions":[{"type":"imBack"}]}}
            """);
        _seeds =
        [
            () => Draft("POST", "/tokens/generate", DirectLineServer.Secret, """{"user":{"id":"dl_ann","name":"Ann"},"trustedOrigins":["https://a.example"]}"""u8),
            () => Draft("POST", "/tokens/refresh", client.Token, default),
            () => Draft("POST", "/conversations", client.Token, """{"user":{"id":"ann","name":"Ann"},"locale":"en-IE"}"""u8),
            () => Draft("POST", "/conversations", DirectLineServer.Secret, """{"user":{"id":"u_test"}}"""u8),
            () => Draft("GET", conversation + "?watermark=1", client.Token, default),
            () => Draft("GET", conversation + "/activities?watermark=0", client.Token, default),
            () => Draft("GET", conversation + "/activities?watermark=1", DirectLineServer.Secret, default),
            () => Draft("POST", conversation + "/activities", client.Token, message),
            () => Draft("POST", conversation + "/activities", client.Token, message),
            () => Draft("POST", conversation + "/activities", DirectLineServer.Secret, message),
            () => Draft("POST", conversation + "/activities", client.Token, """{"type":"typing","channelData":{}}"""u8),
            () => Draft("POST", conversation + "/activities", client.Token, """{"type":"event","name":"n","value":{"a":[1,2,3]}}"""u8),
            () => Draft("POST", conversation + "/upload?userId=dl_a", client.Token, parts, Multipart),
            () => new RequestDraft(
                "POST",
                $"{DirectLineServer.Prefix}{conversation}/upload",
                [.. Samples.Png],
                ("Host", "x"),
                ("Authorization", $"Bearer {client.Token}"),
                ("Content-Type", "image/png"),
                ("Content-Disposition", "attachment; filename*=UTF-8''a%20b.png")),
            () => new RequestDraft("GET", attachment, [], ("Host", "x"), ("Range", "bytes=0-3"), ("Origin", "https://a.example")),
            () => new RequestDraft("GET", stream, [], ("Host", "x"), ("Origin", "https://a.example")),
            () => Draft("GET", "/session/getsessionid", client.Token, default),
            () => new RequestDraft(
                "OPTIONS",
                $"{DirectLineServer.Prefix}{conversation}/activities",
                [],
                ("Host", "x"),
                ("Origin", "https://a.example"),
                ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization,content-type")),
        ];
    }

    /// <summary>How many there are.</summary>
    public int Count => _seeds.Length;

    public static async Task<RequestSeeds> CreateAsync(DirectLineServer server)
    {
        var client = await server.StartedClientAsync();
        (await client.UploadAsync("", Samples.File("a.txt", "content"u8.ToArray()))).EnsureSuccessStatusCode();
        var attachment = (await client.LastActivityAsync()).GetProperty("attachments")[0].GetProperty("contentUrl").GetString()!;
        return new RequestSeeds(client, new Uri(attachment).PathAndQuery, (await client.StreamUrlAsync()).PathAndQuery)
        {
            ConversationId = client.ConversationId,
        };
    }

    /// <summary>The conversation that is talked in.</summary>
    public required string ConversationId { get; init; }

    public RequestDraft Next(int number) => _seeds[number % _seeds.Length]();

    private static RequestDraft Draft(string method, string path, string bearer, ReadOnlySpan<byte> body, string contentType = Json) => new(
        method,
        DirectLineServer.Prefix + path,
        body.ToArray(),
        ("Host", "x"),
        ("Authorization", $"Bearer {bearer}"),
        ("Origin", "https://a.example"),
        ("Content-Type", contentType));
}
