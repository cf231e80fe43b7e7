namespace SupportBot.Knowledge;

/// <summary>
/// Which locale's version of an article suits a customer: his own, else his language's, else another region's of his language, else the
/// company's, else any. BCP 47 tags, compared without case.
/// </summary>
internal sealed class LocaleFallback
{
    private readonly string[] _known;
    private readonly string _default;

    /// <param name="locales">The locales that articles are written in.</param>
    /// <param name="defaultLocale">The company's own.</param>
    public LocaleFallback(IEnumerable<string> locales, string defaultLocale)
    {
        _known = [.. locales.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _default = defaultLocale;
    }

    /// <summary>Number of locales.</summary>
    public int Count => _known.Length;

    /// <summary>All locales, the most suitable first.</summary>
    public List<string> Chain(string? wanted) =>
    [
        .. _known.OrderBy(known => Distance(known, wanted)).ThenBy(known => Distance(known, _default)).ThenBy(known => known, StringComparer.Ordinal),
    ];

    private static int Distance(string known, string? wanted)
    {
        if (string.IsNullOrEmpty(wanted))
        {
            return 4;
        }

        if (string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        // "zh-Hant-TW" is nearer to "zh-Hant" than to "zh".
        if (wanted.StartsWith(known + "-", StringComparison.OrdinalIgnoreCase))
        {
            return known.Contains('-') ? 1 : 2;
        }

        return string.Equals(Language(known), Language(wanted), StringComparison.OrdinalIgnoreCase) ? 3 : 4;
    }

    private static string Language(string locale) => locale.Split('-', '_')[0];
}
