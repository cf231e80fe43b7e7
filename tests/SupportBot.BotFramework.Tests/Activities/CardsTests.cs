using System.Text.Json;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Activities;

public class CardsTests
{
    [Fact]
    public void A_hero_card_has_what_was_given()
    {
        var card = Cards.HeroCard(
            "Tent", "For two", "Light and dry.", [new CardImage("https://shop.example/tent.png", "A tent")], [CardAction.ImBack("Buy")]);

        card.ContentType.ShouldBe("application/vnd.microsoft.card.hero");
        card.Content!.Value.GetRawText().ShouldBe(
            """{"title":"Tent","subtitle":"For two","text":"Light and dry.","images":[{"url":"https://shop.example/tent.png","alt":"A tent"}],"buttons":[{"type":"imBack","title":"Buy","value":"Buy"}]}""");
    }

    [Fact]
    public void What_was_not_given_is_not_there() => Cards.HeroCard("Tent").Content!.Value.GetRawText().ShouldBe("""{"title":"Tent"}""");

    [Fact]
    public void An_adaptive_card_goes_through_as_it_is()
    {
        const string json = """{"type":"AdaptiveCard","version":"1.6","body":[{"type":"TextBlock","text":"é","wrap":true}],"x":[null,1.50]}""";
        var message = Activity.Message("") with { Attachments = [Cards.AdaptiveCard(JsonElement.Parse(json))] };

        var sent = JsonElement.Parse(ActivityJson.Serialize(ActivityJson.Parse(ActivityJson.Serialize(message))));

        var attachment = sent.GetProperty("attachments")[0];
        attachment.GetProperty("contentType").GetString().ShouldBe("application/vnd.microsoft.card.adaptive");
        attachment.GetProperty("content").GetRawText().ShouldBe(json);
    }
}
