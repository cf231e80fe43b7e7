using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>What the ranking needs of a text: the stems of its telling words in order, and its concepts.</summary>
internal sealed record TextTerms(int[] Stems, int[] Concepts)
{
    public static TextTerms Of(string text) => new(
        [.. StopWords.Without(Tokenizer.Words(text)).Select(word => TermHash.Of(LightStemmer.Stem(word)))],
        [.. Thesaurus.Of(Tokenizer.Stems(text)).Select(concept => TermHash.Of(concept))]);

    public bool Has(int term) => Array.IndexOf(Stems, term) >= 0 || Array.IndexOf(Concepts, term) >= 0;

    /// <summary>Whether the two stems stand side by side.</summary>
    public bool Has((int First, int Second) pair)
    {
        for (var i = 0; i + 1 < Stems.Length; i++)
        {
            if (Stems[i] == pair.First && Stems[i + 1] == pair.Second)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A title, question or further phrasing of an article.</summary>
internal sealed record PhrasingTerms(TextTerms Terms, WeightedGram[] Grams);

/// <summary>A passage: its terms with those of its headings, and the low halves of its grams' hashes, sorted.</summary>
internal sealed record PassageTerms(TextTerms Terms, ushort[] Grams);

/// <summary>
/// An article as the ranking sees it. It depends on nothing but the article and its phrasings, so an index that is made anew keeps it for
/// every article that has not changed.
/// </summary>
internal sealed class ArticleTerms
{
    public ArticleTerms(Article article, IReadOnlyList<string> furtherPhrasings)
    {
        Article = article;
        FurtherPhrasings = furtherPhrasings;
        Phrasings = [.. article.Questions.Prepend(article.Title).Concat(furtherPhrasings).Select(text => new PhrasingTerms(TextTerms.Of(text), WeightedGram.Of(text)))];
        Passages = [.. article.Passages.Select(Read)];
        Words = [.. article.Passages.Select(p => p.Text).Concat(article.Questions).Append(article.Title).Concat(furtherPhrasings)
            .SelectMany(Tokenizer.Words).Where(Spelling.Holds).Distinct(StringComparer.Ordinal).Select(string.Intern)];
    }

    public Article Article { get; }

    public IReadOnlyList<string> FurtherPhrasings { get; }

    /// <summary>Title, questions and further phrasings.</summary>
    public PhrasingTerms[] Phrasings { get; }

    /// <summary>By the passages' ordinal.</summary>
    public PassageTerms[] Passages { get; }

    /// <summary>Its words, each once, for <see cref="Spelling"/>; interned, since articles share most of them.</summary>
    public string[] Words { get; }

    private static PassageTerms Read(Passage passage)
    {
        var text = passage.Text;
        var grams = CharacterGrams.Count(text).Keys.Select(gram => (ushort)gram).Distinct().Order().ToArray();
        return new PassageTerms(TextTerms.Of($"{string.Join(' ', passage.Headings)} {text}"), grams);
    }
}
