using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Contract;

/// <summary>
/// What a vendor's tests bring along: how to reach the system, and what only its own people and programs do there. It looks and acts past the
/// class under test: through the system's API as another user, or straight into a fake.
/// </summary>
public interface ITicketBackstage
{
    /// <summary>Why there is no such system here, as a sentence; every fact is skipped with it. Null when there is one.</summary>
    string? Missing { get; }

    /// <summary>What this system cannot do at all, with the reason; those facts are skipped.</summary>
    IReadOnlyDictionary<Ability, string> Lacks { get; }

    /// <summary>A new copy of options that work, with a webhook secret and whatever settings the facts need.</summary>
    TicketSystemOptions Options { get; }

    /// <summary>The class under test.</summary>
    ITicketSystem Connect(TicketSystemOptions options, VendorHttp http, TimeProvider time);

    /// <summary>A queue, by the name that people there use.</summary>
    string Queue { get; }

    /// <summary>A second one.</summary>
    string OtherQueue { get; }

    /// <summary>A custom field for one line of text.</summary>
    string Field { get; }

    /// <summary>An agent whom tickets can be given to.</summary>
    string Assignee { get; }

    /// <summary>The id of a ticket that there has never been.</summary>
    string NoTicket { get; }

    /// <summary>How many tickets carry the key.</summary>
    Task<int> CountAsync(string key);

    /// <summary>The ticket as the system's people see it.</summary>
    Task<SeenTicket> SeeAsync(string ticketId);

    Task ReplyAsAgentAsync(string ticketId, string text, bool isPublic, params TicketFile[] files);

    /// <summary>The customer writes there, by mail or on its portal, and not through us.</summary>
    Task WriteAsCustomerAsync(string ticketId, string text);

    /// <summary>An agent gives the ticket a status of this phase.</summary>
    Task SetPhaseAsync(string ticketId, TicketPhase phase);

    Task MergeAsync(string ticketId, string intoTicketId);

    Task DeleteAsync(string ticketId);

    /// <summary>The call that the system makes to our webhook address about a ticket, signed with the secret at that moment.</summary>
    WebhookRequest Webhook(string ticketId, string secret, DateTimeOffset at);
}

/// <summary>What not every system can do.</summary>
public enum Ability
{
    Merge,

    Delete,

    /// <summary>A webhook whose signature dies of age.</summary>
    WebhookAge,

    /// <summary>A webhook whose signature covers its body.</summary>
    WebhookSignature,

    /// <summary>A key that a look-up sees at once, and thus an answer that may be lost.</summary>
    LostAnswers,

    CustomFields,

    Priorities,

    Tags,
}

/// <summary>A ticket as the system's people see it.</summary>
/// <param name="Priority">The system's own word or number.</param>
/// <param name="Body">What the ticket was created with, as plain text.</param>
/// <param name="Files">What the ticket was created with.</param>
public sealed record SeenTicket(
    string Subject,
    string Queue,
    string? Assignee,
    string Priority,
    string Body,
    IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<SeenFile> Files);

/// <summary>A file as the system's people get it.</summary>
public sealed record SeenFile(string Name, byte[] Content);
