using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>A passage as a model is given it.</summary>
/// <param name="Position">The number it is cited by, from 1.</param>
/// <param name="Slug">Its article's slug.</param>
/// <param name="Title">Its article's title.</param>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="Sentences">Its sentences and list items in reading order.</param>
public sealed record SourcePassage(int Position, string Slug, string Title, IReadOnlyList<string> Headings, IReadOnlyList<Sentence> Sentences)
{
    private const int MostWords = 1_200;

    /// <summary>
    /// The passages of the articles that an answer rests on, in reading order. Short articles come whole, so that no exception is left
    /// out; of long ones come the passages that share most with the question.
    /// </summary>
    /// <param name="articles">The articles, the best one first.</param>
    /// <param name="question">The customer's question.</param>
    public static IReadOnlyList<SourcePassage> Of(IReadOnlyList<Article> articles, string question)
    {
        var asked = StopWords.Without(Tokenizer.Words(question)).Select(LightStemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var all = articles.DistinctBy(a => a.Slug).SelectMany(a => a.Passages.Select(p => (Article: a, Passage: p))).ToArray();
        var (words, taken) = (0, new HashSet<Passage>());
        foreach (var passage in all.Select(x => x.Passage).OrderByDescending(p => Shared(p, asked)))
        {
            words += passage.Text.Count(c => c == ' ') + 1;
            if (taken.Count > 0 && words > MostWords)
            {
                break;
            }

            taken.Add(passage);
        }

        return [.. all.Where(x => taken.Contains(x.Passage)).Select((x, i) => new SourcePassage(i + 1, x.Article.Slug, x.Article.Title, x.Passage.Headings, x.Passage.Sentences))];
    }

    // Equal shares keep the order of the articles, whose first is the best and whose first passage is written to answer.
    private static int Shared(Passage passage, HashSet<string> asked) =>
        Tokenizer.Stems($"{passage.Heading} {passage.Text}").Distinct().Count(asked.Contains);
}
