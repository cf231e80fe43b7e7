using SupportBot.Company;

namespace SupportBot.Answers.Models;

/// <summary>Whether a sentence is in the passages that it cites.</summary>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
/// <param name="Detail">The words or figures that it failed on.</param>
/// <param name="Sources">The sentences that it rests on, by passage; empty when it failed.</param>
internal sealed record GroundingResult(SentenceFault? Fault, string Detail, IReadOnlyList<(SourcePassage Passage, SourceSentence Sentence)> Sources);

/// <summary>
/// Checks a model's sentence against the passages that it cites. Both are cut into clauses. Every figure of a clause must stand in a source
/// clause that is about the same thing at least as much as the clauses with other figures of that unit; names must occur; the sentences
/// that it rests on must deny what it denies, assert what it asserts, and hold its strong words; and most of its words must be theirs. When in
/// doubt it fails: a faithful sentence that is dropped costs some polish, an invented one costs trust.
/// </summary>
internal sealed class Grounding
{
    private const double LeastPassageSupport = 0.6;
    private const double LeastSentenceSupport = 0.5;
    private const double EnoughSupport = 0.7;
    private const double ConceptShare = 0.7;
    private const double WithoutFigure = 0.7;
    private const int ShortSentence = 6;

    /// <summary>Of these, one is not as good as another.</summary>
    private static readonly HashSet<string> NameConcepts = [.. new[] { "place", "courier", "paymethod", "card", "hours", "family" }.Select(name => "cpt" + name)];

    private readonly Dictionary<int, SourceText> _passages;
    private readonly Dictionary<string, double> _idf;
    private readonly double _unknown;
    private readonly HashSet<string> _knownNames;

    public Grounding(IReadOnlyList<SourcePassage> passages, IReadOnlyList<string> knownNames)
    {
        _passages = passages.ToDictionary(p => p.Position, SourceText.Of);
        _knownNames = knownNames.SelectMany(Tokenizer.Stems).ToHashSet(StringComparer.Ordinal);
        var sentences = _passages.Values.SelectMany(p => p.Sentences).ToArray();
        _unknown = Math.Log(1 + (sentences.Length / 0.5));
        _idf = sentences.SelectMany(s => s.Stems).GroupBy(stem => stem, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Math.Log(1 + (sentences.Length / (0.5 + g.Count()))), StringComparer.Ordinal);
    }

    /// <summary>Whether a position is one of the passages given.</summary>
    public bool Knows(int position) => _passages.ContainsKey(position);

