using Microsoft.EntityFrameworkCore;
using SupportBot.Answers;
using SupportBot.Storage;
using SupportBot.Turns;

namespace SupportBot.Learning;

/// <summary>What came of putting a version in force.</summary>
public enum RollBackOutcome
{
    Done,
    NotFound,
    NeverTaken,
}

/// <summary>The versions that there have been, and which of them is in force: the database says so, and every process follows it.</summary>
public sealed class Versions(IDbContextFactory<SupportBotDb> contexts, Commits commits, UnderstandingSource understanding) : IDisposable
{
    /// <summary>What changes versions is one after the other in this process.</summary>
    public const string CommitKey = "learning";

    private readonly SemaphoreSlim _following = new(1);

    /// <summary>The version whose lessons were taught last, with the number of its labels: an erased conversation takes some away.</summary>
    private (int Number, int Labels)? _taught;

    /// <summary>Teaches the labels of the version in force when it is another one, or has other labels, than the last time.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await _following.WaitAsync(ct);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var number = await db.ModelVersions.Where(v => v.State == VersionState.InForce).Select(v => v.Number).FirstAsync(ct);
            var count = await db.VersionLabels.CountAsync(l => l.Number == number, ct);
            if (_taught != (number, count))
            {
                var labels = await db.VersionLabels.Where(v => v.Number == number)
                    .Join(db.Labels.AsNoTracking(), v => v.LabelId, l => l.Id, (_, l) => l)
                    .OrderBy(l => l.Id)
                    .ToListAsync(ct);
                understanding.Teach(LessonPlan.ToLessons(labels));
                _taught = (number, count);
            }
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Puts a version that was in force before in force again: here at once, in other processes within seconds.</summary>
    public async Task<RollBackOutcome> PutInForceAsync(int number, CancellationToken ct)
    {
        var outcome = await commits.RunAsync(CommitKey, async db =>
        {
            var wanted = await db.ModelVersions.FirstOrDefaultAsync(v => v.Number == number, ct);
            switch (wanted?.State)
            {
                case null:
                    return RollBackOutcome.NotFound;
                case VersionState.NotTaken:
                    return RollBackOutcome.NeverTaken;
                case VersionState.Kept:
                    (await db.ModelVersions.FirstAsync(v => v.State == VersionState.InForce, ct)).State = VersionState.Kept;
                    wanted.State = VersionState.InForce;
                    break;
            }

            return RollBackOutcome.Done;
        }, ct);
        await FollowAsync(ct);
        return outcome;
    }

    public void Dispose() => _following.Dispose();
}
