using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// What people judged in conversations, as the confidence would have met it: each is read by classifiers that had not learnt its words, or
/// a lesson would look surer than the next customer's question will.
/// </summary>
internal static class JudgedTurns
{
    public static IReadOnlyList<LabelledTurn> Of(Curriculum curriculum, TrainedModel model, KnowledgeIndex index)
    {
        var turns = new List<LabelledTurn>();
        for (var fold = 0; fold < Lessons.Folds; fold++)
        {
            var judgements = Judgements(curriculum.Lessons).Where(j => Lessons.FoldOf(j.Text) == fold).ToArray();
            if (judgements.Length == 0)
            {
                continue;
            }

            var recognition = (curriculum with { Lessons = curriculum.Lessons.Without(fold) }).LearnLike(model.Recognition);
            foreach (var (text, article, right) in judgements)
            {
                var (inquiry, ranked) = recognition.Understand(text, index);
                if (ranked.Count > 0 && IsRight(ranked[0].Article.Slug, article, right) is { } isRight)
                {
                    var signals = Recognition.SignalsFor(inquiry, ranked);
                    turns.Add(new LabelledTurn(AnswerConfidence.Features(ranked, signals), model.Confidence.Probability(ranked, signals), isRight, WouldAnswer: true));
                }
            }
        }

        return turns;
    }

    /// <summary>Whether the article that is found now is right; null when nobody said anything of it.</summary>
    private static bool? IsRight(string found, string? judged, bool right) =>
        judged is null ? false : found == judged ? right : right ? false : null;

    /// <summary>What was said of answers; and no article answers what means none of the intents.</summary>
    private static IEnumerable<(string Text, string? Article, bool Right)> Judgements(Lessons lessons) =>
        lessons.Answers.Select(l => (l.Question, (string?)l.Article, l.Right))
            .Concat(lessons.Intents.Where(l => l.Intent is null).Select(l => (l.Text, (string?)null, false)));
}
