namespace SupportBot.Tests.Tickets.Vendors;

public sealed partial class FakeZammad
{
    /// <summary>All tickets that it has.</summary>
    public int TicketCount => _tickets.Count;
}
