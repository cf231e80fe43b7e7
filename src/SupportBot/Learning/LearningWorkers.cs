namespace SupportBot.Learning;

/// <summary>Follows the version in force, takes up what customers think, and trains when it is due; the training never keeps the rest waiting.</summary>
public sealed class LearningWorkers(Versions versions, FeedbackLabels feedback, Trainer trainer, TimeProvider time, ILogger<LearningWorkers> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(
        RepeatAsync("The version in force could not be followed", versions.FollowAsync, ct),
        RepeatAsync("What customers think of answers could not be taken up", feedback.TakeUpAsync, ct),
        RepeatAsync("Learning from labels failed", trainer.TrainIfDueAsync, ct));

    private async Task RepeatAsync(string failed, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await work(ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "{Failed}; trying again in {Seconds} s", failed, Interval.TotalSeconds);
            }
        }
    }
}
