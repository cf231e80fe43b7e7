using System.Text;
using System.Text.RegularExpressions;
using SupportBot.Company;
using SupportBot.Knowledge;

namespace SupportBot.Answers.Models;

/// <summary>
/// Turns what a model writes into what a customer may see, sentence by sentence: a sentence is let through only after its check, so that
/// no part of a live answer holds anything unchecked. A sentence that fails is replaced by the article's own one that says the same, or
/// left out. Pure; one instance an answer.
/// </summary>
internal sealed class GroundedWriter(IReadOnlyList<SourcePassage> passages, IReadOnlyList<string> knownNames, LeakGuard guard, int mostCharacters)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const double LeastKept = 0.5;
    private const double CloseEnough = 0.5;

    private static readonly Regex YesOrNo = new(@"^(yes|no|sure|certainly|absolutely|of course)[,.!:;–—-]+ *", Linear);
    private static readonly Regex Markup = new(@"\]\(|</?[a-z!]|!\[", Linear);

    private static readonly HashSet<string> LeansOnPrevious =
        ["this", "that", "these", "those", "it", "they", "then", "however", "otherwise", "but", "also", "so", "both", "instead", "unless", "except", "he", "she"];

    private readonly Grounding _grounding = new(passages, knownNames);
    private readonly WrittenSentences _sentences = new();
    private readonly StringBuilder _raw = new();
    private readonly AnswerText _answer = new();
    private readonly List<DroppedSentence> _dropped = [];
    private WrittenSentence? _announcing;
    private bool _gap;
    private int _kept;

    /// <summary>Why nothing more is let through; null while all is well.</summary>
    public ModelRefusal? Refusal { get; private set; }

    /// <summary>What failed so far.</summary>
    public IReadOnlyList<DroppedSentence> Dropped => _dropped;

    /// <summary>The checked text so far, with markers.</summary>
    public string Text => _answer.ToString();

    /// <summary>Takes what the model wrote next.</summary>
    /// <returns>Whether there is more checked text than before.</returns>
    public bool Add(string chunk)
    {
        if (Refusal is not null)
        {
            return false;
        }

        _raw.Append(chunk);
        if (_raw.Length > mostCharacters)
        {
            Refusal = ModelRefusal.TooLong;
            return false;
        }

        WrittenSentence[] complete = [.. _sentences.Add(chunk)];
        return complete.Length > 0 && Take(complete);
    }

    /// <summary>Closes the answer.</summary>
    public ModelOutcome End()
    {
        if (Refusal is null)
        {
            Take([.. _sentences.End()]);
        }

        // How sure the bot is was found for the first article: an answer out of others only is not the one it is sure of.
        var isDecided = _answer.Citations.Any(citation => citation.Slug == passages[0].Slug);
        if (Refusal is null && (_kept == 0 || !isDecided || _kept < LeastKept * (_kept + _dropped.Count)))
        {
            Refusal = ModelRefusal.NotGrounded;
        }

        return Refusal is { } refusal ? new ModelOutcome.Refused(refusal, _dropped) : new ModelOutcome.Written(Text, _answer.Citations, _dropped);
    }

    private bool Take(IReadOnlyList<WrittenSentence> sentences)
    {
        // A leak may end in the middle of a sentence, so the whole text is looked at, before any of its sentences is let through.
        if (guard.Leaks(_raw.ToString()))
        {
            Refusal = ModelRefusal.Leaked;
            return false;
        }

        var before = _answer.Count;
        foreach (var sentence in sentences)
        {
            if (sentence is { Announces: true, Cited.Count: 0 })
            {
                _announcing = sentence;
                continue;
            }

            Consider(sentence);
        }

        return _answer.Count > before;
    }

    private void Consider(WrittenSentence sentence)
    {
        // A sentence that announces a list rests on what its first item rests on.
        if (_announcing is { } announcing)
        {
            _announcing = null;
            Consider(announcing with { Cited = sentence.Cited });
        }

        var plain = Capitalised(YesOrNo.Replace(sentence.Text, ""));
        var result = FormFault(sentence) is { } fault ? new GroundingResult(fault, "", []) : _grounding.Check(plain, sentence.Cited);
        if (result.Fault is null && _gap && Leans(plain))
        {
            result = new GroundingResult(SentenceFault.Support, "the sentence before it", []);
        }

        if (result.Fault is not { } wrong)
        {
            _kept++;
            _gap = false;
            _answer.Add(plain, sentence.IsItem, sentence.BeginsParagraph, result.Sources);
            return;
        }

        var replacement = sentence.Cited.Any(_grounding.Knows) ? Replacement(plain, [.. sentence.Cited.Where(_grounding.Knows)]) : null;
        _dropped.Add(new DroppedSentence(sentence.Text, wrong, result.Detail, replacement?.Sentence.Sentence.Text));
        _gap = replacement is null;
        if (replacement is { } extract)
        {
            _answer.Add(extract.Sentence.Sentence.Text, sentence.IsItem, sentence.BeginsParagraph, [extract]);
        }
    }

    private SentenceFault? FormFault(WrittenSentence sentence) =>
        sentence.Cited.Count == 0 ? SentenceFault.Uncited
        : !sentence.Cited.All(_grounding.Knows) ? SentenceFault.UnknownPassage
        : Markup.IsMatch(sentence.Text) ? SentenceFault.Markup
        : null;

    /// <summary>The article's own sentence for one that failed: close enough to be what was meant, whole by itself, and not there yet.</summary>
    private (SourcePassage Passage, SourceSentence Sentence)? Replacement(string failed, IReadOnlyList<int> cited) =>
        _grounding.Closest(failed, cited) is ({ } passage, { Sentence: var own } source, >= CloseEnough)
        && !own.Announces && own.Text.EndsWith('.') && !Leans(own.Text) && !_answer.RestsOn(own)
            ? (passage, source)
            : null;

    private static bool Leans(string text) => Tokenizer.Words(text) is [var first, ..] && LeansOnPrevious.Contains(first);

    private static string Capitalised(string text) => text.Length > 0 && char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
