using SupportBot.Answers;

namespace SupportBot.Tests.Answers;

public sealed class QuestionsTests
{
    [Theory]
    [InlineData("What does delivery cost? And how long do I have to return something?", "What does delivery cost?|how long do I have to return something?")]
    [InlineData("what does delivery cost and how long does it take to get here", "what does delivery cost?|how long does it take to get here")]
    [InlineData("Hi! I bought boots last week. Can I return them? Do you pay the postage?", "Hi! I bought boots last week. Can I return them?|Do you pay the postage?")]
    [InlineData("Can I return worn boots?? Is there a fee?", "Can I return worn boots?|Is there a fee?")]
    public void Several_questions_are_answered_in_their_order(string text, string parts) => Questions.Split(text).ShouldBe(parts.Split('|'));

    [Theory]
    [InlineData("How long do I have to return something?")]
    [InlineData("I ordered a rucksack last Monday and haven't heard anything since. Can you tell me where it is?")]
    [InlineData("hi? anyone there")]
    [InlineData("washing and waterproofing my jacket")]
    [InlineData("My tent is wet. What now? Really?")]
    [InlineData("")]
    [InlineData("a b c? d e f? g h i? j k l? m n o?")]
    public void A_message_that_asks_once_stays_whole(string text) => Questions.Split(text).ShouldBe([text]);

    [Theory]
    [InlineData("and for Norway?", true)]
    [InlineData("And to Switzerland", true)]
    [InlineData("what about socks?", true)]
    [InlineData("Norway?", true)]
    [InlineData("and how do I return something?", false)]
    [InlineData("where is my order?", false)]
    [InlineData("thanks", false)]
    [InlineData("I want to send a present to my brother in Norway and pay by invoice", false)]
    [InlineData("", false)]
    public void A_short_message_may_go_on_with_the_question_before(string text, bool goesOn) => Questions.GoesOn(text).ShouldBe(goesOn);
}
