using SupportBot.Answers;
using SupportBot.Learning;
using SupportBot.Tests.Answers;

namespace SupportBot.Tests.Learning;

public sealed class LessonPlanTests : IDisposable
{
    private readonly SmallCompany _company = new();

    public LessonPlanTests() => _company.Write("evaluation/questions.yaml", "questions:\n  - { text: \"Where on earth is my stuff?\", intent: track_order, article: tracking }\n");

    public void Dispose() => _company.Dispose();

    [Fact]
    public void About_a_fifth_is_held_back_by_its_words_alone()
    {
        var texts = Enumerable.Range(0, 1000).Select(i => $"customer text number {i}").ToList();

        texts.Count(LessonPlan.IsHeldBack).ShouldBeInRange(160, 240);
        texts.ShouldAllBe(t => LessonPlan.IsHeldBack(t) == LessonPlan.IsHeldBack($"  {t.ToUpperInvariant()}!?"));
    }

    [Fact]
    public void No_words_are_on_both_sides_and_of_what_is_said_of_them_the_weightiest_and_latest_counts()
    {
        var plan = Plan(
            Intent(1, "track_order", "Lost it", LabelSource.Agent),
            Intent(2, "tent_care", "lost it!", LabelSource.Thumb),
            Intent(3, "refund_policy", "lost it?", LabelSource.Agent),
            Intent(4, "tent_care", "Found it", LabelSource.Outcome),
            Intent(5, "track_order", "found it", LabelSource.Thumb));

        plan.Learnt.Concat(plan.HeldBack).OrderBy(l => l.Id).Select(l => (l.Id, l.Intent)).ShouldBe([(3, "refund_policy"), (5, "track_order")]);
    }

    [Fact]
    public void Two_articles_may_be_judged_for_the_same_words()
    {
        var plan = Plan(Answer(1, "tracking", false), Answer(2, "refund-policy", true), Answer(3, "tracking", true));

        plan.Learnt.Concat(plan.HeldBack).OrderBy(l => l.Id).Select(l => l.Id).ShouldBe([2, 3]);
    }

    [Fact]
    public void What_is_left_out_replaced_gone_or_measured_with_is_not_used()
    {
        var leftOut = Intent(1, "tent_care", "one");
        leftOut.LeftOut = true;
        var replaced = Intent(2, "tent_care", "two");
        replaced.Current = false;

        var plan = Plan(
            leftOut, replaced, Intent(3, "no_such_intent", "three"), Intent(4, "track_order", "where on EARTH is my stuff"), Intent(5, null, "?!"),
            Answer(6, "no-such-article", true), Intent(7, null, "seven"));

        plan.Learnt.Concat(plan.HeldBack).ShouldHaveSingleItem().Id.ShouldBe(7);
    }

    [Fact]
    public void The_same_lessons_have_the_same_key_and_others_another()
    {
        LessonPlan.ToLessons([Intent(1, "a", "x"), Answer(2, "b", true)]).Key.ShouldBe(LessonPlan.ToLessons([Intent(7, "a", "x"), Answer(9, "b", true)]).Key);
        LessonPlan.ToLessons([Answer(2, "b", false)]).Key.ShouldNotBe(LessonPlan.ToLessons([Answer(2, "b", true)]).Key);
        LessonPlan.ToLessons([]).Key.ShouldBe(Lessons.None.Key);
    }

    private LessonPlan Plan(params LabelledExample[] labels)
    {
        using var understanding = Understanding.Load(_company.Folder, _company.Cache).Value!;
        return LessonPlan.Of(labels, understanding.LessonRules);
    }

    private static LabelledExample Intent(long id, string? intent, string text, LabelSource source = LabelSource.Agent) =>
        new() { Id = id, ConversationId = "c", Sequence = id, Kind = LabelKind.Intent, Source = source, Text = text, Intent = intent, At = DateTimeOffset.UnixEpoch };

    private static LabelledExample Answer(long id, string article, bool right) => new()
    {
        Id = id,
        ConversationId = "c",
        Sequence = id,
        Kind = LabelKind.Answer,
        Source = LabelSource.Thumb,
        Text = "what of it",
        Article = article,
        Right = right,
        At = DateTimeOffset.UnixEpoch,
    };
}
