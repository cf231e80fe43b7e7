using System.Text.Json;
using SupportBot.Answers;
using SupportBot.Learning;

namespace SupportBot.AgentConsole;

/// <summary>What an agent says that a customer's message means.</summary>
/// <param name="Intent">Null when it means none of the company's.</param>
public sealed record CorrectionView(long Sequence, IntentChoice? Intent, string By, DateTimeOffset At);

/// <summary>A label to learn from.</summary>
/// <param name="Kind"><c>intent</c> or <c>answer</c>.</param>
/// <param name="Source"><c>agent</c>, <c>thumb</c> or <c>outcome</c>.</param>
/// <param name="Text">The customer's words without personal data.</param>
/// <param name="Intent">What it means; null for none of the intents, and for an answer.</param>
/// <param name="Article">Slug of the article that is judged; null for an intent.</param>
/// <param name="Right">Whether the article answered; null for an intent.</param>
/// <param name="Use"><c>learnt</c> (when the bot next learns), <c>measured</c> (held back to measure with), <c>left_out</c> or <c>unusable</c>.</param>
/// <param name="Objection">Why it is unusable.</param>
public sealed record LabelView(
    long Id,
    string Kind,
    string Source,
    string Text,
    IntentChoice? Intent,
    string? Article,
    bool? Right,
    string ConversationId,
    long Sequence,
    string? By,
    DateTimeOffset At,
    string Use,
    string? Objection);

public sealed record LabelPage(IReadOnlyList<LabelView> Items, string? NextCursor);

/// <param name="Needed">New labels after which the bot learns by itself; null when it does not.</param>
public sealed record LabelCountsView(int Agents, int Thumbs, int Outcomes, int New, int? Needed);

/// <param name="Running">Whether a training is asked for or under way.</param>
/// <param name="Outcome">How the last one ended.</param>
public sealed record TrainingView(bool Running, string? Step, int Percent, string? RequestedBy, DateTimeOffset? EndedAt, string? Outcome);

/// <param name="State"><c>in_force</c>, <c>kept</c> or <c>not_taken</c>.</param>
/// <param name="MadeAt">Null for the version of the files alone.</param>
/// <param name="Before">How what was in force did then; null for the files alone.</param>
public sealed record VersionView(
    int Number,
    string State,
    DateTimeOffset? MadeAt,
    string? AskedBy,
    int FromAgents,
    int FromThumbs,
    int FromOutcomes,
    int HeldBack,
    LessonFigures? Before,
    LessonFigures? After,
    string? Objection);

/// <summary>What the answer threshold rests on.</summary>
/// <param name="Questions">Evaluation questions that there are.</param>
/// <param name="Fewest">How many support a curve and a threshold.</param>
/// <param name="WantedWrong">Share that may be answered wrongly.</param>
/// <param name="Curve">Empty when there are too few.</param>
public sealed record ConfidenceView(int Questions, int Fewest, double WantedWrong, double Threshold, IReadOnlyList<CoveragePoint> Curve);

/// <param name="TakingOver">Whether what is in force is still being learnt by the process that answers.</param>
public sealed record LearningView(
    LabelCountsView Labels, TrainingView Training, IReadOnlyList<VersionView> Versions, bool TakingOver, ConfidenceView Confidence);

public static class LearningViews
{
    /// <summary>Enough points to draw the curve.</summary>
    private const int MostPoints = 120;

    public static LabelView ToView(this LabelledExample label, Understanding understanding)
    {
        var objection = LessonPlan.ObjectionTo(label, understanding.LessonRules);
        return new LabelView(
            label.Id,
            label.Kind.ToString().ToLowerInvariant(),
            label.Source.ToString().ToLowerInvariant(),
            label.Text,
            ToChoice(label.Intent, understanding),
            label.Article,
            label.Right,
            label.ConversationId,
            label.Sequence,
            label.By,
            label.At,
            label.LeftOut ? "left_out" : objection is not null ? "unusable" : LessonPlan.IsHeldBack(label.Text) ? "measured" : "learnt",
            objection);
    }

    public static CorrectionView ToCorrection(this LabelledExample label, Understanding understanding) =>
        new(label.Sequence, ToChoice(label.Intent, understanding), label.By ?? "", label.At);

    public static VersionView ToView(this ModelVersion version) => new(
        version.Number,
        version.State switch { VersionState.InForce => "in_force", VersionState.Kept => "kept", _ => "not_taken" },
        version.Number == ModelVersion.FilesAlone ? null : version.MadeAt,
        version.AskedBy,
        version.FromAgents,
        version.FromThumbs,
        version.FromOutcomes,
        version.HeldBack,
        ToFigures(version.Before),
        ToFigures(version.After),
        version.Objection);

    public static TrainingView ToView(this TrainingRun run, DateTimeOffset now)
    {
        var underWay = run.Owner is not null && run.LeasedUntil > now;
        return new TrainingView(underWay || run.RequestedBy is not null, underWay ? run.Step : null, underWay ? run.Percent : 0, run.RequestedBy, run.EndedAt, run.Outcome);
    }

    public static ConfidenceView ToConfidence(this Understanding understanding)
    {
        var step = Math.Max(1, understanding.Coverage.Count / MostPoints);
        return new ConfidenceView(
            understanding.EvaluationQuestions.Count,
            Understanding.FewestEvaluationQuestions,
            understanding.WantedWrongShare,
            understanding.AnswerThreshold,
            [.. understanding.Coverage.Where((_, i) => (i + 1) % step == 0)]);
    }

    private static IntentChoice? ToChoice(string? intent, Understanding understanding) =>
        intent is null ? null : new IntentChoice(intent, understanding.Intents.FirstOrDefault(i => i.Name == intent)?.Title ?? intent);

    private static LessonFigures? ToFigures(string? json) => json is null ? null : JsonSerializer.Deserialize<LessonFigures>(json, JsonSerializerOptions.Web);
}
