using System.Diagnostics.Metrics;
using SupportBot.Answers.Models;

namespace SupportBot.Models;

/// <summary>What is counted of the model, on the meter <c>SupportBot.Models</c>. No text is ever a tag.</summary>
internal sealed class ModelMetrics(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SupportBot.Models";

    private readonly Instruments _instruments = new(meters.Create(MeterName));

    /// <summary>Counts an attempt.</summary>
    public void Record(ModelOutcome outcome, TimeSpan elapsed, long tokens)
    {
        var evidence = ModelEvidence.Of(outcome);
        var result = evidence.Refusal?.ToString() ?? nameof(ModelOutcome.Written);
        _instruments.Answers.Add(1, new KeyValuePair<string, object?>("outcome", result));
        _instruments.Duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", result));
        _instruments.Tokens.Add(tokens);
        foreach (var sentence in evidence.Dropped)
        {
            _instruments.Dropped.Add(1, new KeyValuePair<string, object?>("reason", sentence.Reason.ToString()));
        }
    }

    private sealed class Instruments(Meter meter)
    {
        public Counter<long> Answers { get; } = meter.CreateCounter<long>("supportbot.model.answers", "{answer}", "Answers asked of the model, by outcome.");

        public Counter<long> Dropped { get; } = meter.CreateCounter<long>("supportbot.model.dropped_sentences", "{sentence}", "Sentences that failed a check, by reason.");

        public Counter<long> Tokens { get; } = meter.CreateCounter<long>("supportbot.model.tokens", "{token}", "Tokens used, prompt and answer together.");

        public Histogram<double> Duration { get; } = meter.CreateHistogram<double>("supportbot.model.duration", "s", "Time to the outcome.");
    }
}
