using SupportBot.AgentConsole;

namespace SupportBot.Tests.Wire;

/// <summary>One fixed value of every kind of message about our own tickets and the backlog.</summary>
public static class TicketWireSamples
{
    private const string ConversationId = "7Qm2Vd0cXk4";

    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly StoreTicket Stored = new("T-00007", "Make a complaint", "open", "Orders and delivery", "high", "Maeve", "Aoife Byrne", At, At.AddMinutes(5), 3);

    public static StoreTicketPage StoreTickets { get; } = new(
        [Stored, Stored with { Number = "T-00006", Phase = "waiting", Priority = "normal", Assignee = null, Version = 0 }], "639000000000000000_6");

    public static StoreTicketDetail StoreTicket { get; } = new(
        Stored, "aoife@example.com", "The tent pole snapped.", ["damaged"], new Dictionary<string, string> { ["Order"] = "TT-123456" }, ConversationId,
        [new StoreMessage(1, true, false, "Aoife Byrne", "Any news?", At.AddMinutes(4)), new StoreMessage(2, false, true, "Maeve", "Ask the warehouse first.", At.AddMinutes(5))]);

    public static BacklogPage Backlog { get; } = new(
        [
            new BacklogItem(4, "ticket", "desk", ConversationId, "How long do I have?", "waiting", 3, "desk answered with 503.", At, At.AddMinutes(2)),
            new BacklogItem(5, "mail", null, "gone", null, "failed", 8, null, At, null),
        ],
        5,
        [new TicketSystemView("desk", 1, 0, At.AddMinutes(-9), "desk answered with 503."), new TicketSystemView("embedded", 0, 2, null, null)],
        ["Tickets:Routes:gear: 'desk' has no queue 'Gear'; use one of: Orders"]);
}
