using Azure.Search.Documents.Indexes.Models;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>Names of the index's fields.</summary>
internal static class IndexFields
{
    public const string Key = "key";
    public const string Kind = "kind";
    public const string Hash = "hash";
    public const string Slug = "slug";
    public const string Locale = "locale";
    public const string Ordinal = "ordinal";
    public const string Title = "title";
    public const string Headings = "headings";
    public const string Text = "text";
    public const string Vector = "vector";
}

/// <summary>
/// The index as this program needs it. The semantic ranker reads title, headings and text; words are looked for in a field of the language,
/// which has that language's analyzer.
/// </summary>
internal static class IndexDefinition
{
    public const string SemanticConfiguration = "articles";

    private const string VectorProfile = "passages";
    private const string VectorAlgorithm = "hnsw";

    /// <summary>What has to become of the index for articles in some locales; null when it is as it must be.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="locales">The articles' locales.</param>
    /// <param name="existing">The index as it is, which is changed; null when there is none.</param>
    /// <exception cref="SearchProblem">The index cannot be brought to what is needed.</exception>
    public static SearchIndex? Changed(AzureSearchOptions options, IEnumerable<string> locales, SearchIndex? existing)
    {
        var index = existing ?? new SearchIndex(options.Index);
        var there = index.Fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var isChanged = existing is null;
        foreach (var wanted in Fields(options, locales))
        {
            if (!there.TryGetValue(wanted.Name, out var field))
            {
                index.Fields.Add(wanted);
                isChanged = true;
            }
            else if (!Fits(field, wanted))
            {
                // The service can add a field, but neither change nor remove one.
                throw new SearchProblem($"{AzureSearchOptions.Section}:Index: the index {options.Index} has a field \"{field.Name}\" of another kind. Name another index, or delete this one.");
            }
        }

        if (options.UseSemanticRanker && index.SemanticSearch?.Configurations.Any(c => c.Name == SemanticConfiguration) != true)
        {
            index.SemanticSearch ??= new SemanticSearch();
            index.SemanticSearch.Configurations.Add(new SemanticConfiguration(SemanticConfiguration, ReadByRanker()));
            isChanged = true;
        }

        if (options.Embeddings.IsOn && index.VectorSearch?.Profiles.Any(p => p.Name == VectorProfile) != true)
        {
            index.VectorSearch ??= new VectorSearch();
            index.VectorSearch.Profiles.Add(new VectorSearchProfile(VectorProfile, VectorAlgorithm));
            index.VectorSearch.Algorithms.Add(new HnswAlgorithmConfiguration(VectorAlgorithm) { Parameters = new HnswParameters { Metric = VectorSearchAlgorithmMetric.Cosine } });
            isChanged = true;
        }

        return isChanged ? index : null;
    }

    private static IEnumerable<SearchField> Fields(AzureSearchOptions options, IEnumerable<string> locales)
    {
        yield return new SimpleField(IndexFields.Key, SearchFieldDataType.String) { IsKey = true, IsFilterable = true, IsSortable = true };
        yield return new SimpleField(IndexFields.Kind, SearchFieldDataType.String) { IsFilterable = true };
        yield return new SimpleField(IndexFields.Hash, SearchFieldDataType.String);
        yield return new SimpleField(IndexFields.Slug, SearchFieldDataType.String) { IsFilterable = true };
        yield return new SimpleField(IndexFields.Locale, SearchFieldDataType.String) { IsFilterable = true };
        yield return new SimpleField(IndexFields.Ordinal, SearchFieldDataType.Int32);
        yield return new SearchableField(IndexFields.Title) { AnalyzerName = LexicalAnalyzerName.StandardLucene };
        yield return new SearchableField(IndexFields.Headings) { AnalyzerName = LexicalAnalyzerName.StandardLucene };
        yield return new SearchableField(IndexFields.Text) { AnalyzerName = LexicalAnalyzerName.StandardLucene };
        foreach (var (field, analyzer) in locales.Select(LanguageAnalyzers.Of).Distinct())
        {
            yield return new SearchableField(field) { AnalyzerName = new LexicalAnalyzerName(analyzer), IsHidden = true };
        }

        if (options.Embeddings.IsOn)
        {
            yield return new VectorSearchField(IndexFields.Vector, options.Embeddings.Dimensions, VectorProfile);
        }
    }

    private static bool Fits(SearchField there, SearchField wanted) =>
        there.Type == wanted.Type
        && (there.IsKey ?? false) == (wanted.IsKey ?? false)
        && there.AnalyzerName == wanted.AnalyzerName
        && there.VectorSearchDimensions == wanted.VectorSearchDimensions
        && there.VectorSearchProfileName == wanted.VectorSearchProfileName;

    private static SemanticPrioritizedFields ReadByRanker() => new()
    {
        TitleField = new SemanticField(IndexFields.Title),
        ContentFields = { new SemanticField(IndexFields.Headings), new SemanticField(IndexFields.Text) },
    };
}
