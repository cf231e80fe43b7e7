using Microsoft.Extensions.DependencyInjection;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Hosting;

/// <summary>
/// A log that gives the bot a turn for each conversation that begins and for each activity of a user that is stored. What
/// the bot says goes to the log within, so that it gives no turn. A client sees its own activity before the reply, because
/// the turn comes after the activity is stored.
/// </summary>
internal sealed class BotActivityLog : IActivityLog, IDisposable
{
    /// <summary>The key of the service that is the log within.</summary>
    public const string Within = "SupportBot.BotFramework.LogWithin";

    private const int Stripes = 64;

    private static readonly TimeSpan PatienceForPlace = TimeSpan.FromSeconds(10);
    private static readonly ChannelAccount Bot = new() { Id = RoleTypes.Bot, Role = RoleTypes.Bot };

    // Storing and queueing are one step for a conversation, or two activities might change places between. Conversations
    // share locks; what is done under one is short.
    private readonly SemaphoreSlim[] _orders = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];
    private readonly IActivityLog _inner;
    private readonly TurnQueue _queue;
    private readonly BotTurns _turns;
    private readonly DirectLineAdapter _adapter;
    private readonly TimeProvider _time;

    public BotActivityLog(
        [FromKeyedServices(Within)] IActivityLog inner,
        ConversationSignals signals,
        TurnQueue queue,
        BotTurns turns,
        TimeProvider time)
    {
        _inner = inner;
        _queue = queue;
        _turns = turns;
        _adapter = new DirectLineAdapter(inner, signals);
        _time = time;
    }

    public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) => InOrderAsync(
        start.ConversationId,
        () => _inner.StartAsync(start, ct),
        isNew => isNew ? turnCt => _turns.RunAsync(new TurnContext(Welcome(start), _adapter), turnCt) : null,
        ct);

    public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) =>
        _inner.FindAsync(conversationId, ct);

    public ValueTask<AppendResult> AppendAsync(
        string conversationId, Activity activity, ActivitySource source, CancellationToken ct) =>
        source != ActivitySource.Bot && activity.From?.Role == RoleTypes.User
            ? InOrderAsync(
                conversationId,
                () => _inner.AppendAsync(conversationId, activity, source, ct),
                result => result.Outcome == AppendOutcome.Appended
                    ? turnCt => RunAsync(conversationId, result.Sequence, turnCt)
                    : null,
                ct)
            : _inner.AppendAsync(conversationId, activity, source, ct);

    public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) =>
        _inner.ReadAsync(conversationId, after, limit, ct);

    public void Dispose()
    {
        foreach (var order in _orders)
        {
            order.Dispose();
        }
    }

    // The turn's place is taken before anything is stored: what is stored is answered.
    private async ValueTask<T> InOrderAsync<T>(
        string conversationId, Func<ValueTask<T>> store, Func<T, Func<CancellationToken, Task>?> turnAfter, CancellationToken ct)
    {
        await ReserveAsync(ct);
        var order = _orders[(uint)conversationId.GetHashCode(StringComparison.Ordinal) % Stripes];
        var isUsed = false;
        try
        {
            await order.WaitAsync(ct);
            try
            {
                var result = await store();
                if (turnAfter(result) is { } turn)
                {
                    isUsed = true;
                    _queue.Enqueue(LaneOf(conversationId), turn);
                }

                return result;
            }
            finally
            {
                order.Release();
            }
        }
        finally
        {
            if (!isUsed)
            {
                _queue.GiveBack();
            }
        }
    }

    private async ValueTask ReserveAsync(CancellationToken ct)
    {
        if (_queue.TryReserve())
        {
            return;
        }

        using var patience = new CancellationTokenSource(PatienceForPlace, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            await _queue.ReserveAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException("The bot has too much to do.", exception);
        }
    }

    // Read as it was stored, with what the log has stamped on it, and only when its turn has come.
    private async Task RunAsync(string conversationId, long sequence, CancellationToken ct)
    {
        if (await _inner.ReadAsync(conversationId, sequence - 1, 1, ct) is { Items: [var stored, ..] })
        {
            var activity = ActivityJson.Parse(stored.Json);
            await _turns.RunAsync(new TurnContext(activity with { Recipient = activity.Recipient ?? Bot }, _adapter), ct);
        }
    }

    private Activity Welcome(ConversationStart start) => new()
    {
        Type = ActivityTypes.ConversationUpdate,
        Timestamp = _time.GetUtcNow(),
        ChannelId = ActivityStamp.DirectLineChannel,
        Conversation = new ConversationAccount { Id = start.ConversationId },
        From = start.User,
        Recipient = Bot,
        Locale = start.Locale,
        MembersAdded = [start.User],
    };

    private static string LaneOf(string conversationId) => $"{ActivityStamp.DirectLineChannel} {conversationId}";
}