    /// <summary>Checks a sentence without its markers.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="cited">The positions of known passages that it cites; at least one.</param>
    public GroundingResult Check(string sentence, IReadOnlyList<int> cited)
    {
        var passages = cited.Distinct().Select(position => _passages[position]).ToArray();
        if (Quoted(sentence, passages) is { } quoted)
        {
            return new GroundingResult(null, "", [quoted]);
        }

        var stems = Clause.TellingStems(sentence).ToHashSet(StringComparer.Ordinal);
        var clauses = Clause.Split(sentence);
        if (stems.Count == 0)
        {
            return Failed(SentenceFault.Empty, "");
        }

        var names = Names.In(sentence).Where(name => !_knownNames.Contains(name.Stem)).ToArray();
        if (WrongFigure(clauses, names, passages) is { } figure)
        {
            return Failed(SentenceFault.Figure, figure);
        }

        var sources = Sources(stems, clauses, passages);
        var written = sources.SelectMany(s => s.Sentence.Stems).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !written.Contains(name.Stem)) is { Word: not null } unknown)
        {
            return Failed(SentenceFault.Name, unknown.Word);
        }

        if (Support(stems, passages.SelectMany(p => p.Stems).ToHashSet(StringComparer.Ordinal)) < LeastPassageSupport || Support(stems, written) < LeastSentenceSupport)
        {
            return Failed(SentenceFault.Support, string.Join(' ', stems.Where(stem => !written.Contains(stem))));
        }

        if (clauses.FirstOrDefault(clause => !SaysTheSame(clause, sources)) is { } turned)
        {
            return Failed(SentenceFault.Negation, string.Join(' ', turned.Stems));
        }

        return Emphasis.Unfounded(sentence, string.Join(' ', sources.Select(s => s.Sentence.Text))) is { } word
            ? Failed(SentenceFault.Strength, word)
            : new GroundingResult(null, "", sources);
    }

    /// <summary>The sentence of the cited passages that says most of the same, with the share that it says, 0 to 1; null when none says any.</summary>
    public (SourcePassage Passage, SourceSentence Sentence, double Share)? Closest(string sentence, IReadOnlyList<int> cited)
    {
        var stems = Clause.TellingStems(sentence).ToHashSet(StringComparer.Ordinal);
        return Sources(stems, [], [.. cited.Distinct().Select(position => _passages[position])]) is [var (passage, source), ..]
            ? (passage, source, Support(stems, source.Stems))
            : null;
    }

    private static GroundingResult Failed(SentenceFault fault, string detail) => new(fault, detail, []);

    private static (SourcePassage Passage, SourceSentence Sentence)? Quoted(string sentence, SourceText[] passages)
    {
        var words = Tokenizer.Words(sentence);
        foreach (var passage in passages)
        {
            if (passage.Sentences.FirstOrDefault(s => Tokenizer.Words(s.Sentence.Text).SequenceEqual(words)) is { } source)
            {
                return (passage.Passage, source);
            }
        }

        return null;
    }

    private double Weight(string stem) => _idf.GetValueOrDefault(stem, _unknown);

    private double Support(IReadOnlySet<string> stems, IReadOnlySet<string> written)
    {
        var concepts = Concepts(written);
        var supported = stems.Sum(stem => written.Contains(stem) ? Weight(stem) : Concepts([stem]).Overlaps(concepts) ? ConceptShare * Weight(stem) : 0);
        return supported / Math.Max(1e-9, stems.Sum(Weight));
    }

    private static HashSet<string> Concepts(IEnumerable<string> stems) => [.. Thesaurus.Of([.. stems]).Where(concept => !NameConcepts.Contains(concept))];

    // A short sentence rests on one sentence: what is put together from two of them is said by neither.
    private List<(SourcePassage Passage, SourceSentence Sentence)> Sources(IReadOnlySet<string> stems, IReadOnlyList<Clause> clauses, SourceText[] passages)
    {
        var figures = clauses.SelectMany(c => c.Figures.Values).ToArray();
        bool Bears(SourceSentence sentence) => sentence.Clauses.SelectMany(c => c.Figures.Values).Any(written => Array.Exists(figures, said => said.FollowsFrom(written)));

        var scored = passages.SelectMany(p => p.Sentences.Select(s => (p.Passage, Sentence: s, Share: Support(stems, s.Stems))))
            .Where(s => s.Share > 0).OrderByDescending(s => figures.Length == 0 || Bears(s.Sentence) ? s.Share : WithoutFigure * s.Share).ToArray();
        var most = scored.Length > 1 && scored[0].Share < EnoughSupport && (clauses.Count > 1 || stems.Count > ShortSentence) ? 2 : 1;
        return [.. scored.Take(most).Select(s => (s.Passage, s.Sentence))];
    }

    private string? WrongFigure(IReadOnlyList<Clause> clauses, IReadOnlyList<(string Word, string Stem)> names, SourceText[] passages)
    {
        var written = passages.SelectMany(p => p.Sentences).ToArray();
        var isAlone = clauses.Count(c => c.Figures.Values.Count > 0) == 1;
        foreach (var clause in clauses)
        {
            if (clause.Figures.Codes.FirstOrDefault(code => !Array.Exists(passages, p => p.Codes.Contains(code))) is { } code)
            {
                return code;
            }

            var named = names.Select(n => n.Stem).Where(clause.Stems.Contains).DefaultIfEmpty().ToArray();
            var about = named is [null] ? (isAlone ? names.Select(n => n.Stem) : []) : named.OfType<string>();
            var subject = clause.Topic.Concat(about).ToHashSet(StringComparer.Ordinal);
            if (clause.Figures.Values.Cast<Figure?>().FirstOrDefault(said => !Bears(said!.Value, subject, [.. about], written)) is { } wrong)
            {
                return FormattableString.Invariant($"{wrong.Low}-{wrong.High} {wrong.Unit} ({wrong.Bound})");
            }
        }

        return null;
    }

    /// <summary>
    /// Whether some source clause holds the figure of this subject: the subject's names must be in its sentence, no telling word of the
    /// subject may be missing there that stands beside another figure of the kind, and no clause may say another figure of just this subject.
    /// </summary>
    private static bool Bears(Figure said, HashSet<string> subject, string[] names, SourceSentence[] written)
    {
        bool Holds(Clause clause) => clause.Figures.Values.Any(said.FollowsFrom);
        bool Competes(Clause clause) => !Holds(clause) && clause.Figures.Values.Any(figure => FigureUnits.Compete(figure.Unit, said.Unit));

        var rivals = written.SelectMany(s => s.Clauses).Where(Competes).ToArray();
        var elsewhere = rivals.SelectMany(c => c.Topic).ToHashSet(StringComparer.Ordinal);
        var isTaken = Array.Exists(rivals, rival => subject.Count > 1 && subject.SetEquals(rival.Topic));
        foreach (var sentence in written)
        {
            var besides = sentence.Clauses.Where(Competes).SelectMany(c => c.Topic).ToHashSet(StringComparer.Ordinal);
            foreach (var clause in sentence.Clauses.Where(Holds))
            {
                var topic = sentence.Stems.Except(besides).Concat(clause.Topic).ToHashSet(StringComparer.Ordinal);
                if (Array.TrueForAll(names, topic.Contains) && !subject.Any(stem => !topic.Contains(stem) && elsewhere.Contains(stem)) && (!isTaken || subject.SetEquals(clause.Topic)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // What is asserted must not be denied there and nowhere asserted; of what is denied, something must be denied there.
    private static bool SaysTheSame(Clause clause, IReadOnlyList<(SourcePassage Passage, SourceSentence Sentence)> sources)
    {
        var written = sources.SelectMany(s => s.Sentence.Clauses).ToArray();
        if (clause.IsDenied)
        {
            return Array.Exists(written, source => source.IsDenied && (clause.Denied.Count == 0 || source.Denied.Overlaps(clause.Denied)));
        }

        return !clause.Stems.Any(stem =>
            Array.Exists(written, source => source.Denied.Contains(stem))
            && !Array.Exists(written, source => source.Stems.Contains(stem) && !source.Denied.Contains(stem)));
    }
}
