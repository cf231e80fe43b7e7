namespace SupportBot.Knowledge;

/// <summary>What speaks for an article, each about 0 to 1; the best passage's where it differs between passages.</summary>
/// <param name="Bm25">bm25 of title, questions and passage, per unit of the query's idf.</param>
/// <param name="Cover">Share of the query's idf that the passage, title and questions hold.</param>
/// <param name="CoverTitle">Share of the query's idf that one title or question holds, the best one's.</param>
/// <param name="Bigram">Share of the query's neighbouring word pairs that the passage or a question holds.</param>
/// <param name="CharTitle">Cosine by characters with the title or question that is closest.</param>
/// <param name="CharBody">Cosine by characters with the passage.</param>
/// <param name="FromIntents">What the caller knows from the intents that list the article.</param>
/// <param name="FromPhrasings">What the caller knows from a classifier of phrasings.</param>
/// <param name="Familiar">Share of the query's telling words that occur in any article or phrasing, the same for all articles.</param>
public sealed record RankFeatures(
    double Bm25, double Cover, double CoverTitle, double Bigram, double CharTitle, double CharBody, double FromIntents, double FromPhrasings, double Familiar)
{
    /// <summary>What the text alone says, without what the caller knows.</summary>
    public double ByText => Bm25 + Cover + CoverTitle + CharTitle;

    /// <summary>
    /// How relevant a search engine beside the embedded one finds the passage; 0 without one. It decides on the order only and is in no
    /// score: how sure an answer may be was learnt without it.
    /// </summary>
    public double Relevance { get; init; }
}

/// <summary>A passage with its score.</summary>
public sealed record RankedPassage(Passage Passage, double Score, RankFeatures Features);

/// <summary>An article with its score, which is its best passage's.</summary>
/// <param name="Article">The article.</param>
/// <param name="Score">Weighted sum of the features; only comparable within one version of the weights.</param>
/// <param name="Features">The best passage's features.</param>
/// <param name="ScoreWithoutIntents">The same without what the caller knew from intents.</param>
/// <param name="Passages">Its passages that were looked at, best first; at least one.</param>
public sealed record RankedArticle(
    Article Article, double Score, RankFeatures Features, double ScoreWithoutIntents, IReadOnlyList<RankedPassage> Passages);

/// <summary>What is known about articles besides their texts, by slug, each 0 to 1.</summary>
/// <param name="FromIntents">Probability that the intent is one that lists the article, weighted by its place in the list.</param>
/// <param name="FromPhrasings">Probability of the article by a classifier over all its phrasings.</param>
public sealed record ArticleSignals(IReadOnlyDictionary<string, double> FromIntents, IReadOnlyDictionary<string, double> FromPhrasings)
{
    /// <summary>Nothing is known.</summary>
    public static ArticleSignals None { get; } = new(new Dictionary<string, double>(), new Dictionary<string, double>());
}

/// <summary>Weights of the linear score.</summary>
internal sealed record RankWeights(
    double Bm25 = 1.2, double Cover = 1.2, double CoverTitle = 1.6, double Bigram = 0.1, double CharTitle = 1.2, double CharBody = 0.3,
    double FromIntents = 1.5, double FromPhrasings = 1.5)
{
    /// <summary>
    /// What another engine's relevance weighs in the order: less than what either classifier says, since they know the company's own
    /// questions and a general ranker does not; one of its four steps is as much as a fifth of the question's words.
    /// </summary>
    public double Relevance { get; init; } = 1;

    public double Score(RankFeatures f) =>
        (Bm25 * f.Bm25) + (Cover * f.Cover) + (CoverTitle * f.CoverTitle) + (Bigram * f.Bigram) + (CharTitle * f.CharTitle)
        + (CharBody * f.CharBody) + (FromIntents * f.FromIntents) + (FromPhrasings * f.FromPhrasings);
}
