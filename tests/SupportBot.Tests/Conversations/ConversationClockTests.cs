using SupportBot.Conversations;

namespace SupportBot.Tests.Conversations;

public sealed class ConversationClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly ConversationClock _clock = new();

    [Fact]
    public void Of_several_unanswered_messages_the_oldest_counts()
    {
        _clock.CustomerWrote(At(0));
        _clock.CustomerWrote(At(5));

        _clock.BotReplied(At(7)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.BotFirstResponse, At(0), At(7)));
    }

    [Fact]
    public void A_reply_to_nothing_is_not_timed()
    {
        _clock.BotReplied(At(1)).ShouldBeEmpty();
        _clock.CustomerWrote(At(2));
        _clock.BotReplied(At(3)).Count.ShouldBe(1);
        _clock.BotReplied(At(4)).ShouldBeEmpty();
    }

    [Fact]
    public void The_first_human_response_counts_from_the_first_message_although_the_bot_was_first()
    {
        _clock.CustomerWrote(At(0));
        _clock.BotReplied(At(1));
        _clock.Escalated(At(1));

        _clock.Claimed(At(9)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.TimeToHuman, At(1), At(9)));
        _clock.AgentReplied(At(12)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.HumanFirstResponse, At(0), At(12)));
        _clock.CustomerWrote(At(20));
        _clock.AgentReplied(At(22)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.NextResponse, At(20), At(22)));
    }

    [Fact]
    public void After_a_resolution_everything_is_timed_afresh()
    {
        _clock.CustomerWrote(At(0));
        _clock.BotReplied(At(1));
        _clock.Resolved(At(5)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.Resolution, At(0), At(5)));
        _clock.Resolved(At(6)).ShouldBeEmpty();

        _clock.CustomerWrote(At(100));
        _clock.BotReplied(At(103)).ShouldHaveSingleItem().ShouldBe(new Span(Metric.BotFirstResponse, At(100), At(103)));
    }

    private static DateTimeOffset At(int seconds) => Start.AddSeconds(seconds);
}
