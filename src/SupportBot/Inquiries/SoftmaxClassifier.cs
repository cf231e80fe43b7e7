using System.Numerics;
using System.Runtime.InteropServices;

namespace SupportBot.Inquiries;

/// <summary>
/// Multinomial logistic regression over sparse features. Weights lie in rows [feature][class], padded to the width of a SIMD register, so
/// that a prediction is a few dozen scaled row additions. Trained by stochastic gradient descent with a fixed seed and order: the
/// same examples give the same weights.
/// </summary>
internal sealed class SoftmaxClassifier
{
    private const int RowAlignment = 16;

    private readonly float[] _weights;
    private readonly int _stride;

    private SoftmaxClassifier(int classes, float[] weights)
    {
        Classes = classes;
        _stride = Stride(classes);
        _weights = weights;
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Trains on vectors with their classes; an example of weight one half moves the weights half as far.</summary>
    public static SoftmaxClassifier Train(
        IReadOnlyList<(FeatureVector Features, int Class, float Weight)> examples, int features, int classes, SoftmaxTraining training)
    {
        var stride = Stride(classes);
        var weights = new float[(long)features * stride];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(training.Seed);
        var logits = new float[stride];
        var lambda = training.Regularization / Math.Max(1, examples.Count);
        double steps = (double)training.Epochs * examples.Count;
        // The weights are scale * rows: shrinking every weight in a step is then one multiplication.
        var scale = 1.0;
        long step = 0;
        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var position in order)
            {
                var rate = training.LearningRate * (1 - (step++ / steps));
                var (vector, label, weight) = examples[position];
                AddRows(weights, stride, vector, (float)scale, logits);
                ToProbabilities(logits.AsSpan(0, classes));
                logits[label] -= 1f;
                scale *= 1 - (rate * lambda);
                SubtractFromRows(weights, stride, vector, (float)(rate * weight / scale), logits);
            }
        }

        for (var i = 0; i < weights.Length; i++)
        {
            // Rounded to what is stored, so that a model predicts the same before and after it went to disk.
            weights[i] = (float)(Half)(weights[i] * (float)scale);
        }

        return new SoftmaxClassifier(classes, weights);
    }

    /// <summary>The scores of all classes.</summary>
    public float[] Logits(FeatureVector vector)
    {
        var logits = new float[_stride];
        AddRows(_weights, _stride, vector, 1f, logits);
        return logits[..Classes];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Classes);
        writer.Write(_weights.Length / _stride);
        var row = new Half[Classes];
        for (var start = 0; start < _weights.Length; start += _stride)
        {
            for (var c = 0; c < row.Length; c++)
            {
                row[c] = (Half)_weights[start + c];
            }

            writer.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }

    public static SoftmaxClassifier Read(BinaryReader reader)
    {
        var classes = reader.ReadInt32();
        var features = reader.ReadInt32();
        var stride = Stride(classes);
        var weights = new float[(long)features * stride];
        var row = new Half[classes];
        for (var start = 0; start < weights.Length; start += stride)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
            for (var c = 0; c < classes; c++)
            {
                weights[start + c] = (float)row[c];
            }
        }

        return new SoftmaxClassifier(classes, weights);
    }

    private static int Stride(int classes) => (classes + RowAlignment - 1) / RowAlignment * RowAlignment;

    private static void AddRows(float[] weights, int stride, FeatureVector vector, float scale, float[] logits)
    {
        Array.Clear(logits);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(logits.AsSpan());
        for (var f = 0; f < vector.Ids.Length; f++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(vector.Ids[f] * stride, stride));
            var weight = new Vector<float>(vector.Weights[f] * scale);
            for (var c = 0; c < sums.Length; c++)
            {
                sums[c] += row[c] * weight;
            }
        }
    }

    private static void SubtractFromRows(float[] weights, int stride, FeatureVector vector, float scale, float[] gradient)
    {
        var slopes = MemoryMarshal.Cast<float, Vector<float>>(gradient.AsSpan());
        for (var f = 0; f < vector.Ids.Length; f++)
        {
            var row = MemoryMarshal.Cast<float, Vector<float>>(weights.AsSpan(vector.Ids[f] * stride, stride));
            var weight = new Vector<float>(vector.Weights[f] * scale);
            for (var c = 0; c < slopes.Length; c++)
            {
                row[c] -= slopes[c] * weight;
            }
        }
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
}

/// <summary>How a <see cref="SoftmaxClassifier"/> is trained.</summary>
/// <param name="Epochs">Passes over the examples.</param>
/// <param name="LearningRate">First step width; it falls linearly to zero.</param>
/// <param name="Regularization">Weight of the squared weights' penalty, divided by the number of examples.</param>
/// <param name="Seed">Seed of the order of examples.</param>
internal sealed record SoftmaxTraining(int Epochs = 15, double LearningRate = 8, double Regularization = 0.02, int Seed = 1);
