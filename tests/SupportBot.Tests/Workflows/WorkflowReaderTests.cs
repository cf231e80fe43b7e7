using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Workflows;
using Xunit;

namespace SupportBot.Tests.Workflows;

public class WorkflowReaderTests
{
    private const string Sound =
        """
        workflow:
          answer: never
          otherwise: ticket
          queue: orders
          priority: high
          collect:
            - name: order_number
              prompt: Which order?
              pattern: 'TT-\d{6}'
              optional: false
            - name: note
              prompt: Anything else?
              optional: true
        """;

    private static (Workflow? Workflow, IReadOnlyList<FileProblem> Problems) Read(string yaml, params string[] articles)
    {
        var problems = new FileProblems();
        var map = YamlMap.Parse("intents/x.yaml", yaml, 0, problems)!;
        return (WorkflowReader.Read(map, new Intent("x", "X", articles, []), [new CompanyQueue("orders", "Orders")]), problems.Found);
    }

    [Fact]
    public void A_sound_workflow_is_read_whole()
    {
        var (workflow, problems) = Read(Sound);
        Assert.Empty(problems);
        Assert.NotNull(workflow);
        Assert.Equal((AnswerMode.Never, Otherwise.Ticket, "orders", Priority.High), (workflow.Answer, workflow.Otherwise, workflow.Queue, workflow.Priority));
        Assert.Equal([("order_number", false), ("note", true)], workflow.Slots.Select(s => (s.Name, s.Optional)));
    }

    [Theory]
    [InlineData("queue: orders", "queue: nobody", 4, "no queue 'nobody'")]
    [InlineData("priority: high", "priority: highest", 5, "'priority' is 'highest'")]
    [InlineData(@"'TT-\d{6}'", "'(TT'", 9, "not a usable pattern")]
    [InlineData(@"'TT-\d{6}'", "'(?=TT)'", 9, "not a usable pattern")]
    [InlineData("optional: true", "optional: maybe", 13, "'optional' is 'maybe'")]
    [InlineData("name: note", "name: order_number", 11, "listed twice")]
    [InlineData("answer: never", "anwser: never", 2, "unknown key 'anwser'")]
    public void A_mistake_is_told_with_its_line(string sound, string mistaken, int line, string message)
    {
        var problems = Read(Sound.Replace(sound, mistaken, StringComparison.Ordinal)).Problems;
        Assert.Equal(line, Assert.Single(problems, p => p.Message.Contains(message, StringComparison.Ordinal)).Line);
    }

    private const string Whole =
        """
        workflow:
          answer: draft
          otherwise: human
          queue: orders
          priority: low
          own_case: [where is my order]
          collect:
            - { name: colour, type: choice, choices: [Red, Green], prompt: Which? }
          lookups:
            - name: order
              method: POST
              url: "${orders}/find"
              headers: { Authorization: "Bearer ${TOKEN}" }
              body: { colour: "{colour}" }
              timeout: 3
              variables: { status: $.status }
              slot: colour
              not_found: "Not {colour}."
              fallback: { say: Sorry }
          say: "It is {status}."
          ticket: { when: always, queue: orders, priority: high, tags: [a], fields: { F: "{status}" }, assignee: none }
          clocks: { first_response: 15, resolution: 480, business_hours: false }
          follow_up: { ask: "All well?", after: 10, close_after: 1440, fallback: ticket }
          overrides:
            - { locale: de, say: "Es ist {status}." }
            - { site: shop, group: trade, answer: never, own_case: [], queue: orders }
        """;

