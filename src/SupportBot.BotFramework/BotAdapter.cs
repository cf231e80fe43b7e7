using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>A channel's way back: how what a bot says in a turn reaches the conversation.</summary>
public abstract class BotAdapter
{
    /// <summary>Sends an activity that already names its conversation and what it replies to.</summary>
    /// <returns>The activity's id on the channel; <c>null</c> where the channel gives none.</returns>
    public abstract Task<string?> SendAsync(TurnContext turn, Activity activity, CancellationToken ct);

    /// <summary>Replaces the activity with the same id.</summary>
    /// <exception cref="NotSupportedException">The channel cannot take anything back.</exception>
    public abstract Task UpdateAsync(TurnContext turn, Activity activity, CancellationToken ct);

    /// <summary>Takes an activity back.</summary>
    /// <exception cref="NotSupportedException">The channel cannot take anything back.</exception>
    public abstract Task DeleteAsync(TurnContext turn, string activityId, CancellationToken ct);

    /// <summary>Shows something for the moment, such as a part of an answer that is still being written; channels that cannot do not.</summary>
    /// <returns>The id by which later parts refer to the first; <c>null</c> where it is not shown.</returns>
    public virtual Task<string?> ShowAsync(TurnContext turn, Activity activity, CancellationToken ct) => Task.FromResult<string?>(null);
}
