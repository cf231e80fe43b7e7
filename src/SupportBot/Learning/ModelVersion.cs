namespace SupportBot.Learning;

public enum VersionState
{
    /// <summary>What answers customers.</summary>
    InForce,

    /// <summary>It was in force once and can be so again.</summary>
    Kept,

    /// <summary>It was no better than what was in force.</summary>
    NotTaken,
}

/// <summary>One training, or the files alone: what was learnt from and how it did.</summary>
public sealed class ModelVersion
{
    /// <summary>The version that has learnt from the company's files alone; it is always kept.</summary>
    public const int FilesAlone = 0;

    /// <summary>Versions that are kept beside that one.</summary>
    public const int MostKept = 10;

    /// <summary>Counts up; a number is never used again.</summary>
    public required int Number { get; init; }

    /// <summary>Also what keeps two who change it at once apart.</summary>
    public required VersionState State { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The manager who asked for it; null when enough labels had come.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Labels learnt from, by source.</summary>
    public int FromAgents { get; init; }

    public int FromThumbs { get; init; }

    public int FromOutcomes { get; init; }

    /// <summary>Labels held back to measure with.</summary>
    public int HeldBack { get; init; }

    /// <summary>JSON of the <c>LessonFigures</c> of what was in force then; null for the files alone.</summary>
    public string? Before { get; init; }

    /// <summary>The same of this version.</summary>
    public string? After { get; init; }

    /// <summary>Why it was not taken, in one sentence.</summary>
    public string? Objection { get; init; }
}

/// <summary>A label that a version has learnt from.</summary>
public sealed class VersionLabel
{
    public required int Number { get; init; }

    public required long LabelId { get; init; }
}
