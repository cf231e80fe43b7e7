namespace SupportBot.Company;

/// <summary>
/// Logistic regression over a few dense features: standardised, ridge-penalised, fitted by Newton's method, which needs neither a
/// learning rate nor a seed.
/// </summary>
internal sealed class LogisticRegression
{
    private const int MostSteps = 50;
    private const double Ridge = 2.0;
    private const double Settled = 1e-8;

    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly double[] _weights;

    private LogisticRegression(double[] mean, double[] deviation, double[] weights)
    {
        (_mean, _deviation, _weights) = (mean, deviation, weights);
    }

    /// <summary>Fits; without examples every probability is one half.</summary>
    public static LogisticRegression Fit(IReadOnlyList<(double[] Features, bool Right, double Weight)> examples)
    {
        var size = examples.Count == 0 ? 0 : examples[0].Features.Length;
        var total = examples.Sum(e => e.Weight);
        var mean = new double[size];
        var deviation = new double[size];
        for (var f = 0; f < size; f++)
        {
            mean[f] = examples.Sum(e => e.Weight * e.Features[f]) / total;
            deviation[f] = Math.Sqrt(examples.Sum(e => e.Weight * Math.Pow(e.Features[f] - mean[f], 2)) / total);
            deviation[f] = deviation[f] > 1e-9 ? deviation[f] : 1;
        }

        var model = new LogisticRegression(mean, deviation, new double[size + 1]);
        var rows = examples.Select(e => (X: model.Standardised(e.Features), Y: e.Right ? 1.0 : 0.0, e.Weight)).ToArray();
        for (var step = 0; step < MostSteps && rows.Length > 0; step++)
        {
            var (gradient, curvature) = model.Slopes(rows);
            var change = Solve(curvature, gradient);
            for (var i = 0; i < change.Length; i++)
            {
                model._weights[i] -= change[i];
            }

            if (change.Max(Math.Abs) < Settled)
            {
                break;
            }
        }

        return model;
    }

    /// <summary>Probability of "right".</summary>
    public double Probability(double[] features) => Sigmoid(Dot(Standardised(features)));

    public void Write(BinaryWriter writer)
    {
        writer.Write(_mean.Length);
        foreach (var number in _mean.Concat(_deviation).Concat(_weights))
        {
            writer.Write(number);
        }
    }

    public static LogisticRegression Read(BinaryReader reader)
    {
        var size = reader.ReadInt32();
        double[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => reader.ReadDouble())];
        var mean = Next(size);
        var deviation = Next(size);
        return new LogisticRegression(mean, deviation, Next(size + 1));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // The last entry is the constant.
    private double[] Standardised(double[] features)
    {
        var x = new double[_mean.Length + 1];
        for (var f = 0; f < _mean.Length; f++)
        {
            x[f] = (features[f] - _mean[f]) / _deviation[f];
        }

        x[^1] = 1;
        return x;
    }

    private double Dot(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * _weights[i];
        }

        return sum;
    }

    private (double[] Gradient, double[,] Curvature) Slopes((double[] X, double Y, double Weight)[] rows)
    {
        var size = _weights.Length;
        var gradient = new double[size];
        var curvature = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            // The constant is all but free: how often articles answer is no matter of fit.
            var ridge = i == size - 1 ? 1e-6 : Ridge;
            gradient[i] = ridge * _weights[i];
            curvature[i, i] = ridge;
        }

        foreach (var (x, y, weight) in rows)
        {
            var p = Sigmoid(Dot(x));
            var slope = weight * (p - y);
            var bend = weight * Math.Max(p * (1 - p), 1e-6);
            for (var i = 0; i < size; i++)
            {
                gradient[i] += slope * x[i];
                for (var j = 0; j < size; j++)
                {
                    curvature[i, j] += bend * x[i] * x[j];
                }
            }
        }

        return (gradient, curvature);
    }

    /// <summary>Solves a symmetric positive definite system by Cholesky's decomposition.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        var lower = new double[size, size];
        var solution = new double[size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        for (var i = 0; i < size; i++)
        {
            var sum = right[i];
            for (var k = 0; k < i; k++)
            {
                sum -= lower[i, k] * solution[k];
            }

            solution[i] = sum / lower[i, i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var sum = solution[i];
            for (var k = i + 1; k < size; k++)
            {
                sum -= lower[k, i] * solution[k];
            }

            solution[i] = sum / lower[i, i];
        }

        return solution;
    }
}
