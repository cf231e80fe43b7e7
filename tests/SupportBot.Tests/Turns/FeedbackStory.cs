using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Turns;

/// <summary>Thumbs, as Web Chat sends them.</summary>
public sealed class FeedbackStory(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_thumb_is_bound_to_the_answer_that_it_judges_and_agents_read_of_it()
    {
        var customer = await sample.Service.CustomerAsync();
        await customer.AskAsync("What does delivery cost?");
        var answer = await customer.AskAsync("How long do I have to return something?");
        var action = answer["entities"]!.AsArray().Single(e => e!["potentialAction"] is not null)!["potentialAction"]!.AsArray()
            .Single(a => (string?)a!["@type"] == "DislikeAction")!;

        await customer.PostAsync(Thumb(action));
        await using var db = await sample.Service.DatabaseAsync();
        var kept = await Eventually.GetAsync(() => db.Feedback.AsNoTracking().FirstOrDefaultAsync(f => f.ConversationId == customer.ConversationId), "the thumb");
        kept.Liked.ShouldBeFalse();
        kept.AnswerSequence.ShouldBe(answer["channelData"]!["webchat:sequence-id"]!.GetValue<long>());

        action["@type"] = "LikeAction";
        await customer.PostAsync(Thumb(action));
        await Eventually.HoldsAsync(() => db.Feedback.AnyAsync(f => f.ConversationId == customer.ConversationId && f.Liked), "the changed mind");
        (await db.Feedback.CountAsync(f => f.ConversationId == customer.ConversationId)).ShouldBe(1);

        await using var agent = await sample.Service.AgentAsync();
        var texts = (await agent.CallAsync("Watch", customer.ConversationId, 0))!["page"]!["items"]!.AsArray().Select(i => (string)i!["text"]!).ToList();
        texts[^2..].ShouldBe(["The customer marked an answer as not helpful.", "The customer marked an answer as helpful."], Case.Sensitive);
    }

    [Fact]
    public async Task A_thumb_for_something_else_than_the_bots_words_is_nobodys()
    {
        var other = await sample.Service.CustomerAsync();
        var elsewhere = await other.AskAsync("How long do I have to return something?");
        var customer = await sample.Service.CustomerAsync();
        var own = await customer.SayAsync("How long do I have to return something?");
        foreach (var id in (string[])[own, (string)elsewhere["id"]!, "nothing", ""])
        {
            await customer.PostAsync(Thumb(new JsonObject { ["@type"] = "LikeAction", ["@id"] = id }));
        }

        await customer.AskAsync("What does delivery cost?");
        await using var db = await sample.Service.DatabaseAsync();
        await Eventually.HoldsAsync(() => db.Activities.AllAsync(a => a.ConversationId != customer.ConversationId || !a.Pending), "the end of all turns");
        (await db.Feedback.AnyAsync(f => f.ConversationId == customer.ConversationId || f.ConversationId == other.ConversationId)).ShouldBeFalse();
    }

    private static JsonObject Thumb(JsonNode action) => new()
    {
        ["type"] = "event",
        ["name"] = "webchat:activity-status/feedback",
        ["value"] = action.DeepClone(),
    };
}
