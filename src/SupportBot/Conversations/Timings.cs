using SupportBot.Company;

namespace SupportBot.Conversations;

/// <summary>What is timed. First response is kept for the bot and for humans apart.</summary>
public enum Metric
{
    BotFirstResponse,
    HumanFirstResponse,
    TimeToHuman,
    NextResponse,
    Resolution,
}

/// <summary>One measured duration on both clocks.</summary>
public sealed class Timing
{
    public long Id { get; init; }

    public required string ConversationId { get; init; }

    public required Metric Metric { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Wall clock, milliseconds.</summary>
    public required long WallMs { get; init; }

    /// <summary>Within business hours as they were when it ended, milliseconds.</summary>
    public required long BusinessMs { get; init; }

    /// <summary>The target that held, milliseconds; null where it was the company's.</summary>
    public long? TargetMs { get; init; }

    /// <summary>Whether that target is by the wall clock; otherwise in business hours.</summary>
    public bool TargetOnWallClock { get; init; }

    public string? Intent { get; init; }

    public string? Queue { get; init; }

    public string? Agent { get; init; }
}

/// <summary>The moments of a conversation from which its timings follow.</summary>
public sealed class ConversationClock
{
    /// <summary>The first customer message since the start or since the last resolution.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>The oldest customer message that nobody has answered yet.</summary>
    public DateTimeOffset? UnansweredSince { get; set; }

    public DateTimeOffset? EscalatedAt { get; set; }

    public bool BotResponded { get; set; }

    public bool HumanResponded { get; set; }

    public void CustomerWrote(DateTimeOffset at)
    {
        AskedAt ??= at;
        UnansweredSince ??= at;
    }

    /// <summary>The bot replied: its first response, or the next one.</summary>
    public IReadOnlyList<Span> BotReplied(DateTimeOffset at)
    {
        if (UnansweredSince is not { } since)
        {
            return [];
        }

        var metric = BotResponded || HumanResponded ? Metric.NextResponse : Metric.BotFirstResponse;
        BotResponded = true;
        UnansweredSince = null;
        return [new Span(metric, since, at)];
    }

    public void Escalated(DateTimeOffset at) => EscalatedAt = at;

    /// <summary>An agent took the conversation over.</summary>
    public IReadOnlyList<Span> Claimed(DateTimeOffset at)
    {
        if (EscalatedAt is not { } since)
        {
            return [];
        }

        EscalatedAt = null;
        return [new Span(Metric.TimeToHuman, since, at)];
    }

    /// <summary>An agent replied. The first human response counts from the customer's first message, also where the bot had answered.</summary>
    public IReadOnlyList<Span> AgentReplied(DateTimeOffset at)
    {
        IReadOnlyList<Span> spans = (HumanResponded, AskedAt, UnansweredSince) switch
        {
            (false, { } asked, _) => [new Span(Metric.HumanFirstResponse, asked, at)],
            (true, _, { } since) => [new Span(Metric.NextResponse, since, at)],
            _ => [],
        };
        HumanResponded = true;
        UnansweredSince = null;
        return spans;
    }

    /// <summary>The conversation is settled; what comes next is timed afresh.</summary>
    public IReadOnlyList<Span> Resolved(DateTimeOffset at)
    {
        IReadOnlyList<Span> spans = AskedAt is { } asked ? [new Span(Metric.Resolution, asked, at)] : [];
        (AskedAt, UnansweredSince, EscalatedAt, BotResponded, HumanResponded) = (null, null, null, false, false);
        return spans;
    }
}

/// <summary>A metric's start and end.</summary>
public readonly record struct Span(Metric Metric, DateTimeOffset From, DateTimeOffset To)
{
    public Timing ToTiming(Conversation conversation, BusinessHours hours, string? queue, string? agent) => new()
    {
        ConversationId = conversation.Id,
        Metric = Metric,
        StartedAt = From,
        EndedAt = To,
        WallMs = (long)(To - From).TotalMilliseconds,
        BusinessMs = (long)hours.Between(From, To).TotalMilliseconds,
        TargetMs = TargetOf(conversation) * 60_000L,
        TargetOnWallClock = conversation.TargetsOnWallClock && TargetOf(conversation) is not null,
        Intent = conversation.Intent,
        Queue = queue,
        Agent = agent,
    };

    private int? TargetOf(Conversation conversation) => Metric switch
    {
        Metric.BotFirstResponse or Metric.HumanFirstResponse => conversation.FirstResponseTarget,
        Metric.Resolution => conversation.ResolutionTarget,
        _ => null,
    };
}
