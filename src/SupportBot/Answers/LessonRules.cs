using SupportBot.Company;

namespace SupportBot.Answers;

/// <summary>
/// Which lessons a company can be taught: not those whose intent or article is gone, and not in the words of its evaluation questions, for what
/// is measured is not learnt.
/// </summary>
public sealed class LessonRules
{
    private readonly HashSet<string> _intents;
    private readonly HashSet<string> _articles;
    private readonly HashSet<string> _measured;

    internal LessonRules(CompanyReading company)
    {
        _intents = company.Intents.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        _articles = company.Articles.Select(a => a.Slug).ToHashSet(StringComparer.Ordinal);
        _measured = company.Evaluation.Select(q => Lessons.WordsOf(q.Text)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Why a lesson cannot be learnt, in a few words; null when it can.</summary>
    public string? Objection(IntentLesson lesson) =>
        lesson.Intent is { } intent && !_intents.Contains(intent) ? "There is no such intent any more." : Objection(lesson.Text);

    /// <summary>The same of an answer.</summary>
    public string? Objection(AnswerLesson lesson) =>
        !_articles.Contains(lesson.Article) ? "There is no such article any more." : Objection(lesson.Question);

    private string? Objection(string text) => Lessons.WordsOf(text) switch
    {
        "" => "There are no words in it.",
        var words when _measured.Contains(words) => "It is an evaluation question, with which the bot is measured.",
        _ => null,
    };
}
