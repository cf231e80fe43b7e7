using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>An answer made of an article's own sentences.</summary>
internal sealed record ComposedAnswer(string Text, IReadOnlyList<Citation> Citations);

/// <summary>
/// Picks the sentences that answer. The sentence that shares most with the question is the core, with a head start for an article's lead,
/// which is written to answer its main question. Around it stands what it cannot do without: the sentence that a "however" refers to,
/// the exception that follows a rule, the whole list that a sentence announces.
/// </summary>
internal static class AnswerComposer
{
    private const int MostSentences = 4;
    private const int EnoughWords = 45;
    private const int PassagesLookedAt = 4;
    private const int ArticlesCompared = 6;
    private const double LeadPassage = 0.3;
    private const double FirstOfPassage = 0.15;
    private const double TopPassage = 0.15;
    private const double SecondMustAdd = 0.34;
    private const double SecondMustScore = 0.85;

    private static readonly HashSet<string> LeansOnPrevious = new(StringComparer.Ordinal)
    {
        "this", "that", "these", "those", "it", "they", "then", "however", "otherwise", "but", "also", "so", "both", "after", "instead", "in",
        "unless", "except", "even", "either", "not", "he", "she",
    };

    private static readonly HashSet<string> LimitsPrevious = new(StringComparer.Ordinal)
    {
        "however", "otherwise", "but", "unless", "except", "exceptions", "only", "exception", "please", "if",
    };

    /// <summary>Composes an answer from the best article, and a second one where it clearly adds.</summary>
    public static ComposedAnswer Compose(string question, IReadOnlyList<RankedArticle> ranked)
    {
        var asked = StopWords.Without(Tokenizer.Words(question)).Select(LightStemmer.Stem).ToHashSet(StringComparer.Ordinal);
        var rarity = Rarity(asked, ranked);
        var first = Pick(ranked[0], asked, rarity);
        var parts = new List<(Article Article, IReadOnlyList<Sentence> Sentences)> { (ranked[0].Article, first) };
        if (ranked.Count > 1 && ranked[1].Score >= SecondMustScore * ranked[0].Score)
        {
            var second = Pick(ranked[1], asked, rarity);
            var missing = asked.Except(ranked[0].Passages.SelectMany(p => Tokenizer.Stems(p.Passage.Text))).ToHashSet(StringComparer.Ordinal);
            if (Overlap(second, missing, rarity) >= SecondMustAdd)
            {
                parts.Add((ranked[1].Article, second));
            }
        }

        var texts = parts.Select((part, i) => Format(part.Sentences, i + 1));
        var citations = parts.Select((part, i) =>
            new Citation(i + 1, part.Article.Slug, part.Article.Title, string.Join(' ', part.Sentences.Select(s => s.Text))));
        return new ComposedAnswer(string.Join("\n\n", texts), [.. citations]);
    }

    private static IReadOnlyList<Sentence> Pick(RankedArticle article, IReadOnlySet<string> asked, IReadOnlyDictionary<string, double> rarity)
    {
        var top = article.Passages[0].Passage;
        var looked = article.Passages.Take(PassagesLookedAt).Select(p => p.Passage).Append(article.Article.Passages[0])
            .DistinctBy(p => p.Ordinal).OrderBy(p => p.Ordinal);
        var best = (Passage: top, Index: 0, Score: double.NegativeInfinity);
        foreach (var passage in looked)
        {
            var heading = Tokenizer.Stems(passage.Heading).ToHashSet(StringComparer.Ordinal);
            for (var i = 0; i < passage.Sentences.Count; i++)
            {
                var score = Overlap([passage.Sentences[i]], asked, rarity)
                    + (0.5 * asked.Where(heading.Contains).Sum(stem => rarity[stem]))
                    + (passage.Ordinal == 0 ? LeadPassage : 0) + (i == 0 ? FirstOfPassage : 0) + (passage.Ordinal == top.Ordinal ? TopPassage : 0);
                if (score > best.Score + 1e-9)
                {
                    best = (passage, i, score);
                }
            }
        }

        return Surround(best.Passage.Sentences, best.Index);
    }

