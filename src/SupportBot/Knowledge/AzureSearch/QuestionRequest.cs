using System.Text;
using Azure.Search.Documents;
using Azure.Search.Documents.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>A question as the service is asked it, and its answer as passages.</summary>
internal static class QuestionRequest
{
    /// <summary>The service's answer never has more.</summary>
    private const int MostHits = 1000;

    /// <summary>The semantic ranker reads this many and no more.</summary>
    private const int ReadByRanker = 50;

    private const int LongestText = 1_000;

    /// <summary>The reranker's scores go from 0 to this.</summary>
    private const double HighestRerankerScore = 4;

    /// <summary>What the first place is worth where no ranker has read the passages: a place says what is better, not whether it is good.</summary>
    private const double RelevanceOfFirstPlace = 0.5;

    /// <summary>The options of a search.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="languages">The fields that hold the articles' words.</param>
    /// <param name="limit">The most passages that are wanted.</param>
    /// <param name="vector">The question's vector, or null.</param>
    public static SearchOptions Options(AzureSearchOptions options, IEnumerable<string> languages, int limit, float[]? vector)
    {
        var size = Math.Min(limit, MostHits);
        var search = new SearchOptions
        {
            Filter = SearchFilter.Create($"kind eq {PassageDocument.Kind}"),
            Size = size,
            SearchMode = SearchMode.Any,
            Select = { IndexFields.Hash, IndexFields.Slug, IndexFields.Locale, IndexFields.Ordinal },
        };
        foreach (var field in languages)
        {
            search.SearchFields.Add(field);
        }

        if (options.UseSemanticRanker)
        {
            search.QueryType = SearchQueryType.Semantic;
            search.SemanticSearch = new SemanticSearchOptions { SemanticConfigurationName = IndexDefinition.SemanticConfiguration, ErrorMode = SemanticErrorMode.Partial };
        }

        if (vector is not null)
        {
            var nearest = new VectorizedQuery(vector) { KNearestNeighborsCount = Math.Max(size, ReadByRanker), Fields = { IndexFields.Vector } };
            search.VectorSearch = new VectorSearchOptions { Queries = { nearest } };
        }

        return search;
    }

    /// <summary>The words of a question: what the service would take for an operator is a space.</summary>
    public static string Text(string question)
    {
        var text = new StringBuilder(Math.Min(question.Length, LongestText));
        for (var i = 0; i < question.Length && i < LongestText; i++)
        {
            var isInsideWord = question[i] is '-' or '\'' && i > 0 && i + 1 < question.Length && char.IsLetterOrDigit(question[i - 1]) && char.IsLetterOrDigit(question[i + 1]);
            text.Append(char.IsLetterOrDigit(question[i]) || IsMark(question[i]) || isInsideWord ? question[i] : ' ');
        }

        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>How relevant a hit is, 0 to 1.</summary>
    /// <param name="rerankerScore">What the semantic ranker says, 0 to 4; null when it has not read it.</param>
    /// <param name="place">Its place, from 0.</param>
    public static double Relevance(double? rerankerScore, int place) =>
        rerankerScore is { } score ? Math.Clamp(score / HighestRerankerScore, 0.001, 1) : RelevanceOfFirstPlace / (place + 1);

    /// <summary>Accents and vowel signs belong to the words; the halves of letters beyond the basic plane, too.</summary>
    private static bool IsMark(char c) => char.IsSurrogate(c) || char.GetUnicodeCategory(c) is
        System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
