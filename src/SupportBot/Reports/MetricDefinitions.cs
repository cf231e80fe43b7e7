using SupportBot.Company;
using SupportBot.Conversations;

namespace SupportBot.Reports;

/// <param name="TargetSeconds">The company's target, on the business clock; null where it has none.</param>
public sealed record MetricDefinition(string Name, string Title, string Text, double? TargetSeconds);

/// <summary>The metrics in words, so that every figure says what it measures.</summary>
public static class MetricDefinitions
{
    public static MetricDefinition Of(Metric metric, CompanyFacts company) => metric switch
    {
        Metric.BotFirstResponse => new(
            "bot_first_response",
            "Bot first response",
            "From the customer's first message to the bot's first reply. The greeting does not count.",
            company.Targets.FirstResponse.TotalSeconds),
        Metric.HumanFirstResponse => new(
            "human_first_response",
            "Human first response",
            "From the customer's first message to the first reply that a person wrote, whatever the bot said before.",
            company.Targets.TimeToHuman.TotalSeconds),
        Metric.TimeToHuman => new(
            "time_to_human",
            "Time to human",
            "From the bot's decision to bring in a person until an agent took the conversation.",
            company.Targets.TimeToHuman.TotalSeconds),
        Metric.NextResponse => new(
            "next_response",
            "Next response",
            "From a customer's later message to the reply to it, by the bot or by a person. Of several unanswered messages the oldest counts.",
            company.Targets.NextResponse.TotalSeconds),
        _ => new(
            "resolution",
            "Resolution",
            "From the customer's first message until the conversation was resolved, by an agent or because the customer said so.",
            company.Targets.Resolution.TotalSeconds),
    };

    public static Metric? Parse(string name) => name switch
    {
        "bot_first_response" => Metric.BotFirstResponse,
        "human_first_response" => Metric.HumanFirstResponse,
        "time_to_human" => Metric.TimeToHuman,
        "next_response" => Metric.NextResponse,
        "resolution" => Metric.Resolution,
        _ => null,
    };
}
