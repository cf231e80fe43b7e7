namespace SupportBot.Knowledge;

/// <summary>An article may be there in several locales: one slug, one version each.</summary>
public static class ArticleVersions
{
    /// <summary>The version that suits a locale best; null when there is none at all.</summary>
    /// <param name="versions">Articles of one slug.</param>
    /// <param name="locale">The customer's locale (BCP 47), or null.</param>
    /// <param name="defaultLocale">The company's.</param>
    public static Article? Best(IEnumerable<Article> versions, string? locale, string defaultLocale)
    {
        var all = versions.ToArray();
        if (all.Length <= 1)
        {
            return all.FirstOrDefault();
        }

        var chain = new LocaleFallback(all.Select(a => a.Locale), defaultLocale).Chain(locale);
        return all.MinBy(a => chain.IndexOf(a.Locale));
    }

    /// <summary>Each article once, in the company's version, with the questions of all: a classifier's class is an article, whatever the language.</summary>
    public static IReadOnlyList<Article> Merged(IEnumerable<Article> articles, string defaultLocale) =>
    [
        .. articles.GroupBy(a => a.Slug, StringComparer.Ordinal).Select(versions => versions.Count() == 1
            ? versions.Single()
            : Best(versions, null, defaultLocale)! with { Questions = [.. versions.SelectMany(v => v.Questions).Distinct(StringComparer.Ordinal)] }),
    ];
}
