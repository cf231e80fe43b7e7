using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Learning;
using SupportBot.Tests.Running;
using SupportBot.Tests.Turns;

namespace SupportBot.Tests.Learning;

/// <summary>What agents and customers say becomes labels.</summary>
public sealed class LabelStory(SampleService sample) : IClassFixture<SampleService>
{
    private const string Question = "How long do I have to return something?";

    private Service Service => sample.Service;

    [Fact]
    public async Task An_agent_says_what_a_message_means_and_others_who_look_see_it()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        var sequence = LearningSite.Sequence(await customer.SayAsync("It is for my order, write to eve@example.com or call +353 91 234 5678"));
        await using var agent = await Service.AgentAsync();
        await using var other = await Service.AgentAsync("agent2@demo.test");
        await other.CallAsync("Watch", customer.ConversationId, 0);
        var path = $"/api/console/conversations/{customer.ConversationId}";

        (await PutAsync(agent, customer, sequence, new { intent = "track_order" })).ShouldBe(HttpStatusCode.NoContent);
        await other.EventAsync("ConversationChanged", a => (string?)a[0]!["id"] == customer.ConversationId);
        var correction = (await CorrectionsAsync(other, path)).Single()!;
        ((long)correction["sequence"]!, (string)correction["intent"]!["name"]!, (string)correction["by"]!).ShouldBe((sequence, "track_order", "Maeve"));
        (await other.CallAsync("Watch", customer.ConversationId, 0))!["conversation"]!["corrections"]!.AsArray().Count.ShouldBe(1);

        (await PutAsync(other, customer, sequence, new { noneOfThem = true })).ShouldBe(HttpStatusCode.NoContent);
        (await CorrectionsAsync(agent, path)).Single()!["intent"].ShouldBeNull();
        await using var db = await Service.DatabaseAsync();
        var labels = await db.Labels.Where(l => l.ConversationId == customer.ConversationId).OrderBy(l => l.Id).ToListAsync();
        labels.Select(l => (l.Intent, l.By, l.Current)).ShouldBe([("track_order", "Maeve", false), (null, "Tomás", true)]);
        labels[1].Text.ShouldNotContain("eve@example.com");
        labels[1].Text.ShouldNotContain("234");

