using System.Net.Http.Headers;
using System.Text;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests.DirectLine;

public class DamagedActivityTests
{
    /// <summary>Valid activities, damaged at random: whatever comes is stored or refused, and what is stored can be read.</summary>
    [Fact]
    public async Task Damaged_activities_never_break_the_server()
    {
        const string whole = """
            {"type":"message","id":"a","timestamp":"2026-03-02T09:00:00.000Z","from":{"id":"dl_a","name":"Ann","role":"user"},
             "text":"h\u00e9llo \ud83d\udc4b","locale":"en","attachments":[{"contentType":"a/b","content":{"x":[1,2,{"y":null}]}}],
             "entities":[{"type":"ClientCapabilities","z":1.5e3}],"suggestedActions":{"to":[],"actions":[{"type":"imBack"}]},
             "channelData":{"clientActivityID":"c","clientTimestamp":"t"},"value":{"a":true},"membersAdded":[{"id":"x"}],"new":[0]}
            """;
        string[] splinters = ["\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "1e400", "\\ud800", "\u0000", "é", "\uFFFF", "\"type\":"];
        await using var server = await DirectLineServer.StartAsync(options => options.LimitRate = false);
        var client = await server.StartedClientAsync();
        var random = new Random(20260302);
        for (var round = 0; round < 1_500; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Damage(whole, splinters, random)).ToList();
            if (round % 3 == 0)
            {
                bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
            }

            var request = client.Request(HttpMethod.Post, $"/conversations/{client.ConversationId}/activities");
            request.Content = new ByteArrayContent([.. bytes]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBeOneOf([200, 400], Encoding.UTF8.GetString([.. bytes]));
        }

        var watermark = "";
        while (await (await client.PollAsync(watermark)).JsonAsync() is var page && page.GetProperty("watermark").GetString() != watermark)
        {
            watermark = page.GetProperty("watermark").GetString()!;
        }
    }

    private static string Damage(string text, string[] splinters, Random random)
    {
        for (var hits = random.Next(1, 4); hits > 0; hits--)
        {
            var from = random.Next(text.Length);
            var to = Math.Min(text.Length, from + random.Next(0, 12));
            text = random.Next(3) switch
            {
                0 => text.Remove(from, to - from),
                1 => text.Insert(from, text[from..to]),
                _ => string.Concat(text.AsSpan(0, from), splinters[random.Next(splinters.Length)], text.AsSpan(to)),
            };
        }

        return text.Length == 0 ? "{}" : text;
    }
}
