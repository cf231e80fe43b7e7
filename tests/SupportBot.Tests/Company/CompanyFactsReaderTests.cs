using NodaTime;
using SupportBot.Company;
using Xunit;

namespace SupportBot.Tests.Company;

public class CompanyFactsReaderTests
{
    private const string Sound =
        """
        name: Acme
        bot: Ada
        website: https://acme.example
        locale: en
        time_zone: Europe/Berlin
        greeting: Hi, I'm Ada, a bot.
        hours:
          monday: "09:00-12:30, 13:30-17:30"
          saturday: "22:00-24:00"
        holidays:
          - { date: 2026-12-25, name: Christmas Day }
        queues:
          - { name: general, title: Everything }
        default_queue: general
        response_targets:
          first_response: 1
          time_to_human: 5
          next_response: 10
          resolution: 480
        contact: { email: a@acme.example }
        redact:
          - { name: order_number, pattern: 'A-[0-9]{5}' }
        """;

    private static (CompanyFacts? Facts, IReadOnlyList<FileProblem> Problems) Read(string yaml)
    {
        var problems = new FileProblems();
        return (CompanyFactsReader.Read(new CompanyFile("company.yaml", yaml.ReplaceLineEndings("\n")), problems), problems.Found);
    }

    [Fact]
    public void A_sound_file_is_read_whole()
    {
        var (facts, problems) = Read(Sound);
        Assert.Empty(problems);
        Assert.NotNull(facts);
        Assert.Equal("Europe/Berlin", facts.TimeZone.Id);
        Assert.Equal(3, facts.Hours.Count);
        Assert.Null(facts.Hours[2].Closes);
        Assert.Equal(new LocalDate(2026, 12, 25), facts.Holidays[0].Date);
        Assert.Equal(TimeSpan.FromHours(8), facts.Targets.Resolution);
        Assert.Equal("a@acme.example", facts.Contact.Email);
        Assert.Equal("order_number", Assert.Single(facts.Redact).Name);
    }

    [Theory]
    [InlineData("time_zone: Europe/Berlin", "time_zone: Europe/Atlantis", 5, "no time zone")]
    [InlineData("name: Acme", "nmae: Acme", 1, "unknown key 'nmae'")]
    [InlineData("website: https://acme.example", "website: acme", 3, "not a web address")]
    [InlineData("\"09:00-12:30, 13:30-17:30\"", "\"09:00-12:30, 12:00-17:30\"", 8, "overlaps")]
    [InlineData("\"22:00-24:00\"", "\"22:00-21:00\"", 9, "not a stretch of hours")]
    [InlineData("2026-12-25", "25.12.2026", 11, "not a date")]
    [InlineData("default_queue: general", "default_queue: nobody", 14, "no queue 'nobody'")]
    [InlineData("resolution: 480", "resolution: soon", 19, "'resolution' is 'soon'")]
    [InlineData("A-[0-9]{5}", "A-[0-9", 22, "not a regular expression")]
    [InlineData("name: order_number", "name: Order", 22, "not a name")]
    [InlineData("greeting: Hi, I'm Ada, a bot.", "greeting: [", 1, "not valid YAML")]
    [InlineData("greeting: Hi, I'm Ada, a bot.", "greeting: Hi: I'm Ada", 6, "not valid YAML")]
    public void A_mistake_is_told_with_its_line(string sound, string mistaken, int line, string message)
    {
        var (_, problems) = Read(Sound.Replace(sound, mistaken, StringComparison.Ordinal));
        var problem = Assert.Single(problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(line, problem.Line);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_in_order()
    {
        var (facts, problems) = Read(Sound.Replace("https://acme.example", "acme").Replace("Europe/Berlin", "Mars").Replace("queues:", "queue:"));
        Assert.Null(facts);
        Assert.True(problems.Count >= 3);
        Assert.Equal(problems.OrderBy(p => p.Line), problems);
    }

    [Fact]
    public void A_key_that_is_there_twice_is_a_problem() =>
        Assert.Contains(Read($"{Sound}\nname: Other").Problems, p => p.Message.Contains("not valid YAML", StringComparison.Ordinal));

    [Fact]
    public void A_problem_reads_as_one_line() =>
        Assert.Equal(
            "intents/x.yaml:12: 'title' is missing. Fix: add 'title: ...'.",
            new FileProblem("intents/x.yaml", 12, "'title' is missing", "add 'title: ...'").ToString());
}
