using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

public class ActivityJsonTests
{
    [Fact]
    public void Known_and_unknown_fields_at_every_level_survive_a_round_trip()
    {
        const string json = """
            {"type":"message","from":{"id":"u","aadObjectId":"a","mood":{"x":[1,2.50]}},"conversation":{"id":"c","zone":"z"},
             "text":"Grüße 👋 <b>","attachments":[{"contentType":"text/plain","content":{"a":null},"size":7}],
             "entities":[{"type":"ClientCapabilities","requiresBotState":true,"list":[{}]}],
             "suggestedActions":{"to":[],"actions":[{"type":"imBack","title":"t","value":{"v":1e400},"extra":"e"}],"more":1},
             "channelData":{"clientActivityID":"1","deep":{"er":[null]}},"value":[1,"2"],"membersAdded":[{"id":"m"}],
             "reactionsAdded":[{"type":"like","by":"u"}],"somethingNew":{"a":[true]},"nothing":null}
            """;

        var activity = Parse(json);

        var written = JsonNode.Parse(ActivityJson.Serialize(activity));
        JsonNode.DeepEquals(written, JsonNode.Parse(json)).ShouldBeTrue(written!.ToJsonString());
    }

    [Fact]
    public void Text_stays_readable_on_the_wire() =>
        ActivityJson.Serialize(Activity.Message("é 'quoted' & <tag> 👋")).ShouldContain("é 'quoted' & <tag>");

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", "2026-03-02T09:00:00.000Z")]
    [InlineData("2026-03-02T09:00:00.123456+00:00", "2026-03-02T09:00:00.123Z")]
    [InlineData("2026-03-02T09:00:00.5-07:00", "2026-03-02T09:00:00.500-07:00")]
    public void Times_are_written_as_browsers_write_them(string read, string written) =>
        ActivityJson.Serialize(Parse($$"""{"type":"message","localTimestamp":"{{read}}"}""")).ShouldContain($"\"{written}\"");

    [Theory]
    [InlineData("""{"type":5}""", "$.type")]
    [InlineData("""{"from":{"id":[]}}""", "$.from.id")]
    [InlineData("""{"attachments":[{},{"name":1}]}""", "$.attachments[1].name")]
    [InlineData("""{"timestamp":"yesterday"}""", "$.timestamp")]
    [InlineData("""{"timestamp":12}""", "$.timestamp")]
    [InlineData("""{"text":"\ud800"}""", "$.text")]
    [InlineData("""{"text":"\udc00\ud800"}""", "$.text")]
    [InlineData("""{"channelData":{"a":["\ud83d!"]}}""", "$.channelData.a")]
    [InlineData("""{"value":{"x":{"y":1},"z\udfff":2}}""", "$.value")]
    [InlineData("""{"from":{"id":"a"},"name":"\ud83dx"}""", "$.name")]
    [InlineData("""[]""", "$")]
    [InlineData("null", "$")]
    [InlineData("", "$")]
    public void A_fault_says_where_it_is(string json, string path)
    {
        ActivityJson.TryParse(Encoding.UTF8.GetBytes(json), out _, out var fault).ShouldBeFalse();

        fault!.Path.ShouldBe(path);
        fault.Message.ShouldNotContain("SupportBot");
    }

    [Theory]
    [InlineData("""{"type":"message","type":"event"}""")]
    [InlineData("""{"channelData":{"clientActivityID":"1","clientActivityID":"2"}}""")]
    [InlineData("""{"value":{"a":1,"a":2}}""")]
    [InlineData("""{"unknown":{"a":1,"a":2}}""")]
    [InlineData("""{"entities":[{"type":"t","a":1,"a":2}]}""")]
    [InlineData("""{"type":"message",}""")]
    [InlineData("""{"type":"message"} {}""")]
    [InlineData("""{"type":"message" /* hm */}""")]
    [InlineData("""{"type":"mess""")]
    public void What_could_be_read_in_two_ways_is_refused(string json) =>
        ActivityJson.TryParse(Encoding.UTF8.GetBytes(json), out _, out _).ShouldBeFalse();

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        ActivityJson.TryParse([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8], out _, out _).ShouldBeFalse();

    [Fact]
    public void A_byte_order_mark_is_forgiven()
    {
        ActivityJson.TryParse([0xEF, 0xBB, 0xBF, .. "{\"type\":\"message\"}"u8], out var activity, out _).ShouldBeTrue();
        activity!.Type.ShouldBe("message");
    }

    [Fact]
    public void Surrogate_pairs_and_escaped_backslashes_are_text()
    {
        ActivityJson.TryParse("""{"text":"\ud83d\udc4b \\ud800"}"""u8, out var activity, out _).ShouldBeTrue();
        activity!.Text.ShouldBe("👋 \\ud800");
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(5000, false)]
    public void Depth_is_limited(int arrays, bool accepted)
    {
        var json = $$"""{"value":{{new string('[', arrays)}}{{new string(']', arrays)}}}""";

        ActivityJson.TryParse(Encoding.UTF8.GetBytes(json), out _, out _).ShouldBe(accepted);
    }

    [Fact]
    public void Suggested_actions_always_say_whom_they_are_for()
    {
        var json = ActivityJson.Serialize(Activity.Message("?") with { SuggestedActions = SuggestedActions.Replies("Yes", "No") });

        var actions = JsonElement.Parse(json).GetProperty("suggestedActions");
        actions.GetProperty("to").GetArrayLength().ShouldBe(0);
        actions.GetProperty("actions")[1].GetRawText().ShouldBe("""{"type":"imBack","title":"No","value":"No"}""");
        ActivityJson.Serialize(Parse("""{"suggestedActions":{"actions":[]}}""")).ShouldContain("\"to\":[]");
        SuggestedActions.Replies().ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"channelData":{"clientActivityID":"abc"}}""", "abc")]
    [InlineData("""{"channelData":{"clientActivityID":5}}""", null)]
    [InlineData("""{"channelData":{"clientActivityID":""}}""", null)]
    [InlineData("""{"channelData":"clientActivityID"}""", null)]
    [InlineData("""{"channelData":null}""", null)]
    [InlineData("""{}""", null)]
    public void The_clients_id_is_read_where_there_is_one(string json, string? id) => Parse(json).ClientActivityId.ShouldBe(id);

    private static Activity Parse(string json)
    {
        ActivityJson.TryParse(Encoding.UTF8.GetBytes(json), out var activity, out var fault).ShouldBeTrue(fault?.ToString());
        return activity!;
    }
}