    /// <summary>The sentence with what must not be cut off from it, and what follows in its paragraph while the answer is short.</summary>
    private static IReadOnlyList<Sentence> Surround(IReadOnlyList<Sentence> all, int core)
    {
        var (from, to) = (core, core);
        if (all[core].Kind == SentenceKind.Item)
        {
            (from, to) = WholeList(all, core);
        }

        while (from > 0 && all[from].Block == all[from - 1].Block && StartsWith(all[from], LeansOnPrevious) && to - from + 1 < MostSentences)
        {
            from--;
        }

        while (to + 1 < all.Count)
        {
            var next = all[to + 1];
            if (all[to].Announces && next.Kind == SentenceKind.Item)
            {
                to = WholeList(all, to + 1).To;
                continue;
            }

            var sameBlock = next.Block == all[to].Block && next.Kind == SentenceKind.Prose;
            var room = to - from + 1 < MostSentences && (Words(all, from, to) < EnoughWords || StartsWith(next, LimitsPrevious));
            if (!sameBlock || !room)
            {
                break;
            }

            to++;
        }

        // A last sentence that announces a list which is not there would be half of something.
        while (to > from && all[to].Announces)
        {
            to--;
        }

        return [.. all.Skip(from).Take(to - from + 1)];
    }

    private static (int From, int To) WholeList(IReadOnlyList<Sentence> all, int item)
    {
        var (from, to) = (item, item);
        while (from > 0 && all[from - 1].Block == all[item].Block)
        {
            from--;
        }

        while (to + 1 < all.Count && all[to + 1].Block == all[item].Block)
        {
            to++;
        }

        return (from > 0 && all[from - 1].Announces ? from - 1 : from, to);
    }

    private static int Words(IReadOnlyList<Sentence> all, int from, int to) =>
        all.Skip(from).Take(to - from + 1).Sum(s => s.Text.Count(c => c == ' ') + 1);

    private static bool StartsWith(Sentence sentence, HashSet<string> words) =>
        Tokenizer.Words(sentence.Text) is [var first, ..] && words.Contains(first);

    /// <summary>How much each asked word tells: rare in what was found counts more; all together count one.</summary>
    private static Dictionary<string, double> Rarity(IReadOnlyCollection<string> asked, IReadOnlyList<RankedArticle> ranked)
    {
        var passages = ranked.Take(ArticlesCompared).SelectMany(a => a.Passages.Take(PassagesLookedAt)).Select(p => Tokenizer.Stems(p.Passage.Text).ToHashSet(StringComparer.Ordinal)).ToArray();
        var raw = asked.ToDictionary(
            stem => stem, stem => Math.Log((1.0 + passages.Length) / (0.5 + passages.Count(p => p.Contains(stem)))), StringComparer.Ordinal);
        var sum = Math.Max(1e-9, raw.Values.Sum());
        return raw.ToDictionary(entry => entry.Key, entry => entry.Value / sum, StringComparer.Ordinal);
    }

    private static double Overlap(IReadOnlyList<Sentence> sentences, IReadOnlySet<string> asked, IReadOnlyDictionary<string, double> rarity) =>
        sentences.SelectMany(s => Tokenizer.Stems(s.Text)).Distinct().Where(asked.Contains).Sum(stem => rarity[stem]);

    private static string Format(IReadOnlyList<Sentence> sentences, int position)
    {
        var paragraphs = new List<string>();
        foreach (var block in sentences.GroupBy(s => (s.Block, s.Kind)))
        {
            paragraphs.Add(block.Key.Kind == SentenceKind.Item
                ? string.Join('\n', block.Select(s => $"- {Quoted(s.Text)}"))
                : string.Join(' ', block.Select(s => Quoted(s.Text))));
        }

        return $"{string.Join("\n\n", paragraphs)} [{position}]";
    }

    // Square brackets and asterisks mean markup in the bot's messages; in an article's plain text they are just characters.
    private static string Quoted(string text) => text.Replace('[', '(').Replace(']', ')').Replace("*", "", StringComparison.Ordinal);
}
