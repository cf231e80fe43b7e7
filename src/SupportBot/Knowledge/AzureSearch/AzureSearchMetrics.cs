using System.Diagnostics.Metrics;

namespace SupportBot.Knowledge.AzureSearch;

/// <summary>How a question to the service ended.</summary>
internal enum LookupOutcome
{
    /// <summary>It answered.</summary>
    Found,

    /// <summary>It was not asked, because it does not hold the articles in force.</summary>
    NotCurrent,

    /// <summary>It was not asked, because it failed before and is left alone for a while.</summary>
    Resting,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>What is counted of the search service, on the meter <c>SupportBot.Search</c>. No text is ever a tag.</summary>
internal sealed class AzureSearchMetrics(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SupportBot.Search";

    private readonly Instruments _instruments = new(meters.Create(MeterName));

    /// <summary>Counts a question.</summary>
    public void Record(LookupOutcome outcome, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome.ToString());
        _instruments.Lookups.Add(1, tag);
        _instruments.Duration.Record(elapsed.TotalSeconds, tag);
    }

    /// <summary>Counts an upload.</summary>
    public void Record(UploadResult upload)
    {
        _instruments.Documents.Add(upload.Uploaded, new KeyValuePair<string, object?>("action", "upload"));
        _instruments.Documents.Add(upload.Deleted, new KeyValuePair<string, object?>("action", "delete"));
    }

    private sealed class Instruments(Meter meter)
    {
        public Counter<long> Lookups { get; } = meter.CreateCounter<long>("supportbot.search.lookups", "{question}", "Questions for the search service, by outcome; all but Found were answered by the embedded index alone.");

        public Counter<long> Documents { get; } = meter.CreateCounter<long>("supportbot.search.documents", "{passage}", "Passages brought to the search service or deleted there.");

        public Histogram<double> Duration { get; } = meter.CreateHistogram<double>("supportbot.search.duration", "s", "Time to the outcome.");
    }
}
