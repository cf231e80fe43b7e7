using SupportBot.Answers;

namespace SupportBot.Tests.Answers;

/// <summary>Which texts are looked up for a message before it is decided on.</summary>
public sealed class LookedUpTests(LookedUpTests.Learnt learnt) : IClassFixture<LookedUpTests.Learnt>
{
    [Fact]
    public void A_message_is_looked_up_without_personal_data() =>
        Of("my card 4111 1111 1111 1111 was charged, where is my parcel?").ShouldHaveSingleItem().ShouldNotContain("4111");

    [Fact]
    public void Several_questions_are_looked_up_together_and_apart() =>
        Of("Where is my parcel? And how do I dry a tent?").ShouldBe(
            ["Where is my parcel? And how do I dry a tent?", "Where is my parcel?", "how do I dry a tent?"], ignoreOrder: true);

    [Fact]
    public void What_goes_on_with_a_question_is_looked_up_with_it() =>
        Of("and for socks?", new DialogueState { Question = "Can I return shoes?", LastArticle = "refund-policy" })
            .ShouldBe(["and for socks?", "Can I return shoes? and for socks?"]);

    [Fact]
    public void A_chosen_reading_is_looked_up_as_the_question_it_is_of() =>
        Of("Refund policy", new DialogueState { Question = "Can I return shoes?", Offered = [new ReplyOption("Refund policy", "Refund policy", Article: "refund-policy")] })
            .ShouldBe(["Can I return shoes?"]);

    [Fact]
    public void Details_that_were_asked_for_are_not_looked_up()
    {
        Of("12 Harbour Road, Galway", new DialogueState { Intent = "damaged_item", AskedSlot = "note" }).ShouldBeEmpty();
        Of("  ").ShouldBeEmpty();
    }

    private IReadOnlyList<string> Of(string text, DialogueState? state = null) => learnt.Understanding.LookedUp(text, state ?? DialogueState.Start);

    /// <summary>The small company, learnt once.</summary>
    public sealed class Learnt : IDisposable
    {
        private readonly SmallCompany _company = new();

        public Learnt() => Understanding = Understanding.Load(_company.Folder, _company.Cache).Value!;

        public Understanding Understanding { get; }

        public void Dispose()
        {
            Understanding.Dispose();
            _company.Dispose();
        }
    }
}
