using SupportBot.Answers;
using SupportBot.Workflows;

namespace SupportBot.Tests.Workflows;

/// <summary>Processes, decided without a database and without a line to anywhere.</summary>
public sealed class ProcessTests : IDisposable
{
    private const string OrderStatus =
        """
        name: order_status
        title: Order status
        articles: [tracking]
        examples: [my order please, order state, how far is it, is it packed, did it leave]
        workflow:
          answer: automatic
          otherwise: human
          queue: orders
          priority: normal
          own_case: [where is my order]
          collect:
            - { name: order_number, prompt: "Which order?", pattern: 'TT-\d{6}' }
          lookups:
            - name: order
              url: "https://api.acme.example/orders/{order_number}"
              variables: { status: $.status, eta: $.eta }
              slot: order_number
              not_found: "There is no order {order_number}."
          say:
            - { when: { status: shipped }, text: "Order {order_number} arrives on {eta}." }
            - { when: { status: lost }, text: "Order {order_number} is lost." }
        """;

    private const string BrokenItem =
        """
        name: broken_item
        title: Broken item
        articles: []
        examples: [snapped in two, it cracked open, my pole snapped, the zip came off, handle fell off]
        workflow:
          answer: never
          otherwise: ticket
          queue: orders
          priority: normal
          collect:
            - { name: order_number, prompt: "Which order?", pattern: 'TT-\d{6}' }
            - { name: bought, type: date, past: true, prompt: "When did you buy it?", invalid: "I need a day that has been." }
            - { name: part, type: choice, choices: [Pole, Zip], prompt: "Which part?" }
            - { name: photo, type: attachment, optional: true, prompt: "A photo?" }
            - { name: email, type: email, prompt: "Which address?" }
          lookups:
            - name: order
              url: "https://api.acme.example/orders/{order_number}"
              variables: { item: $.item }
              fallback: ticket
          ticket:
            when: always
            queue: general
            priority: urgent
            tags: [broken]
            fields: { "Order no.": "{order_number}", Item: "{item}", Never: "{page_url}" }
            assignee: ann
        """;

    private readonly Dialogue _dialogue = new(("intents/order_status.yaml", OrderStatus), ("intents/broken_item.yaml", BrokenItem));

    public void Dispose() => _dialogue.Dispose();

    [Fact]
    public void A_case_of_ones_own_is_looked_up_and_told()
    {
        _dialogue.System = Shipped;

        var asked = _dialogue.Say("where is my order", "order_status", "tracking").ShouldBeOfType<Decision.Collect>();
        asked.Text.ShouldBe("I'll look that up for you. Which order?");
        var told = _dialogue.Say("TT-123456").ShouldBeOfType<Decision.Tell>();

        told.Text.ShouldBe("Order TT-123456 arrives on 25 November 2026.");
        told.ReasonCode.ShouldBe(ReasonCode.LookedUp);
        _dialogue.Asked.ShouldHaveSingleItem().Values.ShouldBe(new Dictionary<string, string> { ["order_number"] = "TT-123456" });
        _dialogue.Say("That solved it").ReasonCode.ShouldBe(ReasonCode.Solved);
    }

    [Fact]
    public void How_it_works_in_general_is_answered_from_the_article() =>
        _dialogue.Say("how do I track my order", "order_status", "tracking").ShouldBeOfType<Decision.Answer>();

    [Fact]
    public void A_number_in_the_question_makes_it_a_case_of_ones_own()
    {
        _dialogue.System = Shipped;
        _dialogue.Say("status of tt-123456 please", "order_status", "tracking").ShouldBeOfType<Decision.Tell>();
    }

    [Fact]
    public void After_the_article_the_number_alone_is_looked_up_and_so_is_a_corrected_one()
    {
        _dialogue.System = Shipped;
        _dialogue.Say("how do I track my order", "order_status", "tracking");
        _dialogue.Say("TT-123456").Text.ShouldContain("TT-123456 arrives");
        _dialogue.Say("sorry, I meant TT-999999").Text.ShouldContain("TT-999999 arrives");
    }

    [Fact]
    public void A_number_that_the_system_does_not_know_is_refused_with_the_reason_and_then_a_human_comes()
    {
        _dialogue.Say("where is my order TT-000001", "order_status").Text.ShouldStartWith("There is no order TT-000001.");
        _dialogue.Say("TT-000002").Text.ShouldStartWith("There is no order TT-000002.");
        var human = _dialogue.Say("TT-000003").ShouldBeOfType<Decision.Escalate>();
        human.ReasonCode.ShouldBe(ReasonCode.SlotGivenUp);
        human.Fields["order_number"].ShouldBe("TT-000003");
    }

