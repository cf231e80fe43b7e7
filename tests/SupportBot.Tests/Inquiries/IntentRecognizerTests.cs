using SupportBot.Inquiries;
using Xunit;

namespace SupportBot.Tests.Inquiries;

public class IntentRecognizerTests
{
    private static readonly Intent[] Intents =
    [
        new("track", "Track an order", ["tracking"],
            ["where is my parcel", "track my order", "has my order shipped", "parcel status", "when does my delivery arrive", "follow my shipment"]),
        new("refund", "Get a refund", ["refunds"],
            ["i want my money back", "refund please", "how do i get a refund", "pay me back", "return this for a refund", "reimburse me"]),
        new("human", "Talk to a human", [],
            ["let me talk to a person", "real human please", "agent", "put me through to somebody", "speak to your staff", "can a person help me"]),
    ];

    private static readonly IntentRecognizer Trained = IntentRecognizer.Train(Intents);

    [Theory]
    [InlineData("wheres my parcle", "track")]
    [InlineData("I'd like to be refunded", "refund")]
    [InlineData("may I speak with a human being", "human")]
    public void A_text_unlike_any_example_word_for_word_is_recognised(string text, string intent) =>
        Assert.Equal(intent, Trained.Recognize(text).Top!.Intent.Name);

    [Fact]
    public void Probabilities_are_sorted_and_add_up_unless_capped()
    {
        var inquiry = Trained.Recognize("where is my refund");
        Assert.Equal(inquiry.Predictions.OrderByDescending(p => p.Probability), inquiry.Predictions);
        Assert.True(Trained.ConfidenceIsCapped);
        Assert.All(inquiry.Predictions, p => Assert.InRange(p.Probability, 0, 0.8));
    }

    [Fact]
    public void Training_twice_gives_the_same_model()
    {
        using var once = new MemoryStream();
        using var again = new MemoryStream();
        Trained.Write(new BinaryWriter(once));
        IntentRecognizer.Train(Intents).Write(new BinaryWriter(again));
        Assert.Equal(once.ToArray(), again.ToArray());
    }

    [Fact]
    public void A_stored_model_predicts_as_before()
    {
        using var stream = new MemoryStream();
        Trained.Write(new BinaryWriter(stream));
        stream.Position = 0;
        var read = IntentRecognizer.Read(new BinaryReader(stream), Intents);
        var (before, after) = (Trained.Recognize("has it been sent yet"), read.Recognize("has it been sent yet"));
        Assert.Equal(before.MaxLogit, after.MaxLogit);
        Assert.Equal(before.InScope, after.InScope);
        Assert.Equal(Trained.CautiousScopeThreshold, read.CautiousScopeThreshold);
        Assert.Equal(before.Predictions.Select(p => (p.Intent.Name, p.Probability)), after.Predictions.Select(p => (p.Intent.Name, p.Probability)));
    }

    [Fact]
    public void A_model_of_other_intents_is_refused()
    {
        using var stream = new MemoryStream();
        Trained.Write(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => IntentRecognizer.Read(new BinaryReader(stream), Intents[..2]));
    }

    [Fact]
    public void A_strange_text_scores_lower_than_a_known_one()
    {
        var (strange, known) = (Trained.Recognize("quarks and gluons"), Trained.Recognize("where is my order"));
        Assert.True(strange.MaxLogit < known.MaxLogit);
        Assert.True(strange.KnownWordShare < known.KnownWordShare);
        Assert.True(strange.InScope < known.InScope);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_or_two_intents_are_enough(int count)
    {
        var inquiry = IntentRecognizer.Train(Intents[..count]).Recognize("where is my parcel");
        Assert.Equal("track", inquiry.Top!.Intent.Name);
        Assert.InRange(inquiry.InScope, 0, 1);
    }

    [Fact]
    public void Numbers_count_by_their_shape() =>
        Assert.Equal(Trained.Recognize("order TT-123456").MaxLogit, Trained.Recognize("order TT-987650").MaxLogit);

    [Fact]
    public void A_related_text_teaches_its_words_to_the_intent_it_fits_best()
    {
        var related = new RelatedText("the courier left the parcel in the catapult depot", ["track", "human"], 1);
        var taught = IntentRecognizer.Train(Intents, [related]);
        Assert.True(taught.Recognize("catapult depot").ProbabilityOf("track") > Trained.Recognize("catapult depot").ProbabilityOf("track"));
    }

    [Fact]
    public void Personal_data_is_gone_from_the_inquiry() =>
        Assert.Equal("refund to [email]", Trained.Recognize("refund to a@b.example").Text);

    [Fact]
    public void A_company_without_intents_gets_no_predictions() => Assert.Null(IntentRecognizer.Train([]).Recognize("hello").Top);

    [Theory]
    [InlineData("")]
    [InlineData("   \t ")]
    [InlineData("😀😀")]
    [InlineData("\ud800 lone surrogate")]
    [InlineData("Z̸̢a̷l̶g̵o")]
    public void No_text_breaks_recognition(string text) => Assert.Equal(Intents.Length, Trained.Recognize(text).Predictions.Count);
}