        (await agent.Http.DeleteAsync($"{path}/activities/{sequence}/intent")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await CorrectionsAsync(agent, path)).ShouldBeEmpty();
        (await agent.Http.DeleteAsync($"{path}/activities/{sequence}/intent")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_cannot_be_labelled_is_refused_with_the_field()
    {
        var customer = await Service.CustomerAsync();
        var answer = await customer.AskAsync(Question);
        var asked = LearningSite.Sequence((string)answer["replyToId"]!);
        var wordless = LearningSite.Sequence(await customer.SayAsync("?!"));
        await using var agent = await Service.AgentAsync();
        async Task Refused(object body, HttpStatusCode status, string field, object? sequence = null, string? conversation = null)
        {
            using var response = await agent.Http.PutAsync(
                $"/api/console/conversations/{conversation ?? customer.ConversationId}/activities/{sequence ?? asked}/intent", System.Net.Http.Json.JsonContent.Create(body));
            response.StatusCode.ShouldBe(status);
            ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["field"]).ShouldBe(field);
        }

        await Refused(new { intent = "no_such_intent" }, HttpStatusCode.BadRequest, "intent");
        await Refused(new { intent = new string('x', 257) }, HttpStatusCode.BadRequest, "intent");
        await Refused(new { intent = "track_order", noneOfThem = true }, HttpStatusCode.BadRequest, "intent");
        await Refused(new { }, HttpStatusCode.BadRequest, "intent");
        await Refused(new { noneOfThem = true }, HttpStatusCode.BadRequest, "sequence", wordless);
        await Refused(new { noneOfThem = true }, HttpStatusCode.NotFound, "sequence", LearningSite.Sequence((string)answer["id"]!));
        await Refused(new { noneOfThem = true }, HttpStatusCode.NotFound, "sequence", 999);
        await Refused(new { noneOfThem = true }, HttpStatusCode.NotFound, "id", conversation: "nowhere");
        using var garbage = await agent.Http.PutAsync($"/api/console/conversations/{customer.ConversationId}/activities/{asked}/intent", new StringContent("{", null, "application/json"));
        garbage.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_thumb_up_labels_answer_and_question_and_a_thumb_down_takes_the_meaning_back()
    {
        var customer = await Service.CustomerAsync();
        var answer = await customer.AskAsync(Question);
        await ThumbAsync(customer, answer, "LikeAction");

        var liked = await LabelsAsync(customer, 2);
        liked.ShouldAllBe(l => l.Source == LabelSource.Thumb && l.Text == Question && l.By == null);
        var right = liked.Single(l => l.Kind == LabelKind.Answer);
        (right.Right, right.Sequence).ShouldBe((true, LearningSite.Sequence((string)answer["id"]!)));
        right.Article.ShouldNotBeNull();
        var meaning = liked.Single(l => l.Kind == LabelKind.Intent);
        meaning.Intent.ShouldNotBeNull();
        meaning.Sequence.ShouldBe(LearningSite.Sequence((string)answer["replyToId"]!));

        await ThumbAsync(customer, answer, "DislikeAction");
        (await LabelsAsync(customer, 1)).ShouldAllBe(l => l.Kind == LabelKind.Answer && l.Right == false);
    }

    [Fact]
    public async Task An_agents_word_stands_against_a_thumb()
    {
        var customer = await Service.CustomerAsync();
        var answer = await customer.AskAsync(Question);
        await using var agent = await Service.AgentAsync();
        (await PutAsync(agent, customer, LearningSite.Sequence((string)answer["replyToId"]!), new { intent = "track_order" })).ShouldBe(HttpStatusCode.NoContent);

        await ThumbAsync(customer, answer, "LikeAction");

        var labels = await LabelsAsync(customer, 2);
        labels.Single(l => l.Kind == LabelKind.Intent).ShouldSatisfyAllConditions(l => l.Intent.ShouldBe("track_order"), l => l.Source.ShouldBe(LabelSource.Agent));
        labels.Single(l => l.Kind == LabelKind.Answer).Source.ShouldBe(LabelSource.Thumb);
    }

    [Theory]
    [InlineData("That solved it", true)]
    [InlineData("Talk to a person", false)]
    [InlineData("That did not help", false)]
    [InlineData("Please open a ticket", false)]
    public async Task What_a_customer_does_next_says_what_the_answer_was_worth(string next, bool right)
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync(Question);
        await customer.AskAsync(next);

        var labels = await LabelsAsync(customer, right ? 2 : 1);
        labels.ShouldAllBe(l => l.Source == LabelSource.Outcome);
        labels.Single(l => l.Kind == LabelKind.Answer).Right.ShouldBe(right);
    }

    [Fact]
    public async Task Another_question_and_a_step_without_an_answer_before_say_nothing()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync(Question);
        await customer.AskAsync("What does delivery cost?");
        var escalated = await Service.CustomerAsync();
        await escalated.AskAsync("Talk to a person");

