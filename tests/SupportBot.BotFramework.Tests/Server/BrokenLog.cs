using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>A log that must not be asked.</summary>
internal sealed class BrokenLog : IActivityLog
{
    public ValueTask<bool> StartAsync(ConversationStart start, CancellationToken ct) => throw Asked();

    public ValueTask<AppendResult> AppendAsync(string conversationId, Activity activity, ActivitySource source, CancellationToken ct) =>
        throw Asked();

    public ValueTask<ActivityPage?> ReadAsync(string conversationId, long after, int limit, CancellationToken ct) => throw Asked();

    public ValueTask<ConversationStart?> FindAsync(string conversationId, CancellationToken ct) => throw Asked();

    private static InvalidOperationException Asked() => new("The log was asked.");
}
