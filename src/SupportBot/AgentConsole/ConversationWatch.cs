using System.Collections.Concurrent;

namespace SupportBot.AgentConsole;

/// <summary>Which conversations the connected consoles have open, so that nobody reads what nobody looks at.</summary>
public sealed class ConversationWatch
{
    /// <summary>Conversations that one connection may have open.</summary>
    private const int MaxPerConnection = 50;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _byConversation = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _byConnection = new(StringComparer.Ordinal);

    public static string Group(string conversationId) => $"conversation:{conversationId}";

    public void Add(string connectionId, string conversationId)
    {
        var open = _byConnection.GetOrAdd(connectionId, _ => new(StringComparer.Ordinal));
        if (open.Count >= MaxPerConnection && !open.ContainsKey(conversationId))
        {
            throw new Microsoft.AspNetCore.SignalR.HubException($"At most {MaxPerConnection} conversations can be open at a time.");
        }

        open[conversationId] = 0;
        _byConversation.GetOrAdd(conversationId, _ => new(StringComparer.Ordinal))[connectionId] = 0;
    }

    public void Remove(string connectionId, string conversationId)
    {
        if (_byConnection.TryGetValue(connectionId, out var open))
        {
            open.TryRemove(conversationId, out _);
        }

        if (_byConversation.TryGetValue(conversationId, out var connections))
        {
            connections.TryRemove(connectionId, out _);
        }
    }

    public void RemoveAll(string connectionId)
    {
        if (_byConnection.TryRemove(connectionId, out var open))
        {
            foreach (var conversationId in open.Keys)
            {
                Remove(connectionId, conversationId);
            }
        }
    }

    public bool IsWatched(string conversationId) =>
        _byConversation.TryGetValue(conversationId, out var connections) && !connections.IsEmpty;
}
