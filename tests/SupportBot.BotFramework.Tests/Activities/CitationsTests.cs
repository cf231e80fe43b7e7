using System.Text.Json;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

public class CitationsTests
{
    private static readonly Citation Delivery = new(1, "Delivery", "https://shop.example/help/delivery", "We deliver.");

    [Fact]
    public void A_cited_message_has_definitions_and_the_entity_that_web_chat_reads()
    {
        var cited = Activity.Message("Two days [1].").Cite([Delivery], "42");

        cited.Text.ShouldBe("Two days [1].\n\n[1]: https://shop.example/help/delivery \"Delivery\"");
        var entity = JsonElement.Parse(ActivityJson.Serialize(cited)).GetProperty("entities")[0];
        entity.GetProperty("type").GetString().ShouldBe("https://schema.org/Message");
        entity.GetProperty("@type").GetString().ShouldBe("Message");
        entity.GetProperty("@context").GetString().ShouldBe("https://schema.org");
        entity.GetProperty("@id").GetString().ShouldBe("");
        entity.GetProperty("additionalType")[0].GetString().ShouldBe("AIGeneratedContent");
        entity.GetProperty("keywords")[0].GetString().ShouldBe("AIGeneratedContent");
        entity.GetProperty("citation")[0].GetRawText().ShouldBe(
            """{"@type":"Claim","position":1,"appearance":{"@type":"DigitalDocument","name":"Delivery","url":"https://shop.example/help/delivery","abstract":"We deliver."}}""");
        entity.GetProperty("potentialAction").GetRawText().ShouldBe(
            """[{"@type":"LikeAction","@id":"42"},{"@type":"DislikeAction","@id":"42"}]""");
    }

    [Fact]
    public void Without_sources_the_label_remains_and_without_an_id_there_are_no_thumbs()
    {
        var labelled = Activity.Message("Hm.").Cite([]);

        labelled.Text.ShouldBe("Hm.");
        var properties = labelled.Entities!.ShouldHaveSingleItem().Properties!;
        properties.Keys.ShouldContain("keywords");
        properties.ContainsKey("potentialAction").ShouldBeFalse();
    }

    [Theory]
    [InlineData("The \"best\" \\ tent", "The \\\"best\\\" \\\\ tent")]
    [InlineData("Two\nlines\u2028here", "Two lines here")]
    public void Titles_cannot_break_out_of_their_quotes(string title, string written) =>
        Citations.Definitions([Delivery with { Title = title }])
            .ShouldBe($"[1]: https://shop.example/help/delivery \"{written}\"");

    [Fact]
    public void Addresses_cannot_end_early() =>
        Citations.Definitions([Delivery with { Url = "https://x.example/a b\"c<d>\n" }])
            .ShouldBe("[1]: https://x.example/a%20b%22c%3Cd%3E%0A \"Delivery\"");

    [Fact]
    public void Several_sources_stand_on_lines_of_their_own() =>
        Citations.Definitions([Delivery, new Citation(2, "B", "https://b.example")])
            .ShouldBe("[1]: https://shop.example/help/delivery \"Delivery\"\n[2]: https://b.example \"B\"");

    [Theory]
    [InlineData("LikeAction", true)]
    [InlineData("DislikeAction", false)]
    public void A_thumb_comes_back_with_its_id(string type, bool liked) =>
        Feedback.From(Thumb($$"""{"@type":"{{type}}","@id":"42","actionStatus":"CompletedActionStatus"}"""))
            .ShouldBe(new Feedback("42", liked));

    [Theory]
    [InlineData("""{"@type":"LikeAction"}""")]
    [InlineData("""{"@type":"LikeAction","@id":5}""")]
    [InlineData("""{"@type":5,"@id":"42"}""")]
    [InlineData("""{"@type":"WatchAction","@id":"42"}""")]
    [InlineData("""[]""")]
    [InlineData("null")]
    public void What_is_no_thumb_is_none(string value) => Feedback.From(Thumb(value)).ShouldBeNull();

    private static Activity Thumb(string value) => ActivityJson.Parse(
        $$"""{"type":"event","name":"webchat:activity-status/feedback","value":{{value}}}""");
}
