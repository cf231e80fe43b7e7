using SupportBot.Answers;

namespace SupportBot.Tests.Answers;

/// <summary>What people say of messages, learnt beside the files.</summary>
public sealed class LessonsTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Words that no file of the company holds.</summary>
    private static readonly string[] Whereabouts = ["any news on consignment whereabouts", "courier whereabouts unknown", "whereabouts of the courier please", "consignment whereabouts"];

    private static readonly string[] Outside = ["do you hire seasonal climbers", "seasonal job openings for climbers", "are you hiring climbers", "job as a climber with you", "hiring this season?"];

    private readonly SmallCompany _company = new();

    private readonly Understanding _before;

    public LessonsTests() => _before = Understanding.Load(_company.Folder, _company.Cache).Value!;

    public void Dispose()
    {
        _before.Dispose();
        _company.Dispose();
    }

    [Fact]
    public void Words_that_were_nothing_are_read_as_people_say()
    {
        var taught = Teach([.. Whereabouts.Select(t => new IntentLesson(t, "tent_care"))], []);

        _before.Inquire("courier whereabouts?").Top!.Intent.Name.ShouldNotBe("tent_care");
        var read = taught.Inquire("courier whereabouts?");
        read.Top!.Intent.Name.ShouldBe("tent_care");
        read.Top.Probability.ShouldBeGreaterThan(0.7);
        taught.Inquire("my tent is mouldy").Top!.Intent.Name.ShouldBe("tent_care");
    }

    [Fact]
    public void What_means_none_of_the_intents_goes_to_a_human_and_the_rest_is_read_as_before()
    {
        var taught = Teach([.. Outside.Select(t => new IntentLesson(t, null))], []);

        var read = taught.Inquire("are you hiring climbers this season");
        read.NoneOfThem.ShouldBeGreaterThan(0.5);
        read.InScope.ShouldBeLessThan(0.5);
        read.Predictions.ShouldAllBe(p => p.Intent.Name != Curriculum.NoneOfThem);
        taught.Decide("are you hiring climbers this season", DialogueState.Start, Monday).ShouldBeOfType<Decision.Escalate>().ReasonCode.ShouldBe(ReasonCode.OutOfScope);
        foreach (var known in (string[])["where is my parcel", "my tent is mouldy", "what is your refund policy"])
        {
            taught.Inquire(known).Top!.Intent.ShouldBe(_before.Inquire(known).Top!.Intent);
            taught.Inquire(known).NoneOfThem.ShouldBeLessThan(0.2);
        }
    }

    [Fact]
    public void One_message_out_of_scope_makes_no_class() =>
        Teach([new IntentLesson(Outside[0], null)], []).Inquire(Outside[0]).NoneOfThem.ShouldBe(0);

    [Fact]
    public void A_question_that_an_article_answered_finds_it_again()
    {
        const string Question = "will the bivvy survive a soggy week in Connemara";
        var taught = Teach([], [new AnswerLesson(Question, "tent-care", true), new AnswerLesson("soggy bivvy after Connemara", "tent-care", true)]);

        double OfTentCare(Understanding understanding) => understanding.Read(Question, DialogueState.Start, Monday).Ranked.SingleOrDefault(r => r.Article.Slug == "tent-care")?.Score ?? 0;
        OfTentCare(taught).ShouldBeGreaterThan(OfTentCare(_before));
    }

    [Fact]
    public void Lessons_outlive_a_change_of_the_files_and_those_of_an_intent_that_is_gone_are_kept_aside()
    {
        var taught = Teach([.. Whereabouts.Select(t => new IntentLesson(t, "tent_care")), new IntentLesson("evening all", "greeting")], []);
        File.Delete(Path.Combine(_company.Folder, "intents/greeting.yaml"));

        using var changed = Understanding.Load(_company.Folder, _company.Cache, before: taught).Value!;
        changed.IsLearnt.ShouldBeFalse();
        var learnt = changed.Learn(_company.Cache, CancellationToken.None);
        learnt.IsLearnt.ShouldBeTrue();
        learnt.Lessons.Key.ShouldBe(taught.Lessons.Key);
        learnt.Inquire("courier whereabouts?").Top!.Intent.Name.ShouldBe("tent_care");
    }

    [Fact]
    public void What_was_learnt_once_is_read_from_the_cache_and_going_back_is_as_it_was()
    {
        Lessons lessons = new([.. Whereabouts.Select(t => new IntentLesson(t, "tent_care"))], []);
        var taught = _before.Learn(lessons, _company.Cache, gently: true, null, CancellationToken.None);
        var files = Directory.GetFiles(_company.Cache, "understanding-*.bin");

        var again = _before.Learn(lessons, _company.Cache, gently: true, new Unwanted(), CancellationToken.None);
        var back = taught.Learn(Lessons.None, _company.Cache, gently: true, new Unwanted(), CancellationToken.None);

        Directory.GetFiles(_company.Cache, "understanding-*.bin").ShouldBe(files, ignoreOrder: true);
        Reading(again).ShouldBe(Reading(taught));
        Reading(back).ShouldBe(Reading(_before));
        Reading(back).ShouldNotBe(Reading(again));
    }

    [Fact]
    public void A_candidate_takes_over_only_when_it_is_better_and_loses_nothing_on_the_companys_own_questions()
    {
        var before = new LessonFigures(20, 10, 10, 5, 0.9, 0.7, 0.02);

        LessonTest.Objection(before, before with { IntentsRight = 11 }).ShouldBeNull();
        LessonTest.Objection(before, before with { IntentsRight = 11, EvaluationWrong = 0.0299, EvaluationIntents = 0.895 }).ShouldBeNull();
        LessonTest.Objection(before, before).ShouldBe("It gets 15 of 30 held-back labels right, and the version in force 15.");
        LessonTest.Objection(before, before with { IntentsRight = 14, AnswersRight = 1 }).ShouldNotBeNull();
        LessonTest.Objection(before, before with { IntentsRight = 20, EvaluationWrong = 0.05 })!.ShouldContain("answers more of the company's evaluation questions wrongly (3.0 points, 1 allowed)");
        LessonTest.Objection(before, before with { IntentsRight = 20, EvaluationIntents = 0.8 }).ShouldNotBeNull();
        LessonTest.Objection(before, before with { IntentsRight = 20, EvaluationAnswered = 0.6 }).ShouldNotBeNull();
        LessonTest.Objection(before with { EvaluationIntents = null }, before with { IntentsRight = 11 }).ShouldBeNull();
    }

    [Fact]
    public void What_was_held_back_is_measured_by_what_the_bot_does()
    {
        var heldBack = new Lessons(
            [new IntentLesson("track my order", "track_order"), new IntentLesson("hello", "tent_care"), new IntentLesson("qwx zrt plk", null), new IntentLesson("hi there", null)],
            [new AnswerLesson("qwx zrt", "tent-care", false), new AnswerLesson("qwx zrt", "tent-care", true)]);

        var figures = LessonTest.Run(_before, heldBack, Monday, TimeProvider.System);

        (figures.Intents, figures.IntentsRight, figures.Answers, figures.AnswersRight).ShouldBe((4, 2, 2, 1));
        figures.EvaluationIntents.ShouldBeNull();
    }

    private static (string, double) Reading(Understanding understanding) =>
        understanding.Inquire("courier whereabouts?").Top is { } top ? (top.Intent.Name, top.Probability) : ("", 0);

    private Understanding Teach(IReadOnlyList<IntentLesson> intents, IReadOnlyList<AnswerLesson> answers) =>
        _before.Learn(new Lessons(intents, answers), _company.Cache, gently: true, null, CancellationToken.None);

    /// <summary>Nothing is to be learnt.</summary>
    private sealed class Unwanted : IProgress<string>
    {
        public void Report(string value) => throw new InvalidOperationException(value);
    }
}
