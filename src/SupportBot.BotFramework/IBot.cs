namespace SupportBot.BotFramework;

/// <summary>A bot: what happens to an activity that comes in, on whatever channel.</summary>
public interface IBot
{
    /// <summary>
    /// Handles one activity. Conversations run side by side, the activities of one conversation one after the other.
    /// An exception is logged by the caller and ends this turn only.
    /// </summary>
    /// <param name="turn">The activity, and the way back to where it came from.</param>
    /// <param name="ct">Cancelled when the host stops or nobody waits for the turn any more.</param>
    Task OnTurnAsync(TurnContext turn, CancellationToken ct);
}