    [Fact]
    public void Everything_that_a_workflow_can_say_is_read()
    {
        var (workflow, problems) = Read(Whole);
        Assert.Empty(problems);
        Assert.NotNull(workflow);
        var lookup = Assert.Single(workflow.Lookups);
        Assert.Equal((LookupMethod.Post, TimeSpan.FromSeconds(3), "colour", new StepFallback(FallbackKind.Say, "Sorry")), (lookup.Method, lookup.Timeout, lookup.Slot, lookup.Fallback));
        Assert.Equal((TicketWhen.Always, Priority.High, null), (workflow.Ticket!.When, workflow.Ticket.Priority, workflow.Ticket.Assignee));
        Assert.Equal(new WorkflowClocks(TimeSpan.FromMinutes(15), TimeSpan.FromHours(8), BusinessHours: false), workflow.Clocks);
        Assert.Equal(new FollowUp("All well?", TimeSpan.FromMinutes(10), TimeSpan.FromDays(1), new StepFallback(FallbackKind.Ticket, "")), workflow.FollowUp);
        Assert.Equal(AnswerMode.Draft, workflow.Answer);
    }

    [Theory]
    [InlineData("shop", "de-AT", null, "Es ist {status}.", AnswerMode.Draft)]
    [InlineData("shop", "de-AT", "Trade", "It is {status}.", AnswerMode.Never)]
    [InlineData("other", "en", "trade", "It is {status}.", AnswerMode.Draft)]
    public void The_variant_with_the_most_conditions_counts(string site, string locale, string? group, string say, AnswerMode answer)
    {
        var workflow = Read(Whole).Workflow!.For(site, locale, group);
        Assert.Equal((say, answer), (Assert.Single(workflow.Say).Text.Text, workflow.Answer));
    }

    [Theory]
    [InlineData("choices: [Red, Green]", "choices: [Red]", 8, "there are 1 choices")]
    [InlineData("type: choice, choices: [Red, Green]", "type: choice", 8, "a choice has no choices")]
    [InlineData("type: choice, choices", "type: date, choices", 8, "'choices' belongs to another type")]
    [InlineData("type: choice", "type: colour", 8, "'type' is 'colour'")]
    [InlineData("${orders}/find", "http://api.shop.example/find", 12, "http is for this machine only")]
    [InlineData("${orders}/find", "https://{colour}.example/", 12, "a value stands in the host's name")]
    [InlineData("${orders}/find", "${orders}/{size}", 12, "nothing gives the value '{size}'")]
    [InlineData("Bearer ${TOKEN}", "{colour}", 13, "holds a customer's value")]
    [InlineData("method: POST", "method: GET", 14, "a GET has no body")]
    [InlineData("timeout: 3", "timeout: 60", 15, "'timeout' is '60'")]
    [InlineData("status: $.status", "status: '$.['", 16, "not a usable JSONPath")]
    [InlineData("status: $.status", "colour: $.status", 9, "names two values")]
    [InlineData("slot: colour", "slot: size", 17, "nothing is collected under the name 'size'")]
    [InlineData("It is {status}.", "It is {state}.", 20, "nothing gives the value '{state}'")]
    [InlineData("It is {status}.", "It is ${TOKEN}.", 20, "would tell customers a secret")]
    [InlineData("when: always, queue: orders", "when: always, queue: nobody", 21, "no queue 'nobody'")]
    [InlineData("F: \"{status}\"", "F: \"{state}\"", 21, "nothing gives the value '{state}'")]
    [InlineData("first_response: 15, resolution: 480", "business: 1", 22, "there is no target")]
    [InlineData("after: 10,", "after: 0,", 23, "'after' is '0'")]
    [InlineData("locale: de, say", "say", 25, "says for whom it is nowhere")]
    [InlineData("answer: never, own_case: []", "answer: never", 26, "every message starts this process")]
    [InlineData("own_case: [], queue: orders", "own_case: [], queue: nobody", 26, "no queue 'nobody'")]
    public void A_mistake_in_a_process_is_told_with_its_line(string sound, string mistaken, int line, string message)
    {
        Assert.Contains(sound, Whole, StringComparison.Ordinal);
        var problems = Read(Whole.Replace(sound, mistaken, StringComparison.Ordinal)).Problems;
        Assert.Contains(problems, p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Small_talk_has_no_articles() =>
        Assert.Contains("has articles as well", Assert.Single(Read($"{Sound}\n  reply: Hi!", "greetings").Problems).Message, StringComparison.Ordinal);
}
