namespace SupportBot.Knowledge;

/// <summary>What an article's title and phrasings have of a question: which terms and pairs, the most that one of them has alone, and how close the closest is by characters.</summary>
internal sealed record OwnerMatch(bool[] Terms, bool[] Pairs, double CoveredByOne, float Closest)
{
    public static OwnerMatch Of(ArticleTerms article, RankQuery query, double[] idfs, float closest)
    {
        var (terms, pairs, most) = (new bool[idfs.Length], new bool[query.Pairs.Count], 0.0);
        foreach (var phrasing in article.Phrasings)
        {
            var covered = 0.0;
            for (var t = 0; t < idfs.Length; t++)
            {
                if (phrasing.Terms.Has(query.Terms[t]))
                {
                    terms[t] = true;
                    covered += idfs[t];
                }
            }

            for (var p = 0; p < pairs.Length; p++)
            {
                pairs[p] = pairs[p] || phrasing.Terms.Has(query.Pairs[p]);
            }

            most = Math.Max(most, covered);
        }

        return new OwnerMatch(terms, pairs, most, closest);
    }
}

/// <summary>
/// The cosine of a question with a passage by character grams. Grams of passages are kept as 16 bits and without counts: half a kilobyte a
/// passage, looked at only for candidates.
/// </summary>
internal sealed class BodyCosine
{
    private readonly (ushort Gram, float Weight)[] _query;
    private readonly float[] _idf;
    private readonly float _length;

    /// <param name="query">The question's grams.</param>
    /// <param name="idf">How rare a gram is, by its 16 bits.</param>
    public BodyCosine(WeightedGram[] query, float[] idf)
    {
        _idf = idf;
        _query = [.. query.Select(g => ((ushort)g.Gram, g.Weight * idf[(ushort)g.Gram]))];
        _length = MathF.Sqrt(_query.Sum(g => g.Weight * g.Weight));
    }

    /// <summary>0 to 1; the passage's grams are sorted.</summary>
    public float With(ushort[] passage)
    {
        var product = 0f;
        foreach (var (gram, weight) in _query)
        {
            product += Array.BinarySearch(passage, gram) >= 0 ? weight * _idf[gram] : 0f;
        }

        if (product == 0f)
        {
            return 0f;
        }

        var squares = 0f;
        foreach (var gram in passage)
        {
            squares += _idf[gram] * _idf[gram];
        }

        return product / (_length * MathF.Sqrt(squares));
    }
}
