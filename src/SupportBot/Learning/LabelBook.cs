using Microsoft.EntityFrameworkCore;
using SupportBot.Storage;

namespace SupportBot.Learning;

/// <summary>How many labels stand, and whose they are.</summary>
/// <param name="New">Of them, those that no training has seen.</param>
public sealed record LabelCounts(int Agents, int Thumbs, int Outcomes, int New);

/// <summary>What managers read and say of labels.</summary>
public sealed class LabelBook(IDbContextFactory<SupportBotDb> contexts, Commits commits)
{
    public const int MaxPage = 100;

    /// <summary>Labels that stand, the latest first.</summary>
    /// <param name="source">Only those of one source; null for all.</param>
    /// <param name="before">Only those before this id; null for the first page.</param>
    /// <param name="limit">Most labels of a page.</param>
    /// <param name="ct">Cancels reading.</param>
    /// <returns>The page, and whether there are more.</returns>
    public async Task<(IReadOnlyList<LabelledExample> Items, bool More)> ListAsync(LabelSource? source, long? before, int limit, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Labels.AsNoTracking()
            .Where(l => l.Current && (source == null || l.Source == source) && (before == null || l.Id < before))
            .OrderByDescending(l => l.Id)
            .Take(limit + 1)
            .ToListAsync(ct);
        return (rows[..Math.Min(limit, rows.Count)], rows.Count > limit);
    }

    public async Task<LabelCounts> CountAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var bySource = await db.Labels.Where(l => l.Current).GroupBy(l => l.Source).Select(g => new { Source = g.Key, Count = g.Count() }).ToListAsync(ct);
        int Of(LabelSource source) => bySource.Find(s => s.Source == source)?.Count ?? 0;
        return new LabelCounts(Of(LabelSource.Agent), Of(LabelSource.Thumb), Of(LabelSource.Outcome), await Trainer.NewLabels(db).CountAsync(ct));
    }

    /// <summary>What agents say of a conversation's messages, in their order.</summary>
    public async Task<IReadOnlyList<LabelledExample>> CorrectionsAsync(string conversationId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Labels.AsNoTracking()
            .Where(l => l.ConversationId == conversationId && l.Kind == LabelKind.Intent && l.Source == LabelSource.Agent && l.Current)
            .OrderBy(l => l.Sequence)
            .ToListAsync(ct);
    }

    /// <summary>Leaves a label out of what is learnt from next, or takes it in again.</summary>
    /// <returns>False when no such label stands.</returns>
    public Task<bool> LeaveOutAsync(long id, bool leftOut, CancellationToken ct) => commits.RunAsync(Versions.CommitKey, async db =>
        await db.Labels.Where(l => l.Id == id && l.Current).ExecuteUpdateAsync(u => u.SetProperty(l => l.LeftOut, leftOut), ct) == 1, ct);

    /// <summary>All versions, the latest first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ModelVersions.AsNoTracking().OrderByDescending(v => v.Number).ToListAsync(ct);
    }

    /// <summary>How the training under way stands, or how the last one ended.</summary>
    public async Task<TrainingRun> TrainingAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.TrainingRuns.AsNoTracking().FirstAsync(ct);
    }
}
