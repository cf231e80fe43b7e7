using SupportBot.Answers;
using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Answers;

public sealed class DecisionRulesTests : IDisposable
{
    private const double Threshold = 0.6;

    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Friday = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);

    private readonly SmallCompany _files = new();
    private readonly CompanyReading _company;
    private readonly DecisionRules _rules;

    public DecisionRulesTests()
    {
        var problems = new FileProblems();
        _company = CompanyReading.Read(_files.Folder, problems) ?? throw new InvalidOperationException(string.Join('\n', problems.Found));
        _rules = new DecisionRules(_company, BusinessHours.Of(_company.Facts), new AnswerOptions(), Threshold);
    }

    private static DialogueState AskedForOrder { get; } = DialogueState.Start with
    {
        Intent = "damaged_item",
        Question = "my stove is broken",
        AskedSlot = "order_number",
    };

    private static DialogueState AskedForNote { get; } = AskedForOrder with
    {
        AskedSlot = "note",
        Fields = new Dictionary<string, string> { ["order_number"] = "TT-123456", ["email"] = "a@b.example" },
    };

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_text_without_words_is_asked_for_again() =>
        Assert.Equal(ReasonCode.EmptyText, Assert.IsType<Decision.SmallTalk>(Decide("?!")).ReasonCode);

    [Theory]
    [InlineData("give me a human", "contact_human_agent")]
    [InlineData("Talk to a person", null)]
    public void Whoever_asks_for_a_human_gets_one(string text, string? intent)
    {
        var escalation = Assert.IsType<Decision.Escalate>(Decide(text, intent));
        Assert.Equal((ReasonCode.AskedForHuman, "general", Priority.High), (escalation.ReasonCode, escalation.Queue, escalation.Priority));
    }

    [Fact]
    public void An_answer_that_settled_it_ends_the_topic_and_without_an_answer_the_words_mean_nothing()
    {
        var answered = DialogueState.Start with { LastArticle = "returns" };
        Assert.Equal(ReasonCode.Solved, Decide("That solved it!", state: answered).ReasonCode);
        Assert.NotEqual(ReasonCode.Solved, Decide("That solved it!").ReasonCode);
    }

    [Fact]
    public void A_human_asked_for_while_collecting_gets_what_was_collected()
    {
        var escalation = Assert.IsType<Decision.Escalate>(Decide("Talk to a person", state: AskedForNote));
        Assert.Equal("TT-123456", escalation.Fields["order_number"]);
        Assert.Equal("orders", escalation.Queue);
        Assert.Contains("my stove is broken", escalation.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sure_answer_quotes_the_article_and_cites_it()
    {
        var answer = Assert.IsType<Decision.Answer>(Decide("return unused item", "refund_policy", ["refund-policy"], 0.9));
        Assert.Contains("within 30 days", answer.Text, StringComparison.Ordinal);
        Assert.Contains("underwear is excluded", answer.Text, StringComparison.Ordinal);
        Assert.EndsWith("[1]", answer.Text, StringComparison.Ordinal);
        Assert.Equal((1, "refund-policy"), (answer.Citations[0].Position, answer.Citations[0].Slug));
        Assert.Equal("refund-policy", answer.Next.LastArticle);
        Assert.Equal(Threshold, answer.Evidence.Threshold);
    }

    [Fact]
    public void A_list_is_quoted_whole_with_what_announces_it()
    {
        var answer = Assert.IsType<Decision.Answer>(Decide("what do guests need, the email address?", "track_order", ["tracking"], 0.9));
        Assert.Contains("Guests need:\n\n- the order number\n- the email address", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_talk_is_answered_with_its_reply() =>
        Assert.Equal("Hello! I'm Ada, a bot.", Assert.IsType<Decision.SmallTalk>(Decide("hello", "greeting")).Text);

    [Fact]
    public void A_case_for_the_team_is_collected_for_and_then_becomes_a_ticket()
    {
        var first = Assert.IsType<Decision.Collect>(Decide("my stove TT-654321 is broken", "damaged_item"));
        Assert.Equal(("email", ReasonCode.WorkflowNeverAnswers), (first.Slot, first.ReasonCode));
        var second = Assert.IsType<Decision.Collect>(Decide("it's jo@mail.example", state: first.Next));
        Assert.Equal("note", second.Slot);
        var ticket = Assert.IsType<Decision.OpenTicket>(Decide("skip", state: second.Next));
        Assert.Equal("TT-654321", ticket.Fields["order_number"]);
        Assert.Equal("jo@mail.example", ticket.Fields["email"]);
        Assert.False(ticket.Fields.ContainsKey("note"));
        Assert.Equal(("orders", Priority.High), (ticket.Queue, ticket.Priority));
        Assert.StartsWith("Damaged item: my stove TT-654321 is broken", ticket.Subject, StringComparison.Ordinal);
        Assert.Null(ticket.Next.AskedSlot);
    }

    [Fact]
    public void A_value_that_does_not_fit_is_asked_for_twice_more_and_then_a_human_comes()
    {
        var again = Assert.IsType<Decision.Collect>(Decide("dunno", state: AskedForOrder));
        Assert.NotNull(again.WhyAgain);
        var third = Assert.IsType<Decision.Collect>(Decide("dunno", state: again.Next));
        Assert.Equal(ReasonCode.SlotGivenUp, Assert.IsType<Decision.Escalate>(Decide("dunno", state: third.Next)).ReasonCode);
    }

    [Fact]
    public void Never_mind_ends_the_collecting()
    {
        var decision = Decide("never mind", state: AskedForOrder);
        Assert.Equal((ReasonCode.Cancelled, null), (decision.ReasonCode, decision.Next.AskedSlot));
    }

    [Fact]
    public void An_earlier_value_can_be_corrected()
    {
        var decision = Assert.IsType<Decision.Collect>(Decide("sorry, it is TT-999999", state: AskedForNote));
        Assert.Equal((ReasonCode.SlotCorrected, "note", "TT-999999"), (decision.ReasonCode, decision.Slot, decision.Next.Fields["order_number"]));
    }

    [Fact]
    public void Another_question_ends_the_collecting() =>
        Assert.IsType<Decision.Answer>(Decide("how do I dry a tent?", "tent_care", ["tent-care"], 0.9, AskedForOrder));

    [Fact]
    public void A_card_number_is_not_kept() =>
        Assert.Equal("paid with [card]", Assert.IsType<Decision.OpenTicket>(Decide("paid with 4111 1111 1111 1111", state: AskedForNote)).Fields["note"]);

    [Fact]
    public void An_answer_that_did_not_help_brings_a_human()
    {
        var state = DialogueState.Start with { LastArticle = "tracking", Intent = "track_order", Question = "where is it" };
        var escalation = Assert.IsType<Decision.Escalate>(Decide("that didn't help", state: state));
        Assert.Equal((ReasonCode.NotHelped, "orders", "Track an order: where is it"), (escalation.ReasonCode, escalation.Queue, escalation.Subject));
    }

    [Fact]
    public void Two_plausible_readings_are_asked_back_once()
    {
        var inquiry = Inquiry("about my thing", ("track_order", 0.4), ("refund_policy", 0.35));
        var back = Assert.IsType<Decision.AskBack>(_rules.Decide(TurnOf("about my thing", inquiry, ["tracking", "refund-policy"], 0.4, DialogueState.Start)));
        Assert.Equal(["Track an order", "Refund rules", Cues.TalkToPerson], back.Options.Select(o => o.Title));
        var after = _rules.Decide(TurnOf("still the thing", inquiry, ["tracking", "refund-policy"], 0.4, back.Next));
        Assert.Equal(ReasonCode.LowConfidence, Assert.IsType<Decision.Escalate>(after).ReasonCode);
    }

    [Fact]
    public void A_reading_that_is_chosen_is_answered_even_below_the_threshold()
    {
        var turn = TurnOf("Track an order", Inquiry("my thing", ("track_order", 1)), ["tracking"], 0.2, DialogueState.Start) with
        {
            Chosen = new ReplyOption("Track an order", "Track an order", Intent: "track_order"),
        };
        Assert.Equal(ReasonCode.ReadingChosen, Assert.IsType<Decision.Answer>(_rules.Decide(turn)).ReasonCode);
    }

    [Theory]
    [InlineData(0.05, ReasonCode.OutOfScope)]
    [InlineData(0.45, ReasonCode.LowConfidence)]
    public void What_the_bot_cannot_answer_goes_to_a_human(double probability, ReasonCode reason)
    {
        var turn = TurnOf("quarks", Inquiry("quarks", ("track_order", 0.1)), ["tracking"], probability, DialogueState.Start);
        var escalation = Assert.IsType<Decision.Escalate>(_rules.Decide(turn));
        Assert.Equal((reason, "general"), (escalation.ReasonCode, escalation.Queue));
    }

    [Fact]
    public void Words_that_the_company_never_uses_are_not_answered_however_sure_the_figures_are()
    {
        var turn = TurnOf("quarks", Inquiry("quarks", ("track_order", 0.1)), ["tracking"], 0.9, DialogueState.Start);
        var strange = turn with { Ranked = [turn.Ranked[0] with { Features = turn.Ranked[0].Features with { Familiar = 0 } }] };
        Assert.IsType<Decision.Answer>(_rules.Decide(turn));
        Assert.Equal(ReasonCode.OutOfScope, Assert.IsType<Decision.Escalate>(_rules.Decide(strange)).ReasonCode);
    }

    [Fact]
    public void Without_any_passage_the_reason_says_so() =>
        Assert.Equal(ReasonCode.NoPassage, _rules.Decide(TurnOf("quarks", Inquiry("quarks"), [], 0, DialogueState.Start)).ReasonCode);

    [Fact]
    public void A_certain_intent_without_an_answer_follows_its_workflow_to_a_ticket() =>
        Assert.IsType<Decision.OpenTicket>(Decide("refund rules for gifts", "refund_policy", ["refund-policy"], 0.4));

    [Fact]
    public void A_customer_who_asks_for_a_ticket_gets_one_about_the_last_question()
    {
        var state = DialogueState.Start with { Question = "where is my tent", Intent = "track_order" };
        var ticket = Assert.IsType<Decision.OpenTicket>(Decide("please open a ticket", state: state));
        Assert.Equal(("orders", "Track an order: where is my tent"), (ticket.Queue, ticket.Subject));
        var asked = Assert.IsType<Decision.Collect>(Decide("open a ticket"));
        Assert.Equal("it is about a lost glove", Assert.IsType<Decision.OpenTicket>(Decide("it is about a lost glove", state: asked.Next)).Fields["description"]);
    }

    [Fact]
    public void Outside_opening_hours_the_customer_learns_when_the_team_is_back()
    {
        var closed = _rules.Decide(TurnOf("Talk to a person", Inquiry("x"), [], 0, DialogueState.Start) with { Now = Friday });
        Assert.Contains("back on Monday at 09:00", closed.Text, StringComparison.Ordinal);
        Assert.Contains("kept", closed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("back on", Decide("Talk to a person").Text, StringComparison.Ordinal);
    }

    private Decision Decide(string text, string? intent = null, string[]? slugs = null, double probability = 0, DialogueState? state = null) =>
        _rules.Decide(TurnOf(
            text, intent is null ? Inquiry(text, ("track_order", 0.1)) : Inquiry(text, (intent, 0.9)), slugs ?? [], probability, state ?? DialogueState.Start));

    private Inquiry Inquiry(string text, params (string Intent, double Probability)[] predictions) => new(
        text, [.. predictions.Select(p => new IntentPrediction(_company.Intents.Single(i => i.Name == p.Intent), p.Probability))], 1, 1);

    private Turn TurnOf(string text, Inquiry inquiry, string[] slugs, double probability, DialogueState state)
    {
        var features = new RankFeatures(1, 1, 1, 1, 1, 1, 1, 1, 1);
        var ranked = slugs.Select((slug, i) => _company.Articles.Single(a => a.Slug == slug)).Select((article, i) => new RankedArticle(
            article, 5 - (2 * i), features, 4 - (2 * i), [.. article.Passages.Select(p => new RankedPassage(p, 5 - (2 * i), features))]));
        return new Turn(text, inquiry, [.. ranked], probability, null, state, Monday);
    }
}