    [Fact]
    public void A_system_that_does_not_answer_and_an_answer_that_says_nothing_bring_a_human()
    {
        _dialogue.System = _ => new LookupOutcome.Failed("the line broke.");
        _dialogue.Say("where is my order TT-000001", "order_status").ShouldBeOfType<Decision.Escalate>().ReasonCode.ShouldBe(ReasonCode.LookUpFailed);
        _dialogue.State = DialogueState.Start;
        _dialogue.System = _ => Found(("status", "shipped"));
        _dialogue.Say("where is my order TT-000001", "order_status").ShouldBeOfType<Decision.Escalate>().ReasonCode.ShouldBe(ReasonCode.LookUpFailed);
    }

    [Fact]
    public void What_a_system_says_cannot_format_link_or_command()
    {
        _dialogue.System = _ => Found(("status", "shipped"), ("eta", "[**now**](https://evil.example) <script>"));
        _dialogue.Say("where is my order TT-000001", "order_status").Text.ShouldBe("Order TT-000001 arrives on now((link left out) script.");
    }

    [Fact]
    public void Everything_collected_and_looked_up_goes_into_the_ticket()
    {
        _dialogue.System = _ => Found(("item", "Tarn 2 tent"));
        _dialogue.Say("my pole snapped, order TT-123456", "broken_item").Text.ShouldContain("When did you buy it?");
        _dialogue.Say("tomorrow").Text.ShouldStartWith("I need a day that has been.");
        var part = _dialogue.Say("last friday").ShouldBeOfType<Decision.Collect>();
        part.Choices.ShouldBe(["Pole", "Zip"]);
        _dialogue.Say("the pole").Text.ShouldBe("Thanks. A photo?");
        _dialogue.Say("", files: "pole.png").Text.ShouldBe("Thanks. Which address?");
        var ticket = _dialogue.Say("ann@example.com").ShouldBeOfType<Decision.OpenTicket>();

        ticket.Queue.ShouldBe("general");
        ticket.Priority.ShouldBe(Priority.Urgent);
        ticket.Tags.ShouldBe(["broken"]);
        ticket.Assignee.ShouldBe("ann");
        ticket.CustomFields.ShouldBe(new Dictionary<string, string> { ["Order no."] = "TT-123456", ["Item"] = "Tarn 2 tent" });
        ticket.Fields["bought"].ShouldBe("2026-11-20");
        ticket.Fields["photo"].ShouldBe("pole.png");
        ticket.Summary.ShouldBe(
            "Broken item: \"my pole snapped, order TT-123456\". The customer gave order number TT-123456, bought 2026-11-20, part Pole, photo pole.png, email ann@example.com. Looked up item Tarn 2 tent.");
    }

    [Fact]
    public void A_look_up_that_fails_can_leave_the_rest_to_the_ticket()
    {
        _dialogue.System = _ => new LookupOutcome.Failed("it took too long.");
        _dialogue.Say("my pole snapped, order TT-123456", "broken_item").Text.ShouldBe("I could not look that up just now. When did you buy it?");
        _dialogue.Say("yesterday");
        _dialogue.Say("zip");
        _dialogue.Say("skip");
        _dialogue.Say("ann@example.com").ShouldBeOfType<Decision.OpenTicket>().CustomFields.Keys.ShouldBe(["Order no."]);
    }

