using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// A snapshot of everything that a company's folder teaches the bot: facts, articles with their index, intents with their classifier,
/// workflows, and the confidence fitted to them. Immutable and thread-safe; a changed folder is a new snapshot, made from the one before in
/// the time that the change takes: it answers with what was learnt before until what the change teaches is learnt, too. Dispose it when no
/// turn uses it any more.
/// </summary>
public sealed class Understanding : IDisposable
{
    private const int AllProcessors = -1;

    private readonly CompanyReading _company;
    private readonly TrainedModel _model;
    private readonly KnowledgeIndex _index;
    private readonly AnswerOptions _options;
    private readonly DecisionRules _rules;
    private readonly LabelledConfidence? _labelled;
    private readonly Dictionary<string, Intent> _intents;

    private Understanding(
        CompanyReading company, TrainedModel model, KnowledgeIndex index, AnswerOptions options, LabelledConfidence? labelled, Lessons lessons, bool isLearnt)
    {
        (_company, _model, _index, _options, _labelled, Lessons, IsLearnt) = (company, model, index, options, labelled, lessons, isLearnt);
        _intents = company.Intents.ToDictionary(i => i.Name, StringComparer.Ordinal);
        Hours = BusinessHours.Of(company.Facts);
        AnswerThreshold = options.AnswerThreshold ?? labelled?.Threshold ?? model.Threshold;
        _rules = new DecisionRules(company, Hours, options, AnswerThreshold);
    }

    /// <summary>What the company says about itself.</summary>
    public CompanyFacts Facts => _company.Facts;

    /// <summary>Its opening hours as a clock.</summary>
    public BusinessHours Hours { get; }

    /// <summary>What people said that is learnt beside the files.</summary>
    public Lessons Lessons { get; }

    /// <summary>Whether all that is learnt was learnt from these very files and lessons; otherwise learning is due.</summary>
    public bool IsLearnt { get; }

    /// <summary>All articles, also those for agents.</summary>
    public IReadOnlyList<Article> Articles => _company.Articles;

    /// <summary>The articles that customers are answered from, as one version.</summary>
    public KnowledgeContent Content => new(ContentHash, [.. Articles.Where(IsForCustomers)]);

    /// <summary>Names the version of <see cref="Content"/>.</summary>
    public string ContentHash => _index.ContentHash;

    /// <summary>The embedded search engine over <see cref="Content"/>.</summary>
    public IPassageSearch Passages => _index;

    /// <summary>How many passages are wanted of a search engine.</summary>
    public int PassagesWanted => _index.Limit;

    /// <summary>All intents.</summary>
    public IReadOnlyList<Intent> Intents => _company.Intents;

    /// <summary>Each intent's workflow, by intent name.</summary>
    public IReadOnlyDictionary<string, Workflow> Workflows => _company.Workflows;

    /// <summary>The questions that answer quality is measured with.</summary>
    public IReadOnlyList<EvaluationQuestion> EvaluationQuestions => _company.Evaluation;

    /// <summary>What it can be taught.</summary>
    public LessonRules LessonRules => new(_company);

    /// <summary>The answer probability from which the bot answers.</summary>
    public double AnswerThreshold { get; }

    /// <summary>
    /// Coverage against error on the labelled questions, by falling threshold; empty when there are too few of them to say, and the threshold
    /// then rests on what the files themselves teach.
    /// </summary>
    public IReadOnlyList<CoveragePoint> Coverage => _labelled?.Curve ?? [];

    /// <summary>With fewer evaluation questions the threshold rests on what the files themselves teach, and is cautious.</summary>
    public static int FewestEvaluationQuestions => LabelledConfidence.FewestLabels;

    /// <summary>Share of the evaluation questions that may be answered wrongly, 0 to 1.</summary>
    public double WantedWrongShare => _options.WrongAnswerShare;

    /// <summary>The <see cref="Inquiry.InScope"/> below which a twentieth of the texts in scope fell that had been held out in training.</summary>
    public double CautiousScopeThreshold => _model.Recognition.Intents.CautiousScopeThreshold;

