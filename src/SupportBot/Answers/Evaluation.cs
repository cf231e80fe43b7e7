using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>How well the bot handles the evaluation questions. Shares are 0 to 1, null when there is nothing to take them of.</summary>
/// <param name="Questions">Number of questions.</param>
/// <param name="IntentAccuracy">Share of right intents over the questions that have one.</param>
/// <param name="Answered">Share of all questions that were answered from the articles.</param>
/// <param name="AnsweredRight">Share of the answered ones that cite a right article first.</param>
/// <param name="AnsweredOfAnswerable">Share of the questions with an article, and a workflow that lets the bot answer, that were answered.</param>
/// <param name="WronglyAnswered">Share of all questions that were answered with a wrong article or have none.</param>
/// <param name="UnanswerableEscalated">Share of the questions without an article, small talk aside, that went to a human, to a ticket or were asked back.</param>
/// <param name="TopArticleRight">Share of the questions with an article whose best article is right, answered or not.</param>
/// <param name="Ece">Expected calibration error of the answer probability against "the top article is right", 15 bins.</param>
/// <param name="MedianTurnMs">Median time of a decision in milliseconds.</param>
/// <param name="Threshold">The answer probability from which the bot answers.</param>
/// <param name="Coverage">What other thresholds would answer, and wrongly; empty when there are too few labelled questions to say.</param>
/// <param name="Misses">What went wrong, in the order of the questions.</param>
public sealed record EvaluationResult(
    int Questions,
    double? IntentAccuracy,
    double? Answered,
    double? AnsweredRight,
    double? AnsweredOfAnswerable,
    double? WronglyAnswered,
    double? UnanswerableEscalated,
    double? TopArticleRight,
    double? Ece,
    double? MedianTurnMs,
    double Threshold,
    IReadOnlyList<CoveragePoint> Coverage,
    IReadOnlyList<EvaluationMiss> Misses);

/// <summary>A question that was not handled as it should have been.</summary>
/// <param name="Text">The question.</param>
/// <param name="Problem">What went wrong: <c>intent</c>, <c>wrong answer</c>, <c>not answered</c>, <c>not escalated</c>.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Got">What came.</param>
/// <param name="Confidence">Probability of the intent, or that the top article answers.</param>
public sealed record EvaluationMiss(string Text, string Problem, string Expected, string Got, double Confidence);

/// <summary>Asks every evaluation question in a conversation of its own and measures the decisions.</summary>
public static class Evaluation
{
    private const int Bins = 15;
    private const int MostPoints = 25;

    private sealed record Outcome(EvaluationQuestion Question, Turn Turn, Decision Decision, double Milliseconds)
    {
        public bool IsAnswer => Decision is Decision.Answer;

        public bool TopIsRight => Turn.Ranked.Count > 0 && Question.Articles.Contains(Turn.Ranked[0].Article.Slug);

        public string? Intent => Turn.Inquiry.Top?.Intent.Name;
    }

