using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Hosting;

/// <summary>The way back to Direct Line clients: what is said is stored, and the streams read it from there.</summary>
internal sealed class DirectLineAdapter(IActivityLog log, ConversationSignals signals) : BotAdapter
{
    public override async Task<string?> SendAsync(TurnContext turn, Activity activity, CancellationToken ct)
    {
        var conversationId = ConversationOf(turn);
        if (activity.Type == ActivityTypes.Typing && string.IsNullOrEmpty(activity.Text))
        {
            return signals.PublishEphemeral(conversationId, activity);
        }

        var result = await log.AppendAsync(conversationId, activity with { ServiceUrl = null }, ct);
        return result.ActivityId;
    }

    public override Task UpdateAsync(TurnContext turn, Activity activity, CancellationToken ct) => throw Stored();

    public override Task DeleteAsync(TurnContext turn, string activityId, CancellationToken ct) => throw Stored();

    public override Task<string?> ShowAsync(TurnContext turn, Activity activity, CancellationToken ct) =>
        Task.FromResult<string?>(signals.PublishEphemeral(ConversationOf(turn), activity));

    private static string ConversationOf(TurnContext turn) =>
        turn.Activity.Conversation?.Id ?? throw new InvalidOperationException("The turn has no conversation.");

    private static NotSupportedException Stored() => new("What was said on Direct Line stays.");
}
