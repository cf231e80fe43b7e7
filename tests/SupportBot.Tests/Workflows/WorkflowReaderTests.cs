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

    [Fact]
    public void Small_talk_has_no_articles() =>
        Assert.Contains("has articles as well", Assert.Single(Read($"{Sound}\n  reply: Hi!", "greetings").Problems).Message, StringComparison.Ordinal);
}