    /// <summary>Runs the evaluation.</summary>
    /// <param name="understanding">What is measured.</param>
    /// <param name="now">The time at which all questions are asked; only the bot's closing words depend on it.</param>
    /// <param name="time">What the time of a decision is measured with.</param>
    public static EvaluationResult Run(Understanding understanding, DateTimeOffset now, TimeProvider time)
    {
        var outcomes = new List<Outcome>();
        for (var i = 0; i < understanding.EvaluationQuestions.Count; i++)
        {
            var start = time.GetTimestamp();
            var turn = understanding.ReadLabelled(i, now);
            var decision = understanding.Decide(turn);
            outcomes.Add(new Outcome(understanding.EvaluationQuestions[i], turn, decision, time.GetElapsedTime(start).TotalMilliseconds));
        }

        var withIntent = outcomes.Where(o => o.Question.Intent is not null).ToArray();
        var answered = outcomes.Where(o => o.IsAnswer).ToArray();
        var answerable = outcomes.Where(o => o.Question.Articles.Count > 0).ToArray();
        var mayAnswer = answerable.Where(o => MayAnswer(understanding, o.Question)).ToArray();
        var unanswerable = outcomes.Where(o => o.Question.Articles.Count == 0 && !IsSmallTalk(understanding, o.Question)).ToArray();
        return new EvaluationResult(
            outcomes.Count,
            Share(withIntent, o => o.Intent == o.Question.Intent),
            Share(outcomes, o => o.IsAnswer),
            Share(answered, o => o.TopIsRight),
            Share(mayAnswer, o => o.IsAnswer),
            Share(outcomes, o => o.IsAnswer && !o.TopIsRight),
            Share(unanswerable, o => o.Decision is Decision.Escalate or Decision.OpenTicket or Decision.AskBack or Decision.Collect),
            Share(answerable, o => o.TopIsRight),
            CalibrationError(outcomes),
            outcomes.Count == 0 ? null : outcomes.Select(o => o.Milliseconds).Order().ElementAt(outcomes.Count / 2),
            understanding.AnswerThreshold,
            Sampled(understanding.Coverage),
            [.. outcomes.SelectMany(Misses)]);
    }

    /// <summary>Enough points to draw the curve.</summary>
    private static IReadOnlyList<CoveragePoint> Sampled(IReadOnlyList<CoveragePoint> curve)
    {
        var step = Math.Max(1, curve.Count / MostPoints);
        return [.. curve.Where((_, i) => (i + 1) % step == 0)];
    }

    private static bool IsSmallTalk(Understanding understanding, EvaluationQuestion question) =>
        question.Intent is { } intent && understanding.Workflows.GetValueOrDefault(intent)?.Reply is not null;

    private static bool MayAnswer(Understanding understanding, EvaluationQuestion question) =>
        question.Intent is not { } intent || understanding.Workflows.GetValueOrDefault(intent) is not { } workflow
        || (workflow.Answer != AnswerMode.Never && !CaseRules.IsOwnCase(workflow, question.Text, slot => slot.Pattern?.IsMatch(question.Text) == true));

    private static double? Share(IReadOnlyCollection<Outcome> outcomes, Func<Outcome, bool> counts) =>
        outcomes.Count == 0 ? null : (double)outcomes.Count(counts) / outcomes.Count;

    private static double? CalibrationError(IReadOnlyCollection<Outcome> outcomes) =>
        outcomes.Count == 0 ? null : outcomes
            .GroupBy(o => Math.Min(Bins - 1, (int)(o.Turn.AnswerProbability * Bins)))
            .Sum(bin => Math.Abs(bin.Average(o => o.Turn.AnswerProbability) - bin.Average(o => o.TopIsRight ? 1.0 : 0.0)) * bin.Count()) / outcomes.Count;

    private static IEnumerable<EvaluationMiss> Misses(Outcome outcome)
    {
        var (question, turn, decision, _) = outcome;
        if (question.Intent is not null && outcome.Intent != question.Intent)
        {
            yield return new EvaluationMiss(question.Text, "intent", question.Intent, outcome.Intent ?? "none", turn.Inquiry.Top?.Probability ?? 0);
        }

        var expected = question.Articles.Count > 0 ? string.Join(" or ", question.Articles) : "no answer";
        var got = $"{decision.GetType().Name} ({decision.ReasonCode}), best {(turn.Ranked.Count > 0 ? turn.Ranked[0].Article.Slug : "none")}";
        if (outcome.IsAnswer && !outcome.TopIsRight)
        {
            yield return new EvaluationMiss(question.Text, "wrong answer", expected, got, turn.AnswerProbability);
        }
        else if (question.Articles.Count > 0 && !outcome.IsAnswer)
        {
            yield return new EvaluationMiss(question.Text, "not answered", expected, got, turn.AnswerProbability);
        }
        else if (question.Articles.Count == 0 && decision is Decision.SmallTalk)
        {
            yield return new EvaluationMiss(question.Text, "not escalated", expected, got, turn.AnswerProbability);
        }
    }
}
