namespace SupportBot.Company;

/// <summary>A mistake in one of the company's files, told so that whoever wrote the file can mend it.</summary>
/// <param name="File">Path relative to the company's folder, with forward slashes.</param>
/// <param name="Line">Line, counted from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record FileProblem(string File, int Line, string Message, string Fix)
{
    /// <summary>For example <c>intents/x.yaml:12: unknown key 'exmaples'. Fix: ...</c></summary>
    public override string ToString() => $"{File}:{Line}: {Message}. Fix: {Fix}.";
}

/// <summary>Collects problems, so that all of them are reported at once.</summary>
public sealed class FileProblems
{
    private readonly List<FileProblem> _found = [];

    /// <summary>The problems so far, ordered by file and line.</summary>
    public IReadOnlyList<FileProblem> Found =>
        [.. _found.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)];

    /// <summary>Whether there is none.</summary>
    public bool None => _found.Count == 0;

    /// <summary>Adds a problem; the sentences come without a full stop.</summary>
    public void Add(string file, int line, string message, string fix) =>
        _found.Add(new FileProblem(file, Math.Max(1, line), message, fix));
}
