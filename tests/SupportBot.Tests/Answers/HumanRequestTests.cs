using SupportBot.Answers;
using SupportBot.Tests.Running;

namespace SupportBot.Tests.Answers;

public sealed class HumanRequestTests
{
    [Theory]
    [InlineData("Let me talk to a human")]
    [InlineData("can I talk to a real person please")]
    [InlineData("human")]
    [InlineData("agent please!!!")]
    [InlineData("I'd rather speak with someone from your team")]
    [InlineData("put me through to an operator")]
    [InlineData("get me your manager")]
    [InlineData("is there anyone I can talk to about this? can I talk to someone")]
    [InlineData("stop this, I want a real human")]
    [InlineData("connect me with customer service please")]
    [InlineData("Kann ich bitte mit einem Menschen sprechen?")]
    [InlineData("Ich möchte mit einem Mitarbeiter reden")]
    [InlineData("je voudrais parler à un conseiller")]
    [InlineData("Puis-je parler à quelqu'un ?")]
    [InlineData("quiero hablar con una persona")]
    [InlineData("Pásame con un agente")]
    [InlineData("vorrei parlare con un operatore")]
    [InlineData("mag ik een medewerker spreken")]
    [InlineData("quero falar com um atendente")]
    [InlineData("chcę rozmawiać z człowiekiem")]
    [InlineData("jag vill prata med en människa")]
    [InlineData("kan jeg snakke med et menneske")]
    [InlineData("haluan puhua ihmisen kanssa")]
    [InlineData("chci mluvit s člověkem")]
    [InlineData("bir insanla görüşmek istiyorum")]
    [InlineData("я хочу поговорить с человеком")]
    [InlineData("转人工")]
    [InlineData("人間と話したいです")]
    [InlineData("상담원 연결해 주세요")]
    [InlineData("ขอคุยกับเจ้าหน้าที่")]
    [InlineData("أريد التحدث إلى موظف")]
    [InlineData("אני רוצה לדבר עם נציג")]
    public void Asking_for_a_person_is_understood_in_any_wording(string text) => HumanRequest.Is(text).ShouldBeTrue();

    [Theory]
    [InlineData("are you a real person?")]
    [InlineData("am I talking to a bot?")]
    [InlineData("is this a robot or a human")]
    [InlineData("is this tent big enough for two people")]
    [InlineData("How many people does the Lough 3 sleep?")]
    [InlineData("what is the price per person for the rental")]
    [InlineData("someone stole my parcel from the porch")]
    [InlineData("I spoke to someone yesterday and they promised a refund")]
    [InlineData("can another person collect my order")]
    [InlineData("do I need a cleaning agent for the boots")]
    [InlineData("my travel agent booked the tour")]
    [InlineData("I want to order for someone else")]
    [InlineData("how can I contact the courier")]
    [InlineData("Can I talk about the price?")]
    [InlineData("")]
    [InlineData("🏕️")]
    public void A_person_in_the_story_is_not_one_to_talk_to(string text) => HumanRequest.Is(text).ShouldBeFalse();

    [Fact]
    public void A_damaged_text_is_read_as_far_as_it_goes() => HumanRequest.Is("\ud800 human").ShouldBeTrue();

    [Fact]
    public void No_question_of_the_sample_company_about_anything_else_is_taken_for_it()
    {
        var (company, problems) = (Path.Combine(Service.SampleCompany, "intents"), new List<string>());
        foreach (var file in Directory.EnumerateFiles(company, "*.yaml").Where(f => !Path.GetFileName(f).StartsWith("contact_human", StringComparison.Ordinal)))
        {
            problems.AddRange(File.ReadAllLines(file).Where(l => l.TrimStart().StartsWith("- ", StringComparison.Ordinal) && HumanRequest.Is(l)).Select(l => $"{Path.GetFileName(file)}: {l.Trim()}"));
        }

        problems.ShouldBeEmpty();
    }
}