        await using var db = await Service.DatabaseAsync();
        (await db.Feedback.AnyAsync(f => f.ConversationId == customer.ConversationId || f.ConversationId == escalated.ConversationId)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_thumb_for_a_question_that_goes_on_with_the_one_before_is_no_label()
    {
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("What does delivery to Ireland cost?");
        var answer = await customer.AskAsync("And for Norway?");
        await using var db = await Service.DatabaseAsync();
        var (conversation, sequence) = (customer.ConversationId, LearningSite.Sequence((string)answer["id"]!));
        db.Feedback.Add(new AnswerFeedback { ConversationId = conversation, AnswerSequence = sequence, Liked = true, At = DateTimeOffset.UnixEpoch });
        await db.SaveChangesAsync();

        await Eventually.HoldsAsync(() => db.Feedback.AnyAsync(f => f.ConversationId == conversation && !f.Unlabelled), "the thumb to be taken up");
        (await db.Labels.AnyAsync(l => l.ConversationId == conversation)).ShouldBeFalse();
    }

    [Fact]
    public async Task Labels_are_listed_a_page_at_a_time_by_source()
    {
        using var manager = await Agent.SignInAsync(Service.BaseAddress, "manager@demo.test");
        var customer = await Service.CustomerAsync();
        await customer.AskAsync("Talk to a person");
        await using var agent = await Service.AgentAsync();
        foreach (var text in (string[])["first wording of it", "second wording of it", "third wording of it"])
        {
            await PutAsync(agent, customer, LearningSite.Sequence(await customer.SayAsync(text)), new { noneOfThem = true });
        }

        var first = await PageAsync(manager, "source=agent&limit=2");
        var second = await PageAsync(manager, $"source=agent&limit=2&cursor={first["nextCursor"]}");
        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Take(3).Select(i => (string)i!["text"]!)
            .ShouldBe(["third wording of it", "second wording of it", "first wording of it"]);
        (await PageAsync(manager, "source=outcome"))["items"]!.AsArray().ShouldAllBe(i => (string?)i!["source"] == "outcome");
        foreach (var (query, field) in ((string, string)[])[("source=stranger", "source"), ("source=7", "source"), ("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")])
        {
            using var response = await manager.GetAsync($"/api/console/learning/labels?{query}");
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["field"]).ShouldBe(field);
        }
    }

    [Fact]
    public async Task The_curve_rests_on_the_companys_own_questions()
    {
        using var manager = await Agent.SignInAsync(Service.BaseAddress, "manager@demo.test");
        var confidence = JsonNode.Parse(await manager.GetStringAsync("/api/console/learning"))!["confidence"]!;

        ((int)confidence["questions"]!).ShouldBeGreaterThan((int)confidence["fewest"]!);
        confidence["curve"]!.AsArray().Count.ShouldBeInRange(20, 240);
        ((double)confidence["wantedWrong"]!).ShouldBe(0.03);
    }

    private static async Task<JsonNode> PageAsync(HttpClient manager, string query) => JsonNode.Parse(await manager.GetStringAsync($"/api/console/learning/labels?{query}"))!;

    private static async Task<HttpStatusCode> PutAsync(Agent agent, Customer customer, long sequence, object body)
    {
        using var response = await agent.Http.PutAsync(
            $"/api/console/conversations/{customer.ConversationId}/activities/{sequence}/intent", System.Net.Http.Json.JsonContent.Create(body));
        return response.StatusCode;
    }

    private static async Task<JsonArray> CorrectionsAsync(Agent agent, string path) => JsonNode.Parse(await agent.Http.GetStringAsync(path))!["corrections"]!.AsArray();

    /// <summary>The labels that stand, as soon as all that is known of the conversation has been taken up.</summary>
    private async Task<List<LabelledExample>> LabelsAsync(Customer customer, int count)
    {
        await using var db = await Service.DatabaseAsync();
        await Eventually.HoldsAsync(
            async () => !await db.Feedback.AnyAsync(f => f.ConversationId == customer.ConversationId && f.Unlabelled), "all thumbs to be taken up");
        return await Eventually.GetAsync(
            async () => await db.Labels.AsNoTracking().Where(l => l.ConversationId == customer.ConversationId && l.Current).ToListAsync() is { } labels && labels.Count == count ? labels : null,
            $"{count} labels");
    }

    private static Task ThumbAsync(Customer customer, JsonObject answer, string type)
    {
        var action = answer["entities"]!.AsArray().Single(e => e!["potentialAction"] is not null)!["potentialAction"]!.AsArray().Single(a => (string?)a!["@type"] == type)!;
        return customer.PostAsync(new JsonObject { ["type"] = "event", ["name"] = "webchat:activity-status/feedback", ["value"] = action.DeepClone() });
    }
}
