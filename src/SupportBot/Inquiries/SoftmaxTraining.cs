using System.Numerics;
using System.Runtime.InteropServices;

namespace SupportBot.Inquiries;

/// <summary>An example to learn.</summary>
/// <param name="Features">Its features.</param>
/// <param name="Class">Its class.</param>
/// <param name="Weight">How far it moves the weights; 1 is usual.</param>
internal readonly record struct TrainingExample(FeatureVector Features, int Class, float Weight);

/// <summary>
/// Fits a <see cref="SoftmaxClassifier"/> by stochastic gradient descent with a falling step, through a <see cref="ClassMixing"/>. In every
/// step a random part of the features is left out: no feature may rely on its neighbours, which is worth more than any penalty where texts
/// are short. The seed and the order are fixed: the same examples give the same weights.
/// </summary>
/// <param name="Epochs">Passes over the examples.</param>
/// <param name="LearningRate">First step width of the weights; it falls linearly to zero.</param>
/// <param name="MixingRate">
/// First step width of the mixing, divided by the square root of the number of examples: the more steps, the shorter; it falls likewise.
/// </param>
/// <param name="Regularization">Weight of the squared weights' penalty, divided by the number of examples.</param>
/// <param name="Dropout">Share of the features left out in a step.</param>
/// <param name="Seed">Seed of the order of examples and of what is left out.</param>
internal sealed record SoftmaxTraining(
    int Epochs = 20, double LearningRate = 8, double MixingRate = 0.35, double Regularization = 0.1, double Dropout = 0.45, ulong Seed = 1)
{
    /// <summary>Trains on the examples.</summary>
    /// <param name="examples">What to learn; their order matters only for the seed.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="classes">Number of classes.</param>
    public SoftmaxClassifier Fit(IReadOnlyList<TrainingExample> examples, int features, int classes)
    {
        var width = (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        var weights = new float[(long)features * width];
        var mixing = new ClassMixing(classes, width);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new SplitMix(Seed);
        var step = new Step(classes, width, examples.Count == 0 ? 0 : examples.Max(e => e.Features.Ids.Length));
        var lambda = Regularization / Math.Max(1, examples.Count);
        var mixingRate = MixingRate / Math.Sqrt(Math.Max(1, examples.Count));
        var steps = (double)Epochs * examples.Count;

        // The weights are scale * rows: shrinking every weight in a step is then one multiplication.
        var scale = 1.0;
        long done = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var position in order)
            {
                var left = 1 - (done++ / steps);
                var rate = LearningRate * left;
                var (vector, label, weight) = examples[position];
                step.Choose(vector, Dropout, ref random);
                step.Predict(weights, (float)scale, mixing);
                step.Slopes[label] -= 1f;
                scale *= 1 - (rate * lambda);
                step.Learn(weights, (float)(rate * weight / scale), mixing, (float)(mixingRate * left * weight));
            }
        }

        Merge(weights, width, mixing);
        return SoftmaxClassifier.Of(classes, weights, width, (float)scale);
    }

    /// <summary>Multiplies the mixing into the weights.</summary>
    private static void Merge(float[] weights, int width, ClassMixing mixing)
    {
        var said = new float[width];
        for (var start = 0; start < weights.Length; start += width)
        {
            var row = weights.AsSpan(start, width);
            row.CopyTo(said);
            mixing.Mix(said, row);
        }
    }

    /// <summary>One step's features and slopes, in memory that is used again and again.</summary>
    private sealed class Step(int classes, int width, int mostFeatures)
    {
        private readonly int[] _ids = new int[mostFeatures];
        private readonly float[] _weights = new float[mostFeatures];
        private readonly float[] _said = new float[width];
        private readonly float[] _saidSlopes = new float[width];
        private readonly float[] _slopes = new float[classes];
        private int _count;

        /// <summary>The classes' probabilities once predicted; how the loss grows with their scores once the truth is taken off.</summary>
        public Span<float> Slopes => _slopes;

        public void Choose(FeatureVector vector, double dropout, ref SplitMix random)
        {
            var limit = (ulong)(dropout * ulong.MaxValue);
            var scale = (float)(1 / (1 - dropout));
            _count = 0;
            for (var f = 0; f < vector.Ids.Length; f++)
            {
                if (random.Next() >= limit)
                {
                    _ids[_count] = vector.Ids[f];
                    _weights[_count++] = vector.Weights[f] * scale;
                }
            }
        }

        public void Predict(float[] rows, float scale, ClassMixing mixing)
        {
            Array.Clear(_said);
            for (var f = 0; f < _count; f++)
            {
                Add(rows.AsSpan(_ids[f] * width, width), _weights[f] * scale, _said);
            }

            mixing.Mix(_said, _slopes);
            SoftmaxClassifier.ToProbabilities(_slopes);
        }

        public void Learn(float[] rows, float scale, ClassMixing mixing, float mixingRate)
        {
            mixing.Learn(_said, _slopes, mixingRate, _saidSlopes);
            for (var f = 0; f < _count; f++)
            {
                Add(_saidSlopes, -_weights[f] * scale, rows.AsSpan(_ids[f] * width, width));
            }
        }

        private static void Add(ReadOnlySpan<float> what, float times, Span<float> to)
        {
            var sums = MemoryMarshal.Cast<float, Vector<float>>(to);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(what);
            var factor = new Vector<float>(times);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += vectors[i] * factor;
            }
        }
    }

    /// <summary>Steele and others' SplitMix64: the framework promises no sequence from one version to the next, a stored seed needs one.</summary>
    private struct SplitMix(ulong state)
    {
        private ulong _state = state;

        public ulong Next()
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        public void Shuffle(int[] items)
        {
            for (var i = items.Length - 1; i > 0; i--)
            {
                var other = (int)(Next() % (ulong)(i + 1));
                (items[i], items[other]) = (items[other], items[i]);
            }
        }
    }
}
