using SupportBot.Company;

namespace SupportBot.Knowledge;

/// <summary>
/// Texts that are nearly the same: by the share of their word triples that both have (Jaccard). A text is compared only with those that
/// share a triple with it.
/// </summary>
internal sealed class NearDuplicates(double share)
{
    private const int TripleLength = 3;

    private readonly List<HashSet<int>> _texts = [];
    private readonly Dictionary<int, List<int>> _byTriple = [];

    /// <summary>Adds a text; the position of an earlier one that is nearly the same, or -1. Positions count all texts added.</summary>
    public int Add(string text)
    {
        var triples = Triples(Tokenizer.Stems(text));
        var common = new Dictionary<int, int>();
        foreach (var other in triples.SelectMany(triple => _byTriple.GetValueOrDefault(triple) ?? []))
        {
            common[other] = common.GetValueOrDefault(other) + 1;
        }

        var position = _texts.Count;
        _texts.Add(triples);
        foreach (var triple in triples)
        {
            if (!_byTriple.TryGetValue(triple, out var texts))
            {
                _byTriple.Add(triple, texts = []);
            }

            texts.Add(position);
        }

        var same = common.Where(c => c.Value >= share * (triples.Count + _texts[c.Key].Count - c.Value)).Select(c => c.Key).ToArray();
        return same.Length == 0 ? -1 : same.Min();
    }

    private static HashSet<int> Triples(List<string> stems)
    {
        var length = Math.Min(TripleLength, stems.Count);
        return [.. Enumerable.Range(0, stems.Count == 0 ? 0 : stems.Count - length + 1).Select(i => TermHash.Of(string.Join(' ', stems.GetRange(i, length))))];
    }
}
