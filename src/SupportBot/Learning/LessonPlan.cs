using SupportBot.Answers;

namespace SupportBot.Learning;

/// <summary>Which labels are learnt and which are held back to measure with. Pure.</summary>
/// <param name="Learnt">By id in order.</param>
/// <param name="HeldBack">By id in order.</param>
public sealed record LessonPlan(IReadOnlyList<LabelledExample> Learnt, IReadOnlyList<LabelledExample> HeldBack)
{
    /// <summary>With fewer held-back labels a difference is chance.</summary>
    public const int FewestHeldBack = 10;

    /// <summary>One text in so many is held back.</summary>
    private const int HeldBackOneIn = 5;

    /// <summary>
    /// Splits labels by their words alone, so that no text is ever on both sides, whoever says it and in whichever training. Of what is said of
    /// the same words the weightiest counts, and the latest among equals.
    /// </summary>
    /// <param name="labels">Labels that may be used.</param>
    /// <param name="rules">What the company can be taught.</param>
    public static LessonPlan Of(IEnumerable<LabelledExample> labels, LessonRules rules)
    {
        var counted = labels
            .Where(l => l is { Current: true, LeftOut: false } && ObjectionTo(l, rules) is null)
            .GroupBy(l => (l.Kind, l.Article, Words: Lessons.WordsOf(l.Text)))
            .Select(g => g.OrderByDescending(l => l.Source).ThenByDescending(l => l.Id).First())
            .OrderBy(l => l.Id)
            .ToLookup(l => IsHeldBack(l.Text));
        return new LessonPlan([.. counted[false]], [.. counted[true]]);
    }

    /// <summary>Whether a text is measured with and never learnt.</summary>
    public static bool IsHeldBack(string text) => Lessons.Spread(text) % HeldBackOneIn == 0;

    /// <summary>Why a label cannot be learnt, in a few words; null when it can.</summary>
    public static string? ObjectionTo(LabelledExample label, LessonRules rules) => label.Kind == LabelKind.Intent
        ? rules.Objection(new IntentLesson(label.Text, label.Intent))
        : rules.Objection(new AnswerLesson(label.Text, label.Article!, label.Right == true));

    /// <summary>Labels as lessons; the same labels give the same lessons.</summary>
    public static Lessons ToLessons(IReadOnlyList<LabelledExample> labels) => new(
        [.. labels.Where(l => l.Kind == LabelKind.Intent).Select(l => new IntentLesson(l.Text, l.Intent))],
        [.. labels.Where(l => l.Kind == LabelKind.Answer).Select(l => new AnswerLesson(l.Text, l.Article!, l.Right == true))]);
}