    [Fact]
    public void A_corrected_number_is_looked_up_again()
    {
        _dialogue.System = r => Found(("item", $"the item of {r.Values["order_number"]}"));
        _dialogue.Say("my pole snapped, order TT-123456", "broken_item");
        var decision = _dialogue.Say("sorry, it is TT-654321").ShouldBeOfType<Decision.Collect>();
        decision.Slot.ShouldBe("bought");
        _dialogue.State.Found["item"].ShouldBe("the item of TT-654321");
        _dialogue.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_known_is_not_asked_for()
    {
        _dialogue.System = _ => Found(("item", "x"));
        _dialogue.Customer = new CustomerContext
        {
            Name = "Ann",
            Page = new PageHints("https://acme.example/orders/TT-123456", "Your order", null, null),
            Email = "ann@example.com",
        };
        var asked = _dialogue.Say("my pole snapped", "broken_item").ShouldBeOfType<Decision.Collect>();
        asked.Slot.ShouldBe("bought");
        asked.Text.ShouldBe("I already have your order number (TT-123456) and your email. I'll pass this on to our team. When did you buy it?");
        _dialogue.State.Fields["order_number"].ShouldBe("TT-123456");
        _dialogue.State.Fields["email"].ShouldBe("ann@example.com");
    }

    [Fact]
    public void What_was_said_before_in_the_conversation_is_not_asked_for_again()
    {
        _dialogue.System = Shipped;
        _dialogue.Say("where is my order TT-123456", "order_status");
        _dialogue.System = _ => new LookupOutcome.Failed("x");
        _dialogue.Say("also my pole snapped", "broken_item");
        _dialogue.State.Fields["order_number"].ShouldBe("TT-123456");
    }

    [Fact]
    public void What_was_said_of_another_case_is_offered_and_not_taken_over()
    {
        _dialogue.System = _ => Found(("item", "x"));
        _dialogue.Say("my pole snapped TT-123456", "broken_item");
        _dialogue.Say("yesterday");
        _dialogue.Say("never mind");
        _dialogue.Say("my zip snapped", "broken_item").ShouldBeOfType<Decision.Collect>().Choices.ShouldBe(["2026-11-22"]);
    }

    [Fact]
    public void A_file_that_came_before_is_the_photo()
    {
        _dialogue.System = _ => Found(("item", "x"));
        _dialogue.Say("", files: "pole.png");
        _dialogue.Say("my pole snapped TT-123456", "broken_item");
        _dialogue.State.Fields["photo"].ShouldBe("pole.png");
    }

    [Fact]
    public void Another_question_in_the_middle_is_answered_and_then_it_goes_on()
    {
        _dialogue.System = _ => Found(("item", "x"));
        _dialogue.Say("my pole snapped TT-123456", "broken_item");
        var answer = _dialogue.Say("how do I dry a tent?", "tent_care", "tent-care").ShouldBeOfType<Decision.Answer>();
        answer.Afterthought!.Text.ShouldContain("“Broken item”");
        var again = _dialogue.Say("yes please").ShouldBeOfType<Decision.Collect>();
        again.Slot.ShouldBe("bought");
        _dialogue.State.Fields["order_number"].ShouldBe("TT-123456");
    }

    [Fact]
    public void What_was_interrupted_can_be_left()
    {
        _dialogue.System = _ => Found(("item", "x"));
        _dialogue.Say("my pole snapped TT-123456", "broken_item");
        _dialogue.Say("how do I dry a tent?", "tent_care", "tent-care");
        _dialogue.Say("no thanks").ReasonCode.ShouldBe(ReasonCode.Cancelled);
        _dialogue.State.Memory.Interrupted.ShouldBeNull();
    }

    [Fact]
    public void Somebody_who_comes_back_after_hours_is_reminded_without_a_mark_against_them()
    {
        _dialogue.Say("where is my order", "order_status");
        _dialogue.Now += TimeSpan.FromHours(5);
        _dialogue.Say("hello again").Text.ShouldBe("Welcome back! We were at “Order status”. Which order?");
        _dialogue.State.Repeats.ShouldBe(0);
        _dialogue.System = Shipped;
        _dialogue.Say("TT-123456").ShouldBeOfType<Decision.Tell>();
    }

    [Fact]
    public void Never_mind_ends_it()
    {
        _dialogue.Say("where is my order", "order_status");
        _dialogue.Say("never mind").ReasonCode.ShouldBe(ReasonCode.Cancelled);
        _dialogue.State.AskedSlot.ShouldBeNull();
    }

    [Fact]
    public void Each_step_is_recorded_once_with_what_became_of_it()
    {
        _dialogue.System = r => r.Values["order_number"] == "TT-000001" ? new LookupOutcome.NotFound() : Shipped(r);
        _dialogue.Say("where is my order", "order_status");
        _dialogue.Now += TimeSpan.FromSeconds(30);
        _dialogue.Say("dunno");
        _dialogue.Say("TT-000001");
        _dialogue.Say("TT-123456");

        var left = _dialogue.Steps.Where(s => s.Left is not null).ToList();
        left.Select(s => (s.Run, s.Step, s.Outcome)).ShouldBe(
        [
            (1, "order_number", (StepOutcome?)StepOutcome.AskedAgain),
            (1, "order_number", StepOutcome.Done),
            (1, "order", StepOutcome.AskedAgain),
            (1, "order_number", StepOutcome.Done),
            (1, "order", StepOutcome.Done),
            (1, "say", StepOutcome.Done),
        ]);
        (left[0].Left!.Value - left[0].Entered).ShouldBe(TimeSpan.FromSeconds(30));
    }

    private static LookupOutcome Shipped(LookupRequest request) => Found(("status", "shipped"), ("eta", "2026-11-25"));

    private static LookupOutcome.Found Found(params (string Name, string Value)[] values) => new(values.ToDictionary(v => v.Name, v => v.Value));
}
