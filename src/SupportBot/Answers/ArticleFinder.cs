using SupportBot.Inquiries;
using SupportBot.Knowledge;

namespace SupportBot.Answers;

/// <summary>
/// The product's search over any articles, without a company around them: the index, and, while there are few enough articles for it, the
/// classifier over their titles, questions and sentences. In memory; thread-safe.
/// </summary>
public sealed class ArticleFinder : IDisposable
{
    /// <summary>With more articles a classifier costs more to train than it gives: bm25 then has enough to tell them apart.</summary>
    public const int MostClassified = 500;

    private static readonly Dictionary<string, IReadOnlyList<string>> NoPhrasings = [];
    private static readonly Dictionary<string, double> NoIntents = [];

    private readonly KnowledgeIndex _index;
    private readonly IntentRecognizer? _classifier;

    /// <summary>Indexes the articles and learns them.</summary>
    public ArticleFinder(IReadOnlyList<Article> articles)
    {
        _index = KnowledgeIndex.InMemory(articles, NoPhrasings);
        _classifier = articles.Count <= MostClassified
            ? IntentRecognizer.Train(Recognition.AsClasses(articles, NoPhrasings), Recognition.Sentences(articles))
            : null;
    }

    /// <summary>Number of passages.</summary>
    public int PassageCount => _index.PassageCount;

    /// <summary>The articles for a question, best first, and the probability that the first one answers.</summary>
    public (IReadOnlyList<RankedArticle> Ranked, double Probability) Find(string question)
    {
        var ranked = _index.Search(question, _classifier is null ? ArticleSignals.None : new ArticleSignals(NoIntents, Phrasings(_classifier, question)));
        return (ranked, AnswerConfidence.ByLeadAlone(ranked));
    }

    /// <summary>Closes the index.</summary>
    public void Dispose() => _index.Dispose();

    private static Dictionary<string, double> Phrasings(IntentRecognizer classifier, string question) =>
        classifier.Recognize(question).Predictions.ToDictionary(p => p.Intent.Name, p => p.Probability, StringComparer.Ordinal);
}
