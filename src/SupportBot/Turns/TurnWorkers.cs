using Microsoft.EntityFrameworkCore;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Turns;

/// <summary>
/// Runs turns: woken by what this process stores, and by a sweep over what a crash or another replica left behind.
/// </summary>
public sealed class TurnWorkers(
    TurnQueue queue,
    TurnRunner runner,
    LiveEvents live,
    Instance instance,
    IDbContextFactory<SupportBotDb> contexts,
    TimeProvider time,
    ILogger<TurnWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Turns may wait for a model, a search service or a company's system; what keeps a processor busy is limited in <see cref="Deciding"/>.</summary>
    private const int Workers = 32;

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var subscription = live.Subscribe(e =>
        {
            if (e.TurnWaiting)
            {
                queue.Enqueue(e.ConversationId);
            }
        });
        await Task.WhenAll([SweepAsync(ct), .. Enumerable.Range(0, Workers).Select(_ => WorkAsync(ct))]);
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var conversationId = await queue.DequeueAsync(ct);
            try
            {
                while (await runner.RunNextAsync(conversationId, ct))
                {
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The activity is still pending: the sweep brings it back.
                logger.LogError(e, "A turn of conversation {ConversationId} could not be committed and will be run again", conversationId);
            }
            finally
            {
                queue.Done(conversationId);
            }
        }
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        do
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                var now = time.GetUtcNow();
                var waiting = await db.Activities
                    .Where(a => a.Pending)
                    .Join(db.Conversations, a => a.ConversationId, c => c.Id, (a, c) => c)
                    .Where(c => c.LeaseOwner == null || c.LeaseOwner == instance.Id || c.LeaseUntil <= now)
                    .Select(c => c.Id)
                    .Distinct()
                    .Take(1000)
                    .ToListAsync(ct);
                waiting.ForEach(queue.Enqueue);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "The sweep for unanswered messages failed; trying again in {Seconds} s", SweepInterval.TotalSeconds);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }
}
