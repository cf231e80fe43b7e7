namespace SupportBot.BotFramework.Tests.Server;

/// <summary>Waiting for what another thread is about to do.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException("It did not happen.");
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
