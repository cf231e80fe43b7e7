using System.Numerics;
using System.Runtime.InteropServices;

namespace SupportBot.Inquiries;

/// <summary>
/// Multinomial logistic regression over sparse features, ready to predict. Weights lie in rows [feature][class] of one byte a weight with
/// a scale a row, padded to the width of a SIMD register: a prediction waits for memory more than for arithmetic, so small rows are fast
/// rows.
/// </summary>
internal sealed class SoftmaxClassifier
{
    private static readonly int RowAlignment = Vector<sbyte>.Count;

    private readonly sbyte[] _rows;
    private readonly float[] _scales;
    private readonly int _stride;

    private SoftmaxClassifier(int classes, sbyte[] rows, float[] scales)
    {
        Classes = classes;
        _stride = Stride(classes);
        (_rows, _scales) = (rows, scales);
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Rounds trained weights to what is kept.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="weights">Rows of weights, each <paramref name="width"/> long, of which the first classes count.</param>
    /// <param name="width">Length of a row.</param>
    /// <param name="scale">What every weight is to be multiplied with.</param>
    public static SoftmaxClassifier Of(int classes, ReadOnlySpan<float> weights, int width, float scale)
    {
        var stride = Stride(classes);
        var features = weights.Length / width;
        var rows = new sbyte[features * stride];
        var scales = new float[features];
        for (var f = 0; f < features; f++)
        {
            var row = weights.Slice(f * width, classes);
            var largest = 0f;
            foreach (var weight in row)
            {
                largest = MathF.Max(largest, MathF.Abs(weight * scale));
            }

            scales[f] = largest / sbyte.MaxValue;
            for (var c = 0; c < classes && largest > 0; c++)
            {
                rows[(f * stride) + c] = (sbyte)MathF.Round(row[c] * scale / scales[f]);
            }
        }

        return new SoftmaxClassifier(classes, rows, scales);
    }

    /// <summary>The scores of all classes.</summary>
    public float[] Logits(FeatureVector vector)
    {
        var padded = new float[_stride];
        var sums = MemoryMarshal.Cast<float, Vector<float>>(padded.AsSpan());
        for (var f = 0; f < vector.Ids.Length; f++)
        {
            var id = vector.Ids[f];
            var weight = new Vector<float>(vector.Weights[f] * _scales[id]);
            var row = MemoryMarshal.Cast<sbyte, Vector<sbyte>>(_rows.AsSpan(id * _stride, _stride));
            for (var c = 0; c < row.Length; c++)
            {
                Vector.Widen(row[c], out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                sums[4 * c] += Vector.ConvertToSingle(first) * weight;
                sums[(4 * c) + 1] += Vector.ConvertToSingle(second) * weight;
                sums[(4 * c) + 2] += Vector.ConvertToSingle(third) * weight;
                sums[(4 * c) + 3] += Vector.ConvertToSingle(fourth) * weight;
            }
        }

        return padded[..Classes];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Classes);
        writer.Write(_scales.Length);
        writer.Write(MemoryMarshal.AsBytes(_scales.AsSpan()));
        for (var start = 0; start < _rows.Length; start += _stride)
        {
            writer.Write(MemoryMarshal.AsBytes(_rows.AsSpan(start, Classes)));
        }
    }

    public static SoftmaxClassifier Read(BinaryReader reader)
    {
        var classes = reader.ReadInt32();
        var scales = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(scales.AsSpan()));
        var stride = Stride(classes);
        var rows = new sbyte[scales.Length * stride];
        for (var start = 0; start < rows.Length; start += stride)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan(start, classes)));
        }

        return new SoftmaxClassifier(classes, rows, scales);
    }

    /// <summary>Turns scores into probabilities in place.</summary>
    public static void ToProbabilities(Span<float> logits)
    {
        var largest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = MathF.Max(largest, logit);
        }

        var sum = 0f;
        for (var c = 0; c < logits.Length; c++)
        {
            logits[c] = MathF.Exp(logits[c] - largest);
            sum += logits[c];
        }

        for (var c = 0; c < logits.Length; c++)
        {
            logits[c] /= sum;
        }
    }

    private static int Stride(int classes) => (classes + RowAlignment - 1) / RowAlignment * RowAlignment;
}