    /// <summary>
    /// Reads a company's folder, checks it, and trains or reads what is learnt from it. Takes seconds the first time and milliseconds
    /// when the cache fits.
    /// </summary>
    /// <param name="companyDirectory">The folder with company.yaml.</param>
    /// <param name="cacheDirectory">Where the index and the model are kept; created when missing.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="options">Where the bot draws its lines.</param>
    /// <param name="before">The snapshot in force. Only what has changed since is indexed, and nothing is trained: see <see cref="IsLearnt"/>.</param>
    /// <param name="lessons">What people said; null for what the snapshot in force has learnt.</param>
    public static UnderstandingLoad Load(
        string companyDirectory, string cacheDirectory, IProgress<string>? progress = null, AnswerOptions? options = null, Understanding? before = null,
        Lessons? lessons = null)
    {
        var taught = lessons ?? before?.Lessons ?? Lessons.None;
        var chosen = options ?? before?._options ?? new AnswerOptions();
        var problems = new FileProblems();
        progress?.Report("Reading the company's files");
        if (CompanyReading.Read(companyDirectory, problems, before?._company) is not { } company)
        {
            return new UnderstandingLoad(null, problems.Found);
        }

        Directory.CreateDirectory(cacheDirectory);
        var curriculum = CurriculumOf(company, taught);
        var stored = TrainedModel.Stored(curriculum, cacheDirectory, chosen);
        var model = stored ?? before?._model ?? TrainedModel.Learn(curriculum, cacheDirectory, chosen, progress, AllProcessors, CancellationToken.None);
        progress?.Report("Opening the index");
        var index = KnowledgeIndex.Open(
            cacheDirectory, [.. company.Articles.Where(IsForCustomers)], Recognition.Phrasings(company.Intents), company.Facts.Locale, before?._index);
        var isLearnt = stored is not null || before is null;
        var read = new Understanding(company, model, index, chosen, before?._labelled, taught, isLearnt);
        return new UnderstandingLoad(isLearnt ? read.WithLabels(cacheDirectory) : read, []);
    }

    /// <summary>The same files with everything learnt from them and the same lessons. Takes seconds; shares its index with this one.</summary>
    /// <param name="cacheDirectory">Where the model is kept.</param>
    /// <param name="ct">Ends it before anything is written.</param>
    public Understanding Learn(string cacheDirectory, CancellationToken ct) => Learn(Lessons, cacheDirectory, false, null, ct);

    /// <summary>
    /// The same files with everything learnt from them and from what people said. Takes seconds, or milliseconds when the cache has it; shares
    /// its index with this one.
    /// </summary>
    /// <param name="lessons">What people said.</param>
    /// <param name="cacheDirectory">Where the model is kept.</param>
    /// <param name="gently">Whether to leave the other processors to whoever is answering customers.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="ct">Ends it before anything is written.</param>
    public Understanding Learn(Lessons lessons, string cacheDirectory, bool gently, IProgress<string>? progress, CancellationToken ct)
    {
        var curriculum = CurriculumOf(_company, lessons);
        var model = TrainedModel.Stored(curriculum, cacheDirectory, _options)
            ?? TrainedModel.Learn(curriculum, cacheDirectory, _options, progress, gently ? 1 : AllProcessors, ct);
        return new Understanding(_company, model, _index, _options, null, lessons, isLearnt: true).WithLabels(cacheDirectory);
    }

    /// <summary>
    /// These files with what another snapshot has learnt: newer files that changed while it was learning. It is all there is to learn when that
    /// one read the same files. Shares its index with this one.
    /// </summary>
    public Understanding WithWhatLearntBy(Understanding other) =>
        new(_company, other._model, _index, _options, other._labelled, other.Lessons, isLearnt: other.IsLearnt && ReferenceEquals(_company, other._company));

    /// <summary>Whether disposing of one takes the other's index away.</summary>
    public bool SharesIndexWith(Understanding other) => ReferenceEquals(_index, other._index);

    /// <summary>An article by its slug, in the version that suits a locale best (BCP 47; null is the company's); null when there is none.</summary>
    public Article? Article(string slug, string? locale = null) => ArticleVersions.Best(_company.Articles.Where(a => a.Slug == slug), locale, Facts.Locale);

