using SupportBot.Tests.Tickets.Contract;

namespace SupportBot.Tests.Tickets.RequestTracker;

/// <summary>The contract, against a real RT.</summary>
public sealed class RequestTrackerContractTests(RequestTrackerBackstage backstage) : TicketSystemContract(backstage), IClassFixture<RequestTrackerBackstage>;
