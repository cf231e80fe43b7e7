using System.Buffers;

namespace SupportBot.Knowledge;

/// <summary>The cosines of one question with all phrasings. The numbers lie in a pooled array: there may be hundred thousands of them.</summary>
internal sealed class PhrasingCosines : IDisposable
{
    private readonly float[] _rented;
    private readonly int _count;

    public PhrasingCosines(NgramIndex index, WeightedGram[] query)
    {
        _count = index.Count;
        _rented = ArrayPool<float>.Shared.Rent(_count);
        var cosines = _rented.AsSpan(0, _count);
        cosines.Clear();
        index.Cosines(query, cosines);
    }

    /// <summary>The largest of neighbouring phrasings' cosines.</summary>
    public float Closest(int first, int count)
    {
        var closest = 0f;
        foreach (var cosine in _rented.AsSpan(first, count))
        {
            closest = MathF.Max(closest, cosine);
        }

        return closest;
    }

    /// <summary>The phrasings with the largest cosines above 0, in no order.</summary>
    public IReadOnlyList<int> Largest(int count)
    {
        var found = new PriorityQueue<int, float>();
        for (var i = 0; i < _count; i++)
        {
            var cosine = _rented[i];
            if (cosine <= 0)
            {
                continue;
            }

            if (found.Count < count)
            {
                found.Enqueue(i, cosine);
            }
            else if (found.TryPeek(out _, out var least) && cosine > least)
            {
                found.EnqueueDequeue(i, cosine);
            }
        }

        return [.. found.UnorderedItems.Select(item => item.Element)];
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
