using System.Text.Json;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework;

/// <summary>What a channel answers to something that was sent.</summary>
/// <param name="Id">The activity's id on the channel; <c>null</c> where the channel gives none.</param>
public sealed record ResourceResponse(string? Id);

/// <summary>The synchronous answer to an <c>invoke</c> activity.</summary>
/// <param name="Status">An HTTP status.</param>
/// <param name="Body">JSON, or nothing.</param>
public sealed record InvokeResponse(int Status, JsonElement? Body = null);

/// <summary>One activity that came in, and the way back.</summary>
public sealed class TurnContext(Activity activity, BotAdapter adapter)
{
    private static readonly TimeSpan LivePace = TimeSpan.FromMilliseconds(250);

    /// <summary>What came in.</summary>
    public Activity Activity { get; } = activity;

    /// <summary>The channel's way back.</summary>
    public BotAdapter Adapter { get; } = adapter;

    /// <summary>Whether anything was sent in this turn.</summary>
    public bool Responded { get; private set; }

    /// <summary>The answer to an invoke; without one it is answered with 501.</summary>
    public InvokeResponse? InvokeResponse { get; set; }

    /// <summary>Says something.</summary>
    public Task<ResourceResponse> SendActivityAsync(string text, CancellationToken ct = default) =>
        SendActivityAsync(Activity.Message(text), ct);

    /// <summary>Sends an activity as a reply to what came in.</summary>
    public async Task<ResourceResponse> SendActivityAsync(Activity reply, CancellationToken ct = default)
    {
        var id = await Adapter.SendAsync(this, reply.InReplyTo(Activity), ct);
        Responded |= reply.Type != ActivityTypes.Typing;
        return new ResourceResponse(id);
    }

    /// <summary>Begins a reply that is shown while it is being written.</summary>
    /// <param name="pace">How long at least lies between two parts; a quarter of a second unless told.</param>
    /// <param name="time">What the pace is measured with; the system's clock unless told.</param>
    public LiveReply StartStream(TimeSpan? pace = null, TimeProvider? time = null) =>
        new(this, pace ?? LivePace, time ?? TimeProvider.System);

    /// <summary>Replaces the activity that has the same id.</summary>
    public Task UpdateActivityAsync(Activity changed, CancellationToken ct = default) =>
        Adapter.UpdateAsync(this, changed.InReplyTo(Activity) with { Id = changed.Id }, ct);

    /// <summary>Takes an activity of this conversation back.</summary>
    public Task DeleteActivityAsync(string activityId, CancellationToken ct = default) => Adapter.DeleteAsync(this, activityId, ct);
}
