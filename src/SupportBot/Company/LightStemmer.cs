namespace SupportBot.Company;

/// <summary>
/// Takes English plural, -ing and -ed endings off a word, and the final e that they hide, so that "changes", "changing" and "change" meet.
/// Light on purpose: a stem that merges words of different meaning costs a classifier more than a missed merger.
/// </summary>
public static class LightStemmer
{
    /// <summary>The stem of a lower case word; words of up to three letters and words with digits stay as they are.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 3 || !word.All(char.IsAsciiLetterLower))
        {
            return word;
        }

        var stem = WithoutEnding(WithoutPlural(word));
        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string WithoutPlural(string word)
    {
        if (word[^1] != 's' || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal)
            || word.EndsWith("is", StringComparison.Ordinal))
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word.Length > 4 ? word[..^3] + "y" : word[..^1];
        }

        var hissing = word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal);
        return hissing ? word[..^2] : word[..^1];
    }

    private static string WithoutEnding(string word)
    {
        var ending = word.EndsWith("ing", StringComparison.Ordinal) ? 3 : word.EndsWith("ed", StringComparison.Ordinal) ? 2 : 0;
        if (ending == 0 || word.Length - ending < 3 || !word.AsSpan(0, word.Length - ending).ContainsAny("aeiouy"))
        {
            return word;
        }

        var stem = word[..^ending];
        if (stem[^1] == 'i')
        {
            return stem[..^1] + "y";
        }

        var doubled = stem.Length > 3 && stem[^1] == stem[^2] && !"aeiouyls".Contains(stem[^1]);
        return doubled ? stem[..^1] : stem;
    }
}
