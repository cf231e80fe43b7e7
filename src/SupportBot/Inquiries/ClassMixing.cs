using System.Numerics;
using System.Runtime.InteropServices;

namespace SupportBot.Inquiries;

/// <summary>
/// A square matrix between what the features say and the scores of the classes, learnt together with the features' weights. It begins as
/// the identity. What it learns is which classes go together and which are mistaken for each other, and with it a step for one class moves its
/// relatives, too: a word that only a few examples of one class hold counts for what it tells about all of them. Two linear layers
/// can say no more than one, but gradient descent finds weights of lower rank through two, which generalise better where a class has
/// few examples (Arora et al. 2019, "Implicit regularization in deep matrix factorization"). After training it is multiplied into the
/// weights and costs a prediction nothing.
/// </summary>
internal sealed class ClassMixing
{
    // Classes with less of the probability than this are left alone in a step: they would hardly move.
    private const float SmallestSlope = 0.001f;

    private readonly int _classes;
    private readonly int _width;
    private readonly float[] _rows;

    /// <summary>The identity.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="width">Number of classes rounded up to whole vectors.</param>
    public ClassMixing(int classes, int width)
    {
        (_classes, _width) = (classes, width);
        _rows = new float[classes * width];
        for (var c = 0; c < classes; c++)
        {
            _rows[(c * width) + c] = 1;
        }
    }

    /// <summary>The classes' scores of what their features say.</summary>
    /// <param name="said">What the features say, padded with zeros.</param>
    /// <param name="scores">Where the scores go; what is behind the classes is not touched.</param>
    public void Mix(ReadOnlySpan<float> said, Span<float> scores)
    {
        var vectors = Vectors(said);
        for (var c = 0; c < _classes; c++)
        {
            var row = Row(c);
            var sum = Vector<float>.Zero;
            for (var i = 0; i < row.Length; i++)
            {
                sum += row[i] * vectors[i];
            }

            scores[c] = Vector.Sum(sum);
        }
    }

    /// <summary>Takes one step down the slopes.</summary>
    /// <param name="said">What the features said, padded with zeros.</param>
    /// <param name="slopes">How the loss grows with the classes' scores.</param>
    /// <param name="rate">Step width.</param>
    /// <param name="saidSlopes">Is filled with how the loss grew with what the features said, before the step; padded with zeros.</param>
    public void Learn(ReadOnlySpan<float> said, ReadOnlySpan<float> slopes, float rate, Span<float> saidSlopes)
    {
        saidSlopes.Clear();
        var vectors = Vectors(said);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(saidSlopes);
        for (var c = 0; c < _classes; c++)
        {
            if (MathF.Abs(slopes[c]) < SmallestSlope)
            {
                continue;
            }

            var row = Row(c);
            var (slope, step) = (new Vector<float>(slopes[c]), new Vector<float>(rate * slopes[c]));
            for (var i = 0; i < row.Length; i++)
            {
                sums[i] += row[i] * slope;
                row[i] -= vectors[i] * step;
            }
        }
    }

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> numbers) => MemoryMarshal.Cast<float, Vector<float>>(numbers);

    private Span<Vector<float>> Row(int c) => MemoryMarshal.Cast<float, Vector<float>>(_rows.AsSpan(c * _width, _width));
}
