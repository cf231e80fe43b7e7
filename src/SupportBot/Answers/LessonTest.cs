namespace SupportBot.Answers;

/// <summary>How a snapshot does on lessons that it has not learnt, and on the company's own questions. Shares are 0 to 1, null when there is nothing to take them of.</summary>
/// <param name="Intents">Number of messages whose meaning is known.</param>
/// <param name="IntentsRight">How many of them it reads right.</param>
/// <param name="Answers">Number of questions of which it is known whether an article answers them.</param>
/// <param name="AnswersRight">How many of them it decides right.</param>
/// <param name="EvaluationIntents">Of the evaluation questions with an intent, the share that it reads right.</param>
/// <param name="EvaluationAnswered">Of the evaluation questions that it may answer, the share that it does.</param>
/// <param name="EvaluationWrong">Of all evaluation questions, the share that it answers wrongly.</param>
public sealed record LessonFigures(
    int Intents, int IntentsRight, int Answers, int AnswersRight, double? EvaluationIntents, double? EvaluationAnswered, double? EvaluationWrong)
{
    /// <summary>All that it does right of what had been held back.</summary>
    public int Right => IntentsRight + AnswersRight;

    /// <summary>All that had been held back.</summary>
    public int HeldBack => Intents + Answers;
}

/// <summary>Measures snapshots on lessons that were held back, and says whether one may take another's place.</summary>
public static class LessonTest
{
    /// <summary>What a share on the evaluation questions may lose by chance: a wording or two in a few hundred.</summary>
    public const double Margin = 0.01;

    /// <summary>Asks everything in conversations of its own. Takes some milliseconds a question.</summary>
    public static LessonFigures Run(Understanding understanding, Lessons heldBack, DateTimeOffset now, TimeProvider time)
    {
        var evaluation = Evaluation.Run(understanding, now, time);
        Decision Decide(string text) => understanding.Decide(text, DialogueState.Start, now);
        return new LessonFigures(
            heldBack.Intents.Count,
            heldBack.Intents.Count(l => l.Intent is { } intent
                ? understanding.Inquire(l.Text) is { NoneOfThem: < 0.5, Top: { } top } && top.Intent.Name == intent
                : Decide(l.Text) is Decision.Escalate),
            heldBack.Answers.Count,
            heldBack.Answers.Count(l => l.Right == (Decide(l.Question) is Decision.Answer answer && answer.Citations[0].Slug == l.Article)),
            evaluation.IntentAccuracy,
            evaluation.AnsweredOfAnswerable,
            evaluation.WronglyAnswered);
    }

    /// <summary>Why a snapshot must not take the place of the one in force, in one sentence; null when it may.</summary>
    public static string? Objection(LessonFigures inForce, LessonFigures candidate)
    {
        if (candidate.Right <= inForce.Right)
        {
            return $"It gets {candidate.Right} of {candidate.HeldBack} held-back labels right, and the version in force {inForce.Right}.";
        }

        var lost = Lost("reads fewer of the company's evaluation questions right", inForce.EvaluationIntents - candidate.EvaluationIntents)
            ?? Lost("answers fewer of the company's evaluation questions", inForce.EvaluationAnswered - candidate.EvaluationAnswered)
            ?? Lost("answers more of the company's evaluation questions wrongly", candidate.EvaluationWrong - inForce.EvaluationWrong);
        return lost is null ? null : $"It does better on the held-back labels, but {lost}.";
    }

    private static string? Lost(string what, double? share) =>
        share > Margin ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what} ({100 * share:0.0} points, {100 * Margin:0} allowed)") : null;
}
