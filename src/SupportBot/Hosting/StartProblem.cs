namespace SupportBot.Hosting;

/// <summary>Why the program cannot start, in lines for the person who started it.</summary>
public sealed class StartProblem(params IReadOnlyList<string> lines) : Exception(string.Join(Environment.NewLine, lines));
