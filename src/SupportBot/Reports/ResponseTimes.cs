using Microsoft.EntityFrameworkCore;
using NodaTime;
using SupportBot.Company;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Reports;

/// <summary>Seconds at the 50th, 90th and 95th percentile; null where nothing was measured.</summary>
public sealed record Percentiles(double? P50, double? P90, double? P95);

/// <summary>One bucket of a chart. Seconds; p50 and p90 are wall clock.</summary>
public sealed record Bucket(DateTimeOffset Start, int Count, double? P50, double? P90, double? BusinessP50);

public sealed record MetricReport(
    string Metric,
    string Title,
    string Definition,
    double? TargetSeconds,
    int Count,
    Percentiles Wall,
    Percentiles Business,
    IReadOnlyList<Bucket> Series)
{
    /// <summary>Share of what was measured that kept its target: its intent's own, else the company's; null where there is none.</summary>
    public double? WithinTarget { get; init; }
}

public sealed record ResponseTimes(
    int Days,
    DateTimeOffset From,
    DateTimeOffset To,
    string TimeZone,
    DateTimeOffset GeneratedAt,
    IReadOnlyList<MetricReport> Metrics);

/// <summary>One conversation behind a figure. Seconds.</summary>
public sealed record TimedConversation(
    string ConversationId,
    string Subject,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    double WallSeconds,
    double BusinessSeconds,
    string? Queue,
    string? Intent,
    string? Agent)
{
    /// <summary>The target of its intent; null where the company's holds.</summary>
    public double? TargetSeconds { get; init; }

    /// <summary>Whether that target is by the wall clock; otherwise in business hours.</summary>
    public bool TargetOnWallClock { get; init; }
}

public sealed record TimedConversationPage(IReadOnlyList<TimedConversation> Items, int Page, int PageSize, int Total);

/// <summary>Response times of a period, by metric, with both clocks. A period ends now and begins with a day in the company's time zone.</summary>
public sealed class ResponseTimeReport(IDbContextFactory<SupportBotDb> contexts, CurrentCompany current, TimeProvider time)
{
    public const int PageSize = 25;

    public async Task<ResponseTimes> ReadAsync(int days, CancellationToken ct)
    {
        var company = current.Facts;
        var now = time.GetUtcNow();
        var period = Period.Of(days, now, company.TimeZone);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var metrics = new List<MetricReport>();
        foreach (var metric in Enum.GetValues<Metric>())
        {
            var durations = await db.Timings.AsNoTracking()
                .Where(t => t.Metric == metric && t.EndedAt >= period.From && t.EndedAt <= now)
                .Select(t => new Duration(t.EndedAt, t.WallMs, t.BusinessMs, t.TargetMs, t.TargetOnWallClock))
                .ToListAsync(ct);
            metrics.Add(Summarise(metric, durations, period, company));
        }

        return new ResponseTimes(days, period.From, now, company.TimeZone.Id, now, metrics);
    }

    /// <param name="bucket">The start of the bucket of a chart, or null for the whole period.</param>
    public async Task<TimedConversationPage> ConversationsAsync(Metric metric, int days, DateTimeOffset? bucket, int page, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var period = Period.Of(days, now, current.Facts.TimeZone);
        var (from, to) = bucket is { } start ? (start, period.EndOf(start)) : (period.From, now);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var timings = db.Timings.AsNoTracking().Where(t => t.Metric == metric && t.EndedAt >= from && (bucket == null ? t.EndedAt <= to : t.EndedAt < to));
        var total = await timings.CountAsync(ct);
        var items = await timings
            .OrderByDescending(t => t.WallMs).ThenBy(t => t.Id)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Join(db.Conversations, t => t.ConversationId, c => c.Id, (t, c) => new TimedConversation(
                c.Id, c.Subject, t.StartedAt, t.EndedAt, t.WallMs / 1000.0, t.BusinessMs / 1000.0, t.Queue, t.Intent, t.Agent)
            {
                TargetSeconds = t.TargetMs / 1000.0,
                TargetOnWallClock = t.TargetOnWallClock,
            })
            .ToListAsync(ct);
        return new TimedConversationPage([.. items.OrderByDescending(i => i.WallSeconds)], page, PageSize, total);
    }

    private static MetricReport Summarise(Metric metric, List<Duration> durations, Period period, CompanyFacts company)
    {
        var byBucket = durations.ToLookup(d => period.StartOf(d.EndedAt));
        var series = period.Buckets.Select(start =>
        {
            var inBucket = byBucket[start].ToList();
            var wall = Of(inBucket, d => d.WallMs);
            return new Bucket(start, inBucket.Count, wall.P50, wall.P90, Of(inBucket, d => d.BusinessMs).P50);
        });
        var definition = MetricDefinitions.Of(metric, company);
        return new MetricReport(
            definition.Name,
            definition.Title,
            definition.Text,
            definition.TargetSeconds,
            durations.Count,
            Of(durations, d => d.WallMs),
            Of(durations, d => d.BusinessMs),
            [.. series])
        {
            WithinTarget = definition.TargetSeconds is { } target && durations.Count > 0 ? (double)durations.Count(d => d.Keeps(target)) / durations.Count : null,
        };
    }

    private static Percentiles Of(List<Duration> durations, Func<Duration, long> milliseconds)
    {
        var sorted = durations.ConvertAll(d => milliseconds(d) / 1000.0);
        sorted.Sort();
        return new Percentiles(Percentile(sorted, 0.50), Percentile(sorted, 0.90), Percentile(sorted, 0.95));
    }

    /// <summary>Nearest rank: always a duration that some customer really had.</summary>
    internal static double? Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private readonly record struct Duration(DateTimeOffset EndedAt, long WallMs, long BusinessMs, long? TargetMs, bool TargetOnWallClock)
    {
        public bool Keeps(double companySeconds) => (TargetOnWallClock ? WallMs : BusinessMs) <= (TargetMs ?? companySeconds * 1000);
    }

    /// <summary>Hours of today, or days: the buckets of the company's calendar.</summary>
    private sealed record Period(DateTimeOffset From, IReadOnlyList<DateTimeOffset> Buckets, DateTimeOffset End)
    {
        public static Period Of(int days, DateTimeOffset now, DateTimeZone zone)
        {
            var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
            var from = zone.AtStartOfDay(today.PlusDays(1 - days));
            var end = zone.AtStartOfDay(today.PlusDays(1)).ToInstant();
            var buckets = new List<DateTimeOffset>();
            if (days == 1)
            {
                for (var at = from.ToInstant(); at < end; at += NodaTime.Duration.FromHours(1))
                {
                    buckets.Add(at.ToDateTimeOffset());
                }
            }
            else
            {
                for (var day = 0; day < days; day++)
                {
                    buckets.Add(zone.AtStartOfDay(from.Date.PlusDays(day)).ToInstant().ToDateTimeOffset());
                }
            }

            return new Period(from.ToInstant().ToDateTimeOffset(), buckets, end.ToDateTimeOffset());
        }

        public DateTimeOffset StartOf(DateTimeOffset at) => Buckets.Last(start => start <= at);

        public DateTimeOffset EndOf(DateTimeOffset start) => Buckets.FirstOrDefault(b => b > start, End);
    }
}
