using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.Conversations;
using SupportBot.Storage;
using SupportBot.Turns;

namespace SupportBot.Learning;

/// <summary>
/// Learns from labels beside what is in force, and lets a candidate take over only when it does better on labels that neither has learnt and
/// loses nothing on the company's own questions. One process trains at a time, under a lease that it renews; what is wanted and what came of
/// it is in the database, so a process that dies is replaced by the next one or by its own restart.
/// </summary>
public sealed class Trainer(
    IDbContextFactory<SupportBotDb> contexts,
    Commits commits,
    UnderstandingSource understanding,
    Versions versions,
    LearningOptions options,
    Instance instance,
    TimeProvider time,
    ILogger<Trainer> logger)
{
    /// <summary>A process that has not renewed its lease for so long is taken for dead.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);

    /// <summary>The latest of so many labels are learnt: what more there are would cost more than they teach.</summary>
    private const int MostLabels = 5_000;

    /// <summary>A manager asks for a training.</summary>
    /// <returns>False when one is asked for or under way already.</returns>
    public Task<bool> RequestAsync(string manager, CancellationToken ct) => commits.RunAsync(Versions.CommitKey, async db =>
    {
        var now = time.GetUtcNow();
        return await db.TrainingRuns
            .Where(r => r.RequestedBy == null && (r.Owner == null || r.LeasedUntil <= now))
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.RequestedBy, manager), ct) == 1;
    }, ct);

    /// <summary>Labels that no training has seen yet.</summary>
    public static IQueryable<LabelledExample> NewLabels(SupportBotDb db) =>
        db.Labels.Where(l => l.Current && !l.LeftOut && l.Id > db.TrainingRuns.First().SeenUpTo);

    /// <summary>Trains when somebody wants it or enough labels have come, unless another process does.</summary>
    public async Task TrainIfDueAsync(CancellationToken ct)
    {
        if (!understanding.IsSettled || await TakeLeaseAsync(ct) is not { } run)
        {
            return;
        }

        var inForce = understanding.Current;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var progress = new TrainingSteps();
        var renewing = RenewAsync(progress, lost);
        try
        {
            var result = await Task.Factory.StartNew(
                () => TrainAsync(run, inForce, progress, lost.Token), lost.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            await EndAsync(run, result, ct);
            await versions.FollowAsync(ct);
            logger.LogInformation("{Outcome}", result.Outcome);
        }
        catch (OperationCanceledException)
        {
            // Stopping, or the lease was lost: what is wanted stays wanted.
            await GiveBackAsync();
        }
        catch (Exception) when (!inForce.SharesIndexWith(understanding.Current))
        {
            // The files changed under it: it begins again when they are learnt.
            await GiveBackAsync();
        }
        catch (Exception e)
        {
            logger.LogError(e, "The training failed; what is in force stays so");
            await EndAsync(run, new Result(null, [], run.SeenUpTo, "The training failed, and nothing has changed; the service's log says why."), ct);
        }
        finally
        {
            await lost.CancelAsync();
            await renewing;
        }
    }

    private async Task<TrainingRun?> TakeLeaseAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        var run = await db.TrainingRuns.AsNoTracking().FirstAsync(ct);
        var isDue = run.RequestedBy is not null || (options.Automatic && await NewLabels(db).CountAsync(ct) >= options.NewLabels);
        if (!isDue || (run.Owner is not null && run.LeasedUntil > now))
        {
            return null;
        }

        run.SeenUpTo = await db.Labels.MaxAsync(l => (long?)l.Id, ct) ?? 0;
        var until = now + Lease;
        return await commits.RunAsync(Versions.CommitKey, writing => writing.TrainingRuns
            .Where(r => r.Owner == run.Owner && r.LeasedUntil == run.LeasedUntil)
            .ExecuteUpdateAsync(u => u
                .SetProperty(r => r.Owner, instance.Id).SetProperty(r => r.LeasedUntil, until)
                .SetProperty(r => r.Step, TrainingSteps.First).SetProperty(r => r.Percent, 0), ct), ct) == 1 ? run : null;
    }

    private async Task<Result> TrainAsync(TrainingRun run, Understanding inForce, TrainingSteps steps, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var number = await db.ModelVersions.Where(v => v.State == VersionState.InForce).Select(v => v.Number).FirstAsync(ct);
        var labels = await db.Labels.AsNoTracking().Where(l => l.Current && !l.LeftOut && l.Id <= run.SeenUpTo).OrderByDescending(l => l.Id).Take(MostLabels).ToListAsync(ct);
        var plan = LessonPlan.Of(labels, inForce.LessonRules);
        if (plan.HeldBack.Count < LessonPlan.FewestHeldBack)
        {
            return new Result(null, [], run.SeenUpTo,
                $"Too few labels: {plan.HeldBack.Count} can be held back to measure with, and {LessonPlan.FewestHeldBack} are needed. Nothing has changed.");
        }

        steps.Report(10, $"Learning from {plan.Learnt.Count} labels");
        var candidate = understanding.Try(inForce, LessonPlan.ToLessons(plan.Learnt), steps, ct);
        ct.ThrowIfCancellationRequested();
        var (heldBack, now) = (LessonPlan.ToLessons(plan.HeldBack), time.GetUtcNow());
        steps.Report(75, "Measuring what is in force");
        var before = LessonTest.Run(inForce, heldBack, now, time);
        steps.Report(90, "Measuring what was learnt");
        var after = LessonTest.Run(candidate, heldBack, now, time);
        ct.ThrowIfCancellationRequested();
        var objection = LessonTest.Objection(before, after);
        var version = new ModelVersion
        {
            Number = await db.ModelVersions.MaxAsync(v => v.Number, ct) + 1,
            State = objection is null ? VersionState.InForce : VersionState.NotTaken,
            MadeAt = now,
            AskedBy = run.RequestedBy,
            FromAgents = plan.Learnt.Count(l => l.Source == LabelSource.Agent),
            FromThumbs = plan.Learnt.Count(l => l.Source == LabelSource.Thumb),
            FromOutcomes = plan.Learnt.Count(l => l.Source == LabelSource.Outcome),
            HeldBack = plan.HeldBack.Count,
            Before = JsonSerializer.Serialize(before, JsonSerializerOptions.Web),
            After = JsonSerializer.Serialize(after, JsonSerializerOptions.Web),
            Objection = objection,
        };
        return new Result(version, objection is null ? [.. plan.Learnt.Select(l => l.Id)] : [], run.SeenUpTo, objection is null
            ? $"Version {version.Number} does better and is in force."
            : $"Version {version.Number} was not taken. {objection}")
        { Beside = number };
    }

    /// <summary>Writes what came of it, all at once, unless the lease was lost.</summary>
    private Task EndAsync(TrainingRun run, Result result, CancellationToken ct) => commits.RunAsync(Versions.CommitKey, async db =>
    {
        var row = await db.TrainingRuns.FirstAsync(ct);
        if (row.Owner != instance.Id)
        {
            return false;
        }

        var now = time.GetUtcNow();
        (row.Owner, row.LeasedUntil, row.Step, row.Percent) = (null, now, null, 0);
        (row.RequestedBy, row.SeenUpTo, row.EndedAt, row.Outcome) = (null, Math.Max(run.SeenUpTo, result.SeenUpTo), now, result.Outcome);
        if (result.Version is not { } version)
        {
            return true;
        }

        if (version.State == VersionState.InForce)
        {
            var inForce = await db.ModelVersions.FirstAsync(v => v.State == VersionState.InForce, ct);
            if (inForce.Number != result.Beside)
            {
                row.Outcome = "Another version was put in force meanwhile. Nothing has changed.";
                return true;
            }

            inForce.State = VersionState.Kept;
            var stillThere = await db.Labels.Where(l => l.Id <= result.SeenUpTo).Select(l => l.Id).ToHashSetAsync(ct);
            db.VersionLabels.AddRange(result.Labels.Where(stillThere.Contains).Select(id => new VersionLabel { Number = version.Number, LabelId = id }));
        }

        db.ModelVersions.Add(version);
        var old = await db.ModelVersions.Where(v => v.State != VersionState.InForce && v.Number != ModelVersion.FilesAlone)
            .OrderByDescending(v => v.Number).Skip(ModelVersion.MostKept - 1).ToListAsync(ct);
        db.ModelVersions.RemoveRange(old);
        return true;
    }, ct);

    private Task GiveBackAsync() => commits.RunAsync(Versions.CommitKey, db =>
    {
        var now = time.GetUtcNow();
        return db.TrainingRuns.Where(r => r.Owner == instance.Id).ExecuteUpdateAsync(u => u
            .SetProperty(r => r.Owner, (string?)null).SetProperty(r => r.LeasedUntil, now).SetProperty(r => r.Step, (string?)null), CancellationToken.None);
    }, CancellationToken.None);

    /// <summary>Holds the lease and says how far it is, until cancelled; cancels the training when the lease is somebody else's.</summary>
    private async Task RenewAsync(TrainingSteps steps, CancellationTokenSource training)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            var renewed = time.GetTimestamp();
            var told = 0;
            while (await timer.WaitForNextTickAsync(training.Token))
            {
                var (step, percent) = steps.Now;
                if (percent == told && time.GetElapsedTime(renewed) < Renewal)
                {
                    continue;
                }

                (renewed, told) = (time.GetTimestamp(), percent);
                var until = time.GetUtcNow() + Lease;
                var held = await commits.RunAsync(Versions.CommitKey, db => db.TrainingRuns.Where(r => r.Owner == instance.Id).ExecuteUpdateAsync(u => u
                    .SetProperty(r => r.LeasedUntil, until).SetProperty(r => r.Step, step).SetProperty(r => r.Percent, percent), training.Token), training.Token);
                if (held == 0)
                {
                    await training.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    /// <summary>What came of a training.</summary>
    /// <param name="Version">Null when nothing could be tried.</param>
    /// <param name="Labels">The labels that it has learnt from, by id.</param>
    private sealed record Result(ModelVersion? Version, IReadOnlyList<long> Labels, long SeenUpTo, string Outcome)
    {
        /// <summary>The version that it was measured against.</summary>
        public int Beside { get; init; }
    }
}
