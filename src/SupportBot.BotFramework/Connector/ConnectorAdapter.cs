using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Connector;

/// <summary>The way back to a channel: to the address that came with the activity, which was checked when it came in.</summary>
internal class ConnectorAdapter(ConnectorClient client) : BotAdapter
{
    public override async Task<string?> SendAsync(TurnContext turn, Activity activity, CancellationToken ct)
    {
        var (service, conversationId) = WayBack(turn);
        return (await client.SendAsync(service, conversationId, activity.ReplyToId, activity, ct)).Id;
    }

    public override Task UpdateAsync(TurnContext turn, Activity activity, CancellationToken ct)
    {
        var (service, conversationId) = WayBack(turn);
        var id = activity.Id ?? throw new ArgumentException("Which activity is replaced is said by its id.", nameof(activity));
        return client.UpdateAsync(service, conversationId, id, activity, ct);
    }

    public override Task DeleteAsync(TurnContext turn, string activityId, CancellationToken ct)
    {
        var (service, conversationId) = WayBack(turn);
        return client.DeleteAsync(service, conversationId, activityId, ct);
    }

    private static (Uri Service, string ConversationId) WayBack(TurnContext turn) =>
        ServiceAddress.Parse(turn.Activity.ServiceUrl) is { } service && turn.Activity.Conversation?.Id is { Length: > 0 } id
            ? (service, id)
            : throw new NotSupportedException("The activity came without an address for replies.");
}

/// <summary>The way back to a caller who waits for the replies.</summary>
internal sealed class ExpectedRepliesAdapter(ConnectorClient client) : ConnectorAdapter(client)
{
    private readonly Lock _gate = new();
    private readonly List<Activity> _replies = [];

    /// <summary>What was said so far.</summary>
    public ExpectedReplies Replies
    {
        get
        {
            lock (_gate)
            {
                return new ExpectedReplies([.. _replies]);
            }
        }
    }

    public override Task<string?> SendAsync(TurnContext turn, Activity activity, CancellationToken ct)
    {
        lock (_gate)
        {
            _replies.Add(OutboundActivity.Prepare(activity, id: null));
        }

        return Task.FromResult<string?>(null);
    }
}
