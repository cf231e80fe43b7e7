using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>A question as the ranking sees it.</summary>
/// <param name="Words">Its telling words and concepts for the full-text search, each once; a word that no article holds stands as the one that looks like it.</param>
/// <param name="Terms">The stems of its telling words and its concepts, each once, as they were written.</param>
/// <param name="Pairs">Neighbouring stems, each once.</param>
/// <param name="Grams">Its character grams.</param>
/// <param name="Familiar">Share of its telling words that any article or phrasing holds.</param>
internal sealed record RankQuery(
    IReadOnlyList<string> Words, int[] Terms, IReadOnlyList<(int First, int Second)> Pairs, WeightedGram[] Grams, double Familiar)
{
    /// <summary>
    /// With this many passages a word that is in a good part of them only costs time: it is searched for when the question has no rarer one.
    /// </summary>
    private const int ManyPassages = 2_000;

    private const double TooCommon = 0.05;
    private const int EnoughRareWords = 2;

    /// <summary>Reads a question.</summary>
    /// <param name="question">The customer's words.</param>
    /// <param name="documents">How many passages hold a term.</param>
    /// <param name="passages">How many there are.</param>
    /// <param name="spelling">The known words.</param>
    public static RankQuery Of(string question, Func<int, int> documents, int passages, Spelling spelling)
    {
        var words = StopWords.Without(Tokenizer.Words(question));
        var stems = words.Select(word => TermHash.Of(LightStemmer.Stem(word))).ToArray();
        var concepts = Thesaurus.Of(Tokenizer.Stems(question));
        var searched = words.Select((word, i) => documents(stems[i]) > 0 ? word : spelling.Closest(word) ?? word).Concat(concepts).Distinct(StringComparer.Ordinal).ToArray();
        return new RankQuery(
            passages < ManyPassages ? searched : Rare(searched, documents, passages),
            [.. stems.Concat(concepts.Select(c => TermHash.Of(c))).Distinct()],
            [.. stems.Zip(stems.Skip(1)).Distinct()],
            WeightedGram.Of(question),
            words.Count == 0 ? 0 : (double)stems.Count(stem => documents(stem) > 0) / words.Count);
    }

    private static string[] Rare(string[] words, Func<int, int> documents, int passages)
    {
        var byRarity = words.Select(word => (Word: word, Documents: documents(TermHash.Of(LightStemmer.Stem(word))))).OrderBy(w => w.Documents).ToArray();
        return [.. byRarity.Where((w, i) => i < EnoughRareWords || w.Documents <= TooCommon * passages).Select(w => w.Word)];
    }
}
