using SupportBot.Knowledge.AzureSearch;

namespace SupportBot.Turns;

/// <summary>
/// Keeps the search service in step with the articles in force, behind them: a change is in force here at once, and the service is asked again
/// when it holds it. Looks now and then whether it still does, so that readiness is true also when nobody asks.
/// </summary>
public sealed class SearchUpkeep(
    UnderstandingSource source, IEnumerable<AzurePassages> services, AzureSearchOptions options, ILogger<SearchUpkeep> logger) : BackgroundService
{
    private const int MostDoublings = 6;

    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PauseUntilAnswering = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        if (services.LastOrDefault() is not { } service)
        {
            return;
        }

        service.State.IsLogged = true;
        using var changed = new SemaphoreSlim(0);
        void Note() => changed.Release();
        source.Changed += Note;
        try
        {
            var failures = 0;
            while (true)
            {
                failures = await TryKeepAsync(service, ct) ? 0 : failures + 1;
                await changed.WaitAsync(PauseAfter(failures, service), ct);
                while (changed.Wait(TimeSpan.Zero, CancellationToken.None))
                {
                }
            }
        }
        finally
        {
            source.Changed -= Note;
        }
    }

    private static TimeSpan PauseAfter(int failures, AzurePassages service) =>
        failures > 0 ? PauseUntilAnswering * Math.Pow(2, Math.Min(failures - 1, MostDoublings))
        : service.State.IsAnswering ? UsualPause
        : PauseUntilAnswering;

    private async Task<bool> TryKeepAsync(AzurePassages service, CancellationToken ct)
    {
        var content = source.Current.Content;
        try
        {
            if (!options.UploadChanges)
            {
                await service.CheckAsync(content, ct);
            }
            else if (await service.BringAsync(content, takeOver: false, null, ct) is { } result && result.Uploaded + result.Deleted > 0)
            {
                logger.LogInformation("Azure AI Search has the articles in force: {Uploaded} passages uploaded, {Deleted} deleted", result.Uploaded, result.Deleted);
            }

            return true;
        }
        catch (SearchProblem)
        {
            // The state has logged it, once.
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "The articles could not be brought to Azure AI Search; trying again");
            return false;
        }
    }
}
