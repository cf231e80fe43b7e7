namespace SupportBot.Learning;

/// <summary>The one row by which processes agree on who trains, and by which managers see how far it is.</summary>
public sealed class TrainingRun
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;

    /// <summary>The manager who wants a training that has not ended yet; null when nobody does.</summary>
    public string? RequestedBy { get; set; }

    /// <summary>The process that trains.</summary>
    public string? Owner { get; set; }

    /// <summary>Until then nobody else trains; it moves on while training goes on, so that a process that died is replaced.</summary>
    public DateTimeOffset LeasedUntil { get; set; }

    /// <summary>What is being done, in a few words; null when nothing is.</summary>
    public string? Step { get; set; }

    /// <summary>How far it is, percent.</summary>
    public int Percent { get; set; }

    /// <summary>Labels up to this one have been seen by a training; those above are new.</summary>
    public long SeenUpTo { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How the last training ended, in a sentence.</summary>
    public string? Outcome { get; set; }
}
