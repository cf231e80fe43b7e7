namespace SupportBot.Knowledge.AzureSearch;

/// <summary>
/// Which of Azure's analyzers reads a language, and the field that holds its articles' words. Analyzers know inflection, and where words
/// begin and end in scripts without spaces.
/// </summary>
internal static class LanguageAnalyzers
{
    private const string FieldPrefix = "words_";
    private const string AnyLanguage = "other";
    private const string AnyAnalyzer = "standard.lucene";

    /// <summary>Languages that have an analyzer of Microsoft's, which lemmatises where Lucene's cuts endings off.</summary>
    private static readonly HashSet<string> OfMicrosoft = new(StringComparer.Ordinal)
    {
        "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "gu", "he", "hi", "hr", "hu", "id", "is", "it", "ja", "kn", "ko", "lt", "lv",
        "ml", "mr", "ms", "nb", "nl", "pa", "pl", "pt-BR", "pt-PT", "ro", "ru", "sk", "sl", "sv", "ta", "te", "th", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
    };

    /// <summary>Languages that only Lucene's analyzers know.</summary>
    private static readonly HashSet<string> OfLucene = new(StringComparer.Ordinal) { "eu", "fa", "ga", "gl", "hy" };

    private static readonly HashSet<string> TraditionalChinese = new(StringComparer.OrdinalIgnoreCase) { "Hant", "TW", "HK", "MO" };

    /// <summary>The field and its analyzer for a locale (BCP 47).</summary>
    public static (string Field, string Analyzer) Of(string locale)
    {
        var language = Language(locale);
        return OfMicrosoft.Contains(language) ? (FieldOf(language), $"{language}.microsoft")
            : OfLucene.Contains(language) ? (FieldOf(language), $"{language}.lucene")
            : (FieldOf(AnyLanguage), AnyAnalyzer);
    }

    private static string FieldOf(string language) => FieldPrefix + language.Replace('-', '_');

    private static string Language(string locale)
    {
        var parts = locale.Split('-', '_');
        return parts[0].ToLowerInvariant() switch
        {
            "zh" => parts.Skip(1).Any(TraditionalChinese.Contains) ? "zh-Hant" : "zh-Hans",
            "pt" => parts.Skip(1).Contains("BR", StringComparer.OrdinalIgnoreCase) ? "pt-BR" : "pt-PT",
            "no" or "nn" => "nb",
            "iw" => "he",
            var language => language,
        };
    }
}
