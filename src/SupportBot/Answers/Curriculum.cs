using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// Everything there is to learn: the company's articles and intents, and what people said beside them. A message that means an intent is one
/// more example of it, a question that an article answered one more phrasing of that, and messages that mean none of the intents make a class
/// of their own: without it, a message between two subjects would always be drawn to one of them.
/// </summary>
/// <param name="Articles">Each article once, with the questions of all its versions.</param>
/// <param name="Intents">The files' intents.</param>
/// <param name="Lessons">What people said; see <see cref="Lessons.Fitting"/>.</param>
internal sealed record Curriculum(IReadOnlyList<Article> Articles, IReadOnlyList<Intent> Intents, Lessons Lessons)
{
    /// <summary>The class of messages that mean none of the intents. No intent of a file can have this name.</summary>
    public const string NoneOfThem = "(none of them)";

    /// <summary>Fewer such messages say nothing about others.</summary>
    public const int FewestOutside = 3;

    /// <summary>The intents with all their examples, and the class of what means none of them where there is one.</summary>
    public IReadOnlyList<Intent> TaughtIntents()
    {
        var taught = Lessons.Intents.Where(l => l.Intent is not null).ToLookup(l => l.Intent!, l => l.Text, StringComparer.Ordinal);
        var outside = Lessons.Intents.Where(l => l.Intent is null).Select(l => l.Text).ToArray();
        var intents = Intents.Select(i => taught.Contains(i.Name) ? i with { Examples = [.. i.Examples, .. taught[i.Name]] } : i);
        return outside.Length < FewestOutside ? [.. intents] : [.. intents, new Intent(NoneOfThem, "", [], outside)];
    }

    /// <summary>The articles as classes, with the phrasings that intents and people give them.</summary>
    public IReadOnlyList<Intent> Classes()
    {
        var answered = Lessons.Answers.Where(l => l.Right).ToLookup(l => l.Article, l => l.Question, StringComparer.Ordinal);
        return
        [
            .. Recognition.AsClasses(Articles, Recognition.Phrasings(TaughtIntents()))
                .Select(c => answered.Contains(c.Name) ? c with { Examples = [.. c.Examples, .. answered[c.Name].Except(c.Examples, StringComparer.Ordinal)] } : c),
        ];
    }

    /// <summary>Learns both classifiers with everything that says how far to trust them.</summary>
    public Recognition Learn() => new(
        IntentRecognizer.Train(TaughtIntents(), Recognition.Related(Articles, Intents)), IntentRecognizer.Train(Classes(), Recognition.Sentences(Articles)));

    /// <summary>Learns the classifiers alone, trusted as far as others of their kind: for asking what would be said to what was not learnt.</summary>
    public Recognition LearnLike(Recognition other) => new(
        other.Intents.Retrain(TaughtIntents(), Recognition.Related(Articles, Intents)), other.Articles.Retrain(Classes(), Recognition.Sentences(Articles)));
}
