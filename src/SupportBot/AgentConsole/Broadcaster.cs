using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using SupportBot.BotFramework;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;

namespace SupportBot.AgentConsole;

/// <summary>
/// Carries commits to the consoles. It is told only which conversation changed and reads the log for what to send, so that consoles get
/// what is stored, in order; a conversation that changes faster than it is read is sent once with everything.
/// </summary>
public sealed class Broadcaster(
    LiveEvents live,
    ConversationSignals signals,
    ConversationWatch watch,
    Inbox inbox,
    IHubContext<AgentHub, IAgentClient> hub,
    ILogger<Broadcaster> logger) : BackgroundService
{
    private readonly Channel<Note> _notes = Channel.CreateUnbounded<Note>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Notes in the channel that have not been read yet.</summary>
    private readonly HashSet<Note> _queued = [];

    /// <summary>How far each watched conversation has been sent.</summary>
    private readonly Dictionary<string, long> _sent = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var changes = live.Subscribe(e =>
        {
            if (e.HumanInvolved || watch.IsWatched(e.ConversationId))
            {
                Enqueue(new Note(e.ConversationId, Typing: false));
            }
        });
        signals.EphemeralPublished += OnEphemeral;
        try
        {
            await SendAllAsync(ct);
        }
        finally
        {
            signals.EphemeralPublished -= OnEphemeral;
        }
    }

    private void OnEphemeral(string conversationId, Activity activity)
    {
        if (activity is { Type: ActivityTypes.Typing, From.Role: RoleTypes.User } && watch.IsWatched(conversationId))
        {
            Enqueue(new Note(conversationId, Typing: true));
        }
    }

    private async Task SendAllAsync(CancellationToken ct)
    {
        await foreach (var note in _notes.Reader.ReadAllAsync(ct))
        {
            lock (_queued)
            {
                _queued.Remove(note);
            }

            try
            {
                await (note.Typing
                    ? hub.Clients.Group(ConversationWatch.Group(note.ConversationId)).CustomerTyping(note.ConversationId)
                    : SendAsync(note.ConversationId, ct));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogError(e, "Consoles could not be told about conversation {ConversationId}; they catch up when they next read it", note.ConversationId);
            }
        }
    }

    private void Enqueue(Note note)
    {
        lock (_queued)
        {
            if (!_queued.Add(note))
            {
                return;
            }
        }

        _notes.Writer.TryWrite(note);
    }

    private async Task SendAsync(string conversationId, CancellationToken ct)
    {
        if (await inbox.SummaryAsync(conversationId, ct) is not { } summary)
        {
            return;
        }

        if (watch.IsWatched(conversationId))
        {
            var group = hub.Clients.Group(ConversationWatch.Group(conversationId));
            var after = _sent.TryGetValue(conversationId, out var sent) ? sent : Math.Max(0, summary.LastSequence - 20);
            while (await inbox.ReadAsync(conversationId, after, Inbox.MaxPage, ct) is { Items.Count: > 0 } page)
            {
                foreach (var entry in page.Items)
                {
                    await group.ActivityAppended(conversationId, entry);
                    after = entry.Sequence;
                }
            }

            _sent[conversationId] = after;
        }
        else
        {
            _sent.Remove(conversationId);
        }

        if (summary.State != "bot")
        {
            await hub.Clients.All.ConversationChanged(summary);
        }
        else if (watch.IsWatched(conversationId))
        {
            await hub.Clients.Group(ConversationWatch.Group(conversationId)).ConversationChanged(summary);
        }
    }

    /// <param name="Typing">The customer is typing; otherwise something was committed.</param>
    private readonly record struct Note(string ConversationId, bool Typing);
}
