using SupportBot.BotFramework.Tests.Server;
using SupportBot.Tests.Peers;

namespace SupportBot.BotFramework.Tests.Peers;

/// <summary>
/// What a client has half said goes out whole or not at all. That it is valid then is found, as for all servers of these tests,
/// when the server is disposed of.
/// </summary>
public sealed class ActivitySchemaTests
{
    private const string HalfSaid = """
        {
          "type": "message", "text": "", "localTimezone": "", "replyToId": "", "textFormat": "", "speak": "", "inputHint": "", "locale": "",
          "name": "", "valueType": "", "label": "", "summary": "", "attachmentLayout": "", "topicName": "", "action": "", "code": "",
          "deliveryMode": "", "importance": "", "from": { "id": "", "name": "", "role": "" },
          "attachments": [null, {}, { "contentType": "" }, { "contentUrl": "https://shop.example/tent" }, { "contentType": "text/x-whole", "contentUrl": "", "name": "", "thumbnailUrl": "" }],
          "entities": [null, {}, { "type": "" }, { "@type": 7 }, { "@type": "LikeAction", "@id": "x" }, { "type": "whole" }],
          "suggestedActions": { "to": [null, "", "u"], "actions": [null, {}, { "type": "imBack" }, { "title": "Yes" }, { "type": "imBack", "title": "whole", "image": "", "text": "" }] },
          "membersAdded": [null, { "id": "", "role": "", "aadObjectId": "" }], "membersRemoved": [{}],
          "reactionsAdded": [{ "type": "" }, { "type": "whole" }], "reactionsRemoved": [null]
        }
        """;

    [Fact]
    public async Task What_a_client_has_half_said_is_left_out()
    {
        await using var server = await DirectLineServer.StartAsync();
        var client = await server.StartedClientAsync();

        (await client.PostAsync(HalfSaid)).EnsureSuccessStatusCode();

        var kept = (await (await client.PollAsync()).JsonAsync()).GetProperty("activities")[0];
        kept.GetProperty("attachments").EnumerateArray().Select(a => a.GetRawText()).ShouldBe(
            ["""{"contentType":"application/octet-stream","contentUrl":"https://shop.example/tent"}""", """{"contentType":"text/x-whole"}"""]);
        kept.GetProperty("entities").EnumerateArray().Select(e => e.GetProperty("type").GetString()).ShouldBe(["https://schema.org/LikeAction", "whole"]);
        kept.GetProperty("suggestedActions").GetRawText().ShouldBe("""{"to":["u"],"actions":[{"type":"imBack","title":"whole"}]}""");
        kept.GetProperty("reactionsAdded").EnumerateArray().Select(r => r.GetProperty("type").GetString()).ShouldBe(["whole"]);
        kept.TryGetProperty("name", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_schema_says_what_it_does_not_like()
    {
        const string Valid = """{"type":"message","text":"fine"}""";
        const string Invalid = """{"type":"message","suggestedActions":{"actions":[]}}""";

        await ActivitySchema.CheckAsync([Valid]);
        var exception = await Should.ThrowAsync<InvalidActivityException>(ActivitySchema.CheckAsync([Valid, Invalid, Invalid]));

        exception.Message.ShouldContain("suggestedActions.to: Required (2 times)");
        exception.Message.ShouldContain(Invalid);
        exception.Message.ShouldNotContain(Valid);
    }
}
