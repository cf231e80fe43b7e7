using Microsoft.Extensions.Logging.Abstractions;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Tests.Server;

namespace SupportBot.BotFramework.Tests;

public class ConversationSignalsTests
{
    private static readonly Activity Typing = new() { Type = ActivityTypes.Typing };

    private readonly ManualTime _time = new();
    private readonly ConversationSignals _signals;

    public ConversationSignalsTests()
    {
        _signals = new ConversationSignals(_time, NullLogger<ConversationSignals>.Instance);
    }

    [Fact]
    public async Task What_is_stored_between_reading_and_waiting_ends_the_wait()
    {
        using var subscription = _signals.Subscribe("c");
        _signals.Appended("c", 5);

        (await WaitAsync(subscription, after: 4)).ShouldBe(new ConversationSignal(SignalKind.Stored, 5));
    }

    [Fact]
    public async Task What_was_read_already_does_not()
    {
        using var subscription = _signals.Subscribe("c");
        _signals.Appended("c", 5);
        var wait = WaitAsync(subscription, after: 5);
        _signals.Appended("c", 5);
        _signals.Appended("other", 6);

        wait.IsCompleted.ShouldBeFalse();
        _signals.Appended("c", 6);
        (await wait).Sequence.ShouldBe(6);
    }

    [Fact]
    public async Task Nothing_is_lost_when_appending_and_waiting_race()
    {
        const int last = 20_000;
        using var subscription = _signals.Subscribe("c");
        var appending = Task.Run(() =>
        {
            for (var sequence = 1; sequence <= last; sequence++)
            {
                _signals.Appended("c", sequence);
            }
        }, TestContext.Current.CancellationToken);

        long seen = 0;
        while (seen < last)
        {
            seen = (await WaitAsync(subscription, seen).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Sequence;
        }

        await appending;
        seen.ShouldBe(last);
    }

    [Fact]
    public async Task Quiet_is_reported_after_the_patience_asked_for()
    {
        using var subscription = _signals.Subscribe("c");
        var wait = WaitAsync(subscription, 0, TimeSpan.FromSeconds(15));
        _time.Advance(TimeSpan.FromSeconds(14));
        wait.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await wait).Kind.ShouldBe(SignalKind.Quiet);
    }

    [Fact]
    public async Task Ephemeral_activities_keep_their_place_among_the_stored()
    {
        using var subscription = _signals.Subscribe("c");
        _signals.Appended("c", 1);
        _signals.PublishEphemeral("c", Typing);

        (await WaitAsync(subscription, after: 0)).Kind.ShouldBe(SignalKind.Stored);
        (await WaitAsync(subscription, after: 1)).Activity!.Type.ShouldBe("typing");
    }

    [Fact]
    public async Task Typing_that_a_message_has_overtaken_is_dropped()
    {
        using var subscription = _signals.Subscribe("c");
        _signals.PublishEphemeral("c", Typing);
        _signals.Appended("c", 1);
        var wait = WaitAsync(subscription, after: 1);

        wait.IsCompleted.ShouldBeFalse();
        _signals.Appended("c", 2);
        (await wait).Kind.ShouldBe(SignalKind.Stored);
    }

    [Fact]
    public async Task Typing_that_comes_while_the_history_is_still_read_is_not_lost()
    {
        using var subscription = _signals.Subscribe("c");
        _signals.PublishEphemeral("c", Typing);

        (await WaitAsync(subscription, after: 12)).Kind.ShouldBe(SignalKind.Ephemeral);
    }

    [Fact]
    public async Task A_listener_that_is_behind_holds_only_the_latest_few()
    {
        using var subscription = _signals.Subscribe("c");
        for (var i = 0; i < 1_000; i++)
        {
            _signals.PublishEphemeral("c", Typing with { Id = $"e{i}" });
        }

        var held = new List<string>();
        for (var wait = WaitAsync(subscription, 0); wait.IsCompleted; wait = WaitAsync(subscription, 0))
        {
            held.Add((await wait).Activity!.Id!);
        }

        held.Count.ShouldBe(16);
        held[^1].ShouldBe("e999");
    }

    [Fact]
    public async Task An_ended_conversation_ends_every_wait()
    {
        using var first = _signals.Subscribe("c");
        using var second = _signals.Subscribe("c");
        var wait = WaitAsync(first, 0);
        _signals.Ended("c");

        (await wait).Kind.ShouldBe(SignalKind.Ended);
        (await WaitAsync(second, 0)).Kind.ShouldBe(SignalKind.Ended);
    }

    [Fact]
    public async Task A_cancelled_wait_can_be_followed_by_another()
    {
        using var subscription = _signals.Subscribe("c");
        using var cancel = new CancellationTokenSource();
        var wait = subscription.WaitAsync(0, Timeout.InfiniteTimeSpan, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(wait);
        _signals.Appended("c", 1);

        (await WaitAsync(subscription, 0)).Kind.ShouldBe(SignalKind.Stored);
    }

    [Fact]
    public void Whoever_stops_listening_is_forgotten()
    {
        var first = _signals.Subscribe("c");
        var second = _signals.Subscribe("c");
        first.Dispose();
        _signals.SubscriberCount("c").ShouldBe(1);
        second.Dispose();
        second.Dispose();

        _signals.SubscriberCount("c").ShouldBe(0);
        _time.Timers.ShouldBe(0);
    }

    [Fact]
    public void Observers_see_ephemeral_activities_of_all_conversations_whatever_other_observers_do()
    {
        var seen = new List<(string, string?)>();
        _signals.EphemeralPublished += (_, _) => throw new InvalidOperationException("A broken observer.");
        _signals.EphemeralPublished += (conversationId, activity) => seen.Add((conversationId, activity.Id));

        var id = _signals.PublishEphemeral("c", Typing);

        seen.ShouldBe([("c", id)]);
        id.ShouldMatch("^c-e[0-9a-f]{12}$");
    }

    private static Task<ConversationSignal> WaitAsync(ConversationSubscription subscription, long after, TimeSpan? patience = null) =>
        subscription.WaitAsync(after, patience ?? Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken).AsTask();
}