    /// <summary>
    /// The texts, without personal data, that deciding on a message looks articles up for: the message, its questions apart, and what it
    /// means after the question before it. None when the customer is giving details that were asked for: they are nobody else's business.
    /// </summary>
    public IReadOnlyList<string> LookedUp(string text, DialogueState state)
    {
        if (string.IsNullOrWhiteSpace(text) || state.AskedSlot is not null)
        {
            return [];
        }

        var chosen = OfferedReadings.Chosen(text, state.Offered);
        var texts = new List<string> { chosen is null ? text : state.Question ?? text };
        if (chosen is null)
        {
            texts.AddRange(Questions.Split(text));
            if (QuestionBefore(text, state) is { } before)
            {
                texts.Add(Together(before, text));
            }
        }

        return [.. texts.Select(Redact).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Decides what to do with a customer's message. Deterministic; takes a few milliseconds.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="state">The state that the last decision of the conversation left, or <see cref="DialogueState.Start"/>.</param>
    /// <param name="now">The time of the message.</param>
    /// <param name="locale">The customer's locale (BCP 47), for articles that there are in several; null is the company's.</param>
    /// <param name="found">What the search engines found for <see cref="LookedUp"/>; null leaves it to the embedded one.</param>
    /// <param name="customer">What is known of the customer without asking.</param>
    /// <param name="outcome">What came of the look-up that the last decision wanted; <paramref name="state"/> is then that decision's.</param>
    public Decision Decide(
        string text, DialogueState state, DateTimeOffset now, string? locale = null, FoundPassages? found = null, CustomerContext? customer = null, LookupOutcome? outcome = null)
    {
        var turn = Read(text, state, now, locale, found) with { Customer = customer ?? CustomerContext.Unknown, LookedUp = outcome };
        var whole = _rules.Decide(turn);
        if (turn.Chosen is not null || state.AskedSlot is not null || outcome is not null || whole is not (Decision.Answer or Decision.AskBack or Decision.Escalate) || whole.ReasonCode == ReasonCode.AskedForHuman)
        {
            return whole;
        }

        var questions = Questions.Split(text);
        return questions.Count > 1
            && SeveralQuestions.Combine([.. questions.Select(question => _rules.Decide(Read(question, DialogueState.Start, now, locale, found)))]) is { } answers
            ? answers with { Next = answers.Next with { Memory = whole.Next.Memory }, Afterthought = whole.Afterthought, Steps = whole.Steps }
            : whole;
    }

    /// <summary>A text without personal data, the company's own kinds of it included.</summary>
    public string Redact(string text) => Redaction.Apply(text, PersonalData.All, Facts.Redact);

    /// <summary>What a message means by itself, in no conversation.</summary>
    public Inquiry Inquire(string text) => Read(text, DialogueState.Start, DateTimeOffset.MinValue).Inquiry;

    /// <summary>Closes the index.</summary>
    public void Dispose() => _index.Dispose();

    /// <summary>
    /// A labelled question, with the probability that a confidence gives it which was fitted without it: what is measured must not have been
    /// learnt.
    /// </summary>
    internal Turn ReadLabelled(int position, DateTimeOffset now)
    {
        var turn = Read(_company.Evaluation[position].Text, DialogueState.Start, now);
        return _labelled is null ? turn : turn with { AnswerProbability = _labelled.HeldOut[position] };
    }

    internal Decision Decide(Turn turn) => _rules.Decide(turn);

    internal Turn Read(string text, DialogueState state, DateTimeOffset now, string? locale = null, FoundPassages? found = null)
    {
        var alone = ReadAlone(text, text, state, now, locale, found);
        if (alone.Chosen is not null || QuestionBefore(text, state) is not { } before)
        {
            return alone;
        }

        var together = ReadAlone(text, Together(before, text), state, now, locale, found);
        return together.AnswerProbability >= alone.AnswerProbability || alone.AnswerProbability < AnswerThreshold ? together : alone;
    }

    /// <summary>The question that a message goes on with: "And for Norway?" means something only after it.</summary>
    private static string? QuestionBefore(string text, DialogueState state) =>
        state.LastArticle is not null && Questions.GoesOn(text) ? state.Question : null;

    private static string Together(string before, string text) => $"{before} {text}";

    /// <param name="said">What the customer wrote.</param>
    /// <param name="meant">What it is read as.</param>
    private Turn ReadAlone(string said, string meant, DialogueState state, DateTimeOffset now, string? locale, FoundPassages? found)
    {
        var chosen = OfferedReadings.Chosen(said, state.Offered);
        var asked = Redact(chosen is null ? meant : state.Question ?? meant);
        var (recognised, ranked) = _model.Recognition.Understand(asked, _index, locale, found?.For(asked));
        var inquiry = IsLearnt ? recognised : InTermsOfTheseFiles(recognised);
        if (chosen is not null)
        {
            inquiry = chosen.Intent is { } intent ? OfferedReadings.WithCertainIntent(inquiry, intent) : inquiry;
            ranked = OfferedReadings.Within(ranked, chosen, _company.Intents);
        }

        return new Turn(said, inquiry, ranked, ProbabilityOf(inquiry, ranked), chosen, state, now);
    }

    private double ProbabilityOf(Inquiry inquiry, IReadOnlyList<RankedArticle> ranked)
    {
        var signals = Recognition.SignalsFor(inquiry, ranked);
        var probability = _model.Confidence.Probability(ranked, signals);
        return _labelled is null || ranked.Count == 0 ? probability : _labelled.Probability(AnswerConfidence.Features(ranked, signals), probability);
    }

    /// <summary>The same with the confidence that the labelled questions teach, read from the cache where it was learnt from the same.</summary>
    private Understanding WithLabels(string cacheDirectory)
    {
        var labelled = LabelledConfidence.Obtain(cacheDirectory, $"{_model.Key} {_options.WrongAnswerShare}", _company.Evaluation, _options.WrongAnswerShare, LabelledTurns);
        return new Understanding(_company, _model, _index, _options, labelled, Lessons, IsLearnt);
    }

    private (IReadOnlyList<LabelledTurn> Questions, IReadOnlyList<LabelledTurn> Said) LabelledTurns() =>
        (AskedQuestions(), JudgedTurns.Of(CurriculumOf(_company, Lessons), _model, _index));

    private LabelledTurn[] AskedQuestions()
    {
        var unlabelled = new Understanding(_company, _model, _index, _options with { AnswerThreshold = 0 }, null, Lessons, IsLearnt);
        var nothingFound = new double[AnswerConfidence.FeatureCount];
        return [.. _company.Evaluation.Select(question =>
        {
            var turn = unlabelled.Read(question.Text, DialogueState.Start, DateTimeOffset.MinValue);
            return new LabelledTurn(
                turn.Ranked.Count > 0 ? AnswerConfidence.Features(turn.Ranked, Recognition.SignalsFor(turn.Inquiry, turn.Ranked)) : nothingFound,
                turn.AnswerProbability,
                turn.Ranked.Count > 0 && question.Articles.Contains(turn.Ranked[0].Article.Slug),
                unlabelled.Decide(turn) is Decision.Answer);
        })];
    }

    private static bool IsForCustomers(Article article) => article.Audience == Audience.Customers;

    private static Curriculum CurriculumOf(CompanyReading company, Lessons lessons) => new(Learnable(company), company.Intents, lessons.Fitting(new LessonRules(company)));

    /// <summary>What is learnt from: each article once, with the questions of all its versions.</summary>
    private static IReadOnlyList<Article> Learnable(CompanyReading company) => ArticleVersions.Merged(company.Articles.Where(IsForCustomers), company.Facts.Locale);

    /// <summary>What was learnt before knows intents as they were: those that are left count as they are now.</summary>
    private Inquiry InTermsOfTheseFiles(Inquiry inquiry) => inquiry with
    {
        Predictions = [.. inquiry.Predictions.Where(p => _intents.ContainsKey(p.Intent.Name)).Select(p => p with { Intent = _intents[p.Intent.Name] })],
    };
}

/// <summary>A snapshot, or everything that is wrong with the folder.</summary>
/// <param name="Value">The snapshot; null when there are problems.</param>
/// <param name="Problems">The problems, ordered by file and line.</param>
public sealed record UnderstandingLoad(Understanding? Value, IReadOnlyList<FileProblem> Problems);
