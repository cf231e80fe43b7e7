using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>A sentence of a passage, taken apart once for all checks against it.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Text">The sentence behind the one that announces it, for the words of a list item.</param>
/// <param name="Stems">Stems of the telling words of <paramref name="Text"/> and of the headings above.</param>
/// <param name="Clauses">Its clauses.</param>
internal sealed record SourceSentence(Sentence Sentence, string Text, IReadOnlySet<string> Stems, IReadOnlyList<Clause> Clauses);

/// <summary>A passage, taken apart once for all checks against it.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Sentences">Its sentences.</param>
/// <param name="Stems">Stems of its telling words, titles and headings included.</param>
/// <param name="Codes">Its codes and addresses.</param>
internal sealed record SourceText(
    SourcePassage Passage, IReadOnlyList<SourceSentence> Sentences, IReadOnlySet<string> Stems, IReadOnlySet<string> Codes)
{
    /// <summary>Takes a passage apart.</summary>
    public static SourceText Of(SourcePassage passage)
    {
        var headings = string.Join(' ', passage.Headings.Prepend(passage.Title));
        var sentences = new List<SourceSentence>();
        Sentence? announcing = null;
        foreach (var sentence in passage.Sentences)
        {
            announcing = sentence.Announces ? sentence : sentence.Kind == SentenceKind.Item ? announcing : null;
            var text = announcing is null || announcing == sentence ? sentence.Text : $"{announcing.Text} {sentence.Text}";
            var stems = Clause.TellingStems($"{headings} {text}").ToHashSet(StringComparer.Ordinal);
            sentences.Add(new SourceSentence(sentence, text, stems, Clause.Split(text)));
        }

        return new SourceText(
            passage,
            sentences,
            sentences.SelectMany(s => s.Stems).Concat(Tokenizer.Stems(headings)).ToHashSet(StringComparer.Ordinal),
            sentences.SelectMany(s => s.Clauses).SelectMany(c => c.Figures.Codes).ToHashSet(StringComparer.Ordinal));
    }
}
