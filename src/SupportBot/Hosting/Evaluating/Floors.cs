using System.Globalization;
using System.Text.Json.Nodes;

namespace SupportBot.Hosting.Evaluating;

/// <summary>
/// What a figure must reach for the verb to end well: <c>accuracy=0.9</c>. Of errors, times and sizes less is better, so that there it
/// is what the figure must not exceed.
/// </summary>
public sealed class Floors
{
    private static readonly string[] LessIsBetter = ["ece", "falseRejections", "wronglyAnswered", "trainCpuSeconds", "microsecondsPerPrediction", "modelBytes", "p50Ms", "p95Ms", "medianTurnMs"];

    private readonly List<(string Key, double Value)> _floors;

    private Floors(List<(string Key, double Value)> floors)
    {
        _floors = floors;
    }

    /// <summary>Reads <c>key=value</c> texts; <see cref="StartProblem"/> names the one that is not.</summary>
    public static Floors Parse(IEnumerable<string> texts)
    {
        var floors = new List<(string, double)>();
        foreach (var text in texts)
        {
            var parts = text.Split('=', StringSplitOptions.TrimEntries);
            floors.Add(parts.Length == 2 && parts[0] != "" && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? (parts[0], value)
                : throw new StartProblem($"--floor {text}: write it as key=number, for example accuracy=0.9."));
        }

        return new Floors(floors);
    }

    /// <summary>One line for every floor that is not met, in the order given.</summary>
    /// <param name="figures">The figures as the verb prints them as JSON.</param>
    /// <exception cref="StartProblem">A floor is set for a figure that there is not.</exception>
    public IReadOnlyList<string> Missed(JsonObject figures)
    {
        var missed = new List<string>();
        foreach (var (key, floor) in _floors)
        {
            if (!figures.TryGetPropertyValue(key, out var node) || node is JsonArray or JsonObject)
            {
                throw new StartProblem($"--floor {key}: there is no such figure. Use one of: {string.Join(", ", figures.Where(f => f.Value is not (JsonArray or JsonObject)).Select(f => f.Key))}.");
            }

            if (node is null)
            {
                missed.Add($"{key} cannot be told from this data, and has to be {Bound(key)} {Text(floor)}.");
            }
            else if (node.GetValue<double>() is var value && (LessIsBetter.Contains(key) ? value > floor : value < floor))
            {
                missed.Add($"{key} is {Text(value)}, and has to be {Bound(key)} {Text(floor)}.");
            }
        }

        return missed;
    }

    private static string Bound(string key) => LessIsBetter.Contains(key) ? "at most" : "at least";

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
