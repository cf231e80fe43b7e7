namespace SupportBot.Learning;

/// <summary>How far a training is, told by the one who trains and read by the one who says so to others.</summary>
internal sealed class TrainingSteps : IProgress<string>
{
    public const string First = "Reading the labels";

    private const int EndOfLearning = 70;

    private const int PartOfLearning = 20;

    private volatile Tuple<string, int> _now = Tuple.Create(First, 0);

    /// <summary>What is being done, and how far all of it is in percent.</summary>
    public (string Step, int Percent) Now => (_now.Item1, _now.Item2);

    public void Report(int percent, string step) => _now = Tuple.Create(step, percent);

    /// <summary>The parts of learning, each further than the last.</summary>
    public void Report(string value) => Report(Math.Min(EndOfLearning, _now.Item2 + PartOfLearning), value);
}
