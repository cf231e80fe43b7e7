namespace SupportBot.Benchmarks.Measuring;

/// <summary>What a verb has measured.</summary>
public interface IFindings
{
    /// <summary>Why the figures do not count; null when they do.</summary>
    string? Flaw { get; }

    /// <summary>For people.</summary>
    string ToTable();

    /// <summary>For programs: an object to be serialised, times in milliseconds.</summary>
    object ToPlain();
}

/// <summary>The benchmark cannot go on; the message says why and is for the reader.</summary>
public sealed class BenchmarkFailure(string message) : Exception(message);
