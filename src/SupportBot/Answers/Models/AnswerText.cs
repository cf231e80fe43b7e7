using System.Text;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>An answer as it grows: its text with markers, and what they stand for, one number an article in the order of first use.</summary>
internal sealed class AnswerText
{
    private readonly StringBuilder _text = new();
    private readonly List<(SourcePassage First, List<Sentence> Sentences)> _articles = [];
    private readonly HashSet<Sentence> _used = new(ReferenceEqualityComparer.Instance);

    /// <summary>Number of sentences and list items.</summary>
    public int Count { get; private set; }

    /// <summary>What the markers stand for; an excerpt is made of the sentences that the answer rests on.</summary>
    public IReadOnlyList<Citation> Citations =>
        [.. _articles.Select((a, i) => new Citation(i + 1, a.First.Slug, a.First.Title, string.Join(' ', a.Sentences.Select(s => s.Text))))];

    /// <summary>Whether a sentence of an article is behind the text already.</summary>
    public bool RestsOn(Sentence sentence) => _used.Contains(sentence);

    /// <summary>Adds a sentence or list item with what it rests on.</summary>
    public void Add(string text, bool isItem, bool beginsParagraph, IReadOnlyList<(SourcePassage Passage, SourceSentence Sentence)> sources)
    {
        var markers = sources.Select(s => NumberOf(s.Passage, s.Sentence.Sentence)).Distinct().Order().Select(number => $"[{number}]");
        var plain = Unmarked(text);
        var stop = plain.Length - plain.AsSpan().TrimEnd(".!?:").Length;
        if (Count++ > 0)
        {
            _text.Append(beginsParagraph ? "\n\n" : isItem ? "\n" : " ");
        }

        _text.Append(isItem ? "- " : "").Append(plain.AsSpan(0, plain.Length - stop)).Append(' ').AppendJoin("", markers).Append(plain.AsSpan(plain.Length - stop));
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    // Square brackets and asterisks mean markup in the bot's messages; in a sentence they are just characters.
    private static string Unmarked(string text) => text.Replace('[', '(').Replace(']', ')').Replace("*", "", StringComparison.Ordinal);

    private int NumberOf(SourcePassage passage, Sentence sentence)
    {
        var at = _articles.FindIndex(a => a.First.Slug == passage.Slug);
        if (at < 0)
        {
            at = _articles.Count;
            _articles.Add((passage, []));
        }

        if (_used.Add(sentence))
        {
            _articles[at].Sentences.Add(sentence);
        }

        return at + 1;
    }
}
