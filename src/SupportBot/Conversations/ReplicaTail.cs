using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework;
using SupportBot.Storage;

namespace SupportBot.Conversations;

/// <summary>
/// Announces here what other replicas committed, so that a stream or a console gets it whichever replica it is connected to.
/// Looks once a second at conversations that were active lately; the overlap covers transactions that were still open and clocks that
/// differ a little. What this process announced itself is announced again at most once, which does no harm.
/// </summary>
public sealed class ReplicaTail(
    IDbContextFactory<SupportBotDb> contexts,
    ConversationSignals signals,
    LiveEvents live,
    TimeProvider time,
    ILogger<ReplicaTail> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);

    private Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await LookAsync(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "What other replicas did could not be read; trying again in {Seconds} s", Interval.TotalSeconds);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - Overlap;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var active = await db.Conversations.AsNoTracking()
            .Where(c => c.LastAt >= since)
            .Select(c => new { c.Id, c.Version, c.LastSequence, HumanInvolved = c.HandoffId != null })
            .ToListAsync(ct);
        var seen = new Dictionary<string, long>(active.Count, StringComparer.Ordinal);
        foreach (var conversation in active)
        {
            seen[conversation.Id] = conversation.Version;
            if (!_seen.TryGetValue(conversation.Id, out var version) || version != conversation.Version)
            {
                signals.Appended(conversation.Id, conversation.LastSequence);
                live.Publish(new LiveEvent(conversation.Id, TurnWaiting: false, conversation.HumanInvolved));
            }
        }

        _seen = seen;
    }
}
