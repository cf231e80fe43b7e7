using SupportBot.Company;
using SupportBot.Inquiries;
using SupportBot.Knowledge;
using SupportBot.Workflows;

namespace SupportBot.Answers;

/// <summary>
/// A snapshot of everything that a company's folder teaches the bot: facts, articles with their index, intents with their classifier,
/// workflows, and the confidence fitted to them. Immutable and thread-safe; a changed folder is a new snapshot. Dispose it when no
/// turn uses it any more.
/// </summary>
public sealed class Understanding : IDisposable
{
    private readonly CompanyReading _company;
    private readonly TrainedModel _model;
    private readonly KnowledgeIndex _index;
    private readonly DecisionRules _rules;
    private readonly Dictionary<string, Article> _articles;

    private Understanding(CompanyReading company, TrainedModel model, KnowledgeIndex index, AnswerOptions options)
    {
        (_company, _model, _index) = (company, model, index);
        _articles = company.Articles.ToDictionary(a => a.Slug, StringComparer.Ordinal);
        Hours = BusinessHours.Of(company.Facts);
        AnswerThreshold = options.AnswerThreshold ?? model.Threshold;
        _rules = new DecisionRules(company, Hours, options, AnswerThreshold);
    }

    /// <summary>What the company says about itself.</summary>
    public CompanyFacts Facts => _company.Facts;

    /// <summary>Its opening hours as a clock.</summary>
    public BusinessHours Hours { get; }

    /// <summary>All articles, also those for agents.</summary>
    public IReadOnlyList<Article> Articles => _company.Articles;

    /// <summary>All intents.</summary>
    public IReadOnlyList<Intent> Intents => _company.Intents;

    /// <summary>Each intent's workflow, by intent name.</summary>
    public IReadOnlyDictionary<string, Workflow> Workflows => _company.Workflows;

    /// <summary>The questions that answer quality is measured with.</summary>
    public IReadOnlyList<EvaluationQuestion> EvaluationQuestions => _company.Evaluation;

    /// <summary>The answer probability from which the bot answers.</summary>
    public double AnswerThreshold { get; }

    /// <summary>
    /// Reads a company's folder, checks it, and trains or reads what is learnt from it. Takes seconds the first time and milliseconds
    /// when the cache fits.
    /// </summary>
    /// <param name="companyDirectory">The folder with company.yaml.</param>
    /// <param name="cacheDirectory">Where the index and the model are kept; created when missing.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="options">Where the bot draws its lines.</param>
    public static UnderstandingLoad Load(
        string companyDirectory, string cacheDirectory, IProgress<string>? progress = null, AnswerOptions? options = null)
    {
        var chosen = options ?? new AnswerOptions();
        var problems = new FileProblems();
        progress?.Report("Reading the company's files");
        if (CompanyReading.Read(companyDirectory, problems) is not { } company)
        {
            return new UnderstandingLoad(null, problems.Found);
        }

        var forCustomers = company.Articles.Where(a => a.Audience == Audience.Customers).ToArray();
        var model = TrainedModel.Obtain(forCustomers, company.Intents, cacheDirectory, chosen, progress);
        progress?.Report("Opening the index");
        var index = KnowledgeIndex.Open(cacheDirectory, forCustomers, Recognition.Phrasings(company.Intents));
        return new UnderstandingLoad(new Understanding(company, model, index, chosen), []);
    }

    /// <summary>An article by its slug; null when there is none.</summary>
    public Article? Article(string slug) => _articles.GetValueOrDefault(slug);

    /// <summary>Decides what to do with a customer's message. Deterministic; takes a few milliseconds.</summary>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="state">The state that the last decision of the conversation left, or <see cref="DialogueState.Start"/>.</param>
    /// <param name="now">The time of the message.</param>
    public Decision Decide(string text, DialogueState state, DateTimeOffset now) => _rules.Decide(Read(text, state, now));

    /// <summary>Closes the index.</summary>
    public void Dispose() => _index.Dispose();

    internal Turn Read(string text, DialogueState state, DateTimeOffset now)
    {
        var chosen = OfferedReadings.Chosen(text, state.Offered);
        var (inquiry, ranked) = _model.Recognition.Understand(chosen is null ? text : state.Question ?? text, _index);
        if (chosen is not null)
        {
            inquiry = chosen.Intent is { } intent ? OfferedReadings.WithCertainIntent(inquiry, intent) : inquiry;
            ranked = OfferedReadings.Within(ranked, chosen, _company.Intents);
        }

        var probability = _model.Confidence.Probability(ranked, Recognition.SignalsFor(inquiry, ranked));
        return new Turn(text, inquiry, ranked, probability, chosen, state, now);
    }
}

/// <summary>A snapshot, or everything that is wrong with the folder.</summary>
/// <param name="Value">The snapshot; null when there are problems.</param>
/// <param name="Problems">The problems, ordered by file and line.</param>
public sealed record UnderstandingLoad(Understanding? Value, IReadOnlyList<FileProblem> Problems);
