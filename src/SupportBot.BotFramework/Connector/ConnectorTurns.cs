using Microsoft.Extensions.Logging;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.Hosting;

namespace SupportBot.BotFramework.Connector;

/// <summary>Gives activities that were let in to the bot, each conversation's in the order they came.</summary>
internal sealed partial class ConnectorTurns(
    TurnQueue queue, BotTurns turns, ILogger<ConnectorTurns> logger)
{
    /// <summary>Leaves the activity to the bot; <c>false</c> when too much waits for it already.</summary>
    public bool TryLeave(Activity activity, BotAdapter adapter) =>
        queue.TryReserve()
        && queue.Enqueue(LaneOf(activity), ct => turns.RunAsync(new TurnContext(activity, adapter), ct));

    /// <summary>Gives the activity to the bot and waits until it is through.</summary>
    /// <param name="activity">The activity, which was let in.</param>
    /// <param name="adapter">The way back.</param>
    /// <param name="aborted">Cancels the turn, because nobody waits for it any more.</param>
    /// <returns>How it went; <c>null</c> when too much waits for the bot already.</returns>
    public async Task<TurnOutcome?> RunAsync(Activity activity, BotAdapter adapter, CancellationToken aborted)
    {
        if (!queue.TryReserve())
        {
            return null;
        }

        var turn = new TurnContext(activity, adapter);
        var outcome = new TaskCompletionSource<TurnOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = queue.Enqueue(LaneOf(activity), async ct =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, aborted);
            try
            {
                await turns.RunAsync(turn, either.Token);
                outcome.SetResult(new TurnOutcome(turn.InvokeResponse, Failed: false));
            }
            catch (Exception exception)
            {
                LogFault(exception, activity.ChannelId, activity.Conversation?.Id);
                outcome.SetResult(new TurnOutcome(null, Failed: true));
            }
        });
        return isTaken ? await outcome.Task : null;
    }

    private static string LaneOf(Activity activity) => $"{activity.ChannelId} {activity.Conversation!.Id}";

    [LoggerMessage(LogLevel.Error, "The bot failed in conversation {ConversationId} of channel {ChannelId}.")]
    private partial void LogFault(Exception exception, string? channelId, string? conversationId);
}

/// <summary>How a turn went.</summary>
/// <param name="Invoke">The answer to an invoke, if there is one.</param>
/// <param name="Failed">Whether the bot threw.</param>
internal sealed record TurnOutcome(InvokeResponse? Invoke, bool Failed);
