using System.Text.Json;
using System.Text.Json.Nodes;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

public class HandoffEventsTests
{
    [Fact]
    public void A_wish_for_a_human_carries_context_and_transcript()
    {
        var said = ActivityStamp.Apply(
            Activity.Message("Where is my tent?"), "c1", 1, new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

        var wish = HandoffEvents.ToInitiate(new JsonObject { ["skill"] = "returns" }, [said]);

        var json = wish.ToJson();
        json["type"]!.GetValue<string>().ShouldBe("event");
        json["name"]!.GetValue<string>().ShouldBe("handoff.initiate");
        json["value"]!.ToJsonString().ShouldBe("""{"skill":"returns"}""");
        json["attachments"]![0]!["contentType"]!.GetValue<string>().ShouldBe("application/json");
        json["attachments"]![0]!["name"]!.GetValue<string>().ShouldBe("Transcript");
        JsonNode.DeepEquals(json["attachments"]![0]!["content"]!["activities"]![0], said.ToJson()).ShouldBeTrue();

        var read = HandoffEvents.ReadInitiate(ActivityJson.Parse(ActivityJson.Serialize(wish))).ShouldNotBeNull();
        read.Context.GetProperty("skill").GetString().ShouldBe("returns");
        read.Transcript.ShouldHaveSingleItem().Text.ShouldBe("Where is my tent?");
    }

    [Theory]
    [InlineData(HandoffState.Accepted, "accepted")]
    [InlineData(HandoffState.Failed, "failed")]
    [InlineData(HandoffState.Completed, "completed")]
    public void A_hubs_word_comes_back_as_it_was_said(HandoffState state, string name)
    {
        var word = HandoffEvents.ToStatus(new HandoffStatus(state, "Ann is here."));

        word.Value!.Value.GetRawText().ShouldBe($$"""{"state":"{{name}}","message":"Ann is here."}""");
        HandoffEvents.ReadStatus(ActivityJson.Parse(ActivityJson.Serialize(word))).ShouldBe(new HandoffStatus(state, "Ann is here."));
    }

    [Theory]
    [InlineData("""{"type":"event","name":"handoff.status","value":{"state":"Completed","unknown":1}}""", HandoffState.Completed)]
    [InlineData("""{"type":"event","name":"handoff.status","value":{"state":"failed","message":5}}""", HandoffState.Failed)]
    public void Other_spellings_and_fields_are_forgiven(string json, HandoffState state) =>
        HandoffEvents.ReadStatus(ActivityJson.Parse(json)).ShouldBe(new HandoffStatus(state));

    [Theory]
    [InlineData("""{"type":"message","name":"handoff.status","value":{"state":"accepted"}}""")]
    [InlineData("""{"type":"event","name":"handoff","value":{"state":"accepted"}}""")]
    [InlineData("""{"type":"event","name":"handoff.status","value":{"state":"perhaps"}}""")]
    [InlineData("""{"type":"event","name":"handoff.status","value":{"state":1}}""")]
    [InlineData("""{"type":"event","name":"handoff.status","value":"accepted"}""")]
    [InlineData("""{"type":"event","name":"handoff.status"}""")]
    public void What_is_no_word_of_a_hub_is_none(string json) => HandoffEvents.ReadStatus(ActivityJson.Parse(json)).ShouldBeNull();

    [Theory]
    [InlineData("""{"type":"event","name":"handoff.initiate"}""")]
    [InlineData("""{"type":"event","name":"handoff.initiate","value":"text","attachments":[{"name":"Transcript"}]}""")]
    [InlineData("""{"type":"event","name":"handoff.initiate","value":[],"attachments":[{"name":"Transcript","content":{"activities":[5,"x",{"type":7}]}}]}""")]
    public void A_damaged_wish_is_still_a_wish(string json)
    {
        var wish = HandoffEvents.ReadInitiate(ActivityJson.Parse(json)).ShouldNotBeNull();

        wish.Context.ValueKind.ShouldBe(JsonValueKind.Object);
        wish.Transcript.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_is_no_wish() => HandoffEvents.ReadInitiate(Activity.Message("handoff.initiate")).ShouldBeNull();
}
