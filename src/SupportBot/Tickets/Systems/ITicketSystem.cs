namespace SupportBot.Tickets.Systems;

/// <summary>
/// A company's ticketing system; one file per vendor, and nothing outside that file knows the vendor's terms. Every call may be repeated
/// after a crash or a lost answer, so whatever is created carries a key by which it is found again.
/// </summary>
/// <remarks>
/// What all calls have in common: the system being out of reach, too slow or too busy is an <see cref="Outbox.OutboxRefusal"/> that is not
/// final (with the vendor's own wait, when it names one), something that trying again cannot help is one that is final and says what to
/// change. <see cref="VendorHttp"/> does both for whatever speaks HTTP.
/// </remarks>
public interface ITicketSystem
{
    /// <summary>Its name in the configuration, such as <c>support</c>.</summary>
    string Name { get; }

    /// <summary>What can be chosen there right now: read from the system, never from the configuration.</summary>
    Task<TicketCatalog> DescribeAsync(CancellationToken ct);

    /// <summary>The ticket that was created with this key, or null. It sees what was created a moment ago.</summary>
    Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct);

    /// <summary>
    /// Creates the ticket, keeps the key with it, and reads back what was written: what the system dropped is named in
    /// <see cref="RemoteTicket.Warnings"/>, and a queue that it does not have is a final refusal.
    /// </summary>
    Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct);

    /// <summary>Adds a reply or a note; <see cref="RemoteMessage.Reference"/> tells it apart when the ticket is read.</summary>
    /// <returns>The message's id there.</returns>
    Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct);

    /// <summary>Changes what is not null, and refuses what the system did not take, even where the system itself says nothing.</summary>
    Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct);

    /// <summary>How the ticket stands, with its newest messages in their order.</summary>
    Task<TicketState> ReadAsync(string ticketId, CancellationToken ct);

    /// <summary>Which tickets have changed since a cursor that an earlier call returned; null begins now.</summary>
    Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct);

    /// <summary>Checks the signature of a call that claims to come from the system and reads which ticket it is about.</summary>
    WebhookReading ReadWebhook(WebhookRequest request);
}

/// <summary>What can be chosen in a ticketing system, by the names that people there use.</summary>
/// <param name="Queues">Queues, groups or projects that tickets can go to.</param>
/// <param name="Fields">Custom fields that tickets can carry.</param>
/// <param name="Assignees">Who tickets can be given to; null when the system does not tell.</param>
public sealed record TicketCatalog(IReadOnlyList<string> Queues, IReadOnlyList<string> Fields, IReadOnlyList<string>? Assignees = null);

/// <summary>A ticket over there.</summary>
/// <param name="Id">What the system's calls name it by.</param>
/// <param name="Number">What people name it by.</param>
/// <param name="Status">The system's own word.</param>
/// <param name="Url">Where people read it; null when there is no such page.</param>
/// <param name="Warnings">What the system dropped or cut, in sentences.</param>
public sealed record RemoteTicket(string Id, string Number, string Status, string? Url, IReadOnlyList<string> Warnings);

/// <summary>How a ticket stands over there.</summary>
/// <param name="Id">What the system's calls name it by.</param>
/// <param name="Status">The system's own word.</param>
/// <param name="Phase">What that word means.</param>
/// <param name="Queue">Where it is.</param>
/// <param name="Assignee">Who has it, as people there are named; null when nobody has.</param>
/// <param name="MergedInto">Id of the ticket that it was merged into; null otherwise.</param>
/// <param name="Deleted">Whether it is gone for good.</param>
/// <param name="Messages">
/// Its newest messages, at most <see cref="MostMessages"/>, oldest first; the text that the ticket was created with is none of them.
/// </param>
public sealed record TicketState(
    string Id, string Status, TicketPhase Phase, string Queue, string? Assignee, string? MergedInto, bool Deleted, IReadOnlyList<RemoteMessage> Messages)
{
    /// <summary>How many messages are read.</summary>
    public const int MostMessages = 100;

    /// <summary>A ticket that is no longer there.</summary>
    public static TicketState Gone(string id) => new(id, "deleted", TicketPhase.Closed, "", null, null, true, []);
}

/// <summary>What every vendor's words for a status come to.</summary>
public enum TicketPhase
{
    /// <summary>Somebody has to do something.</summary>
    Open,

    /// <summary>The customer's answer is awaited.</summary>
    Waiting,

    /// <summary>Done, as far as the agents are concerned.</summary>
    Solved,

    /// <summary>Done for good.</summary>
    Closed,
}

/// <summary>A message of a ticket over there.</summary>
/// <param name="Id">Never changes, and no two messages of a ticket share one.</param>
/// <param name="Public">Whether the customer may read it.</param>
/// <param name="FromAgent">Whether somebody of the company wrote it there; false for the customer and for programs.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="Text">Plain text, without the quoted history where the system tells it apart.</param>
/// <param name="At">When.</param>
/// <param name="Reference">The reference of the <see cref="MessageDraft"/> that it was made from; null for what was written there.</param>
/// <param name="Files">What is attached.</param>
public sealed record RemoteMessage(
    string Id, bool Public, bool FromAgent, string AuthorName, string Text, DateTimeOffset At, string? Reference, IReadOnlyList<TicketFile> Files);

/// <summary>Ids of tickets that changed; more than ours may be among them.</summary>
/// <param name="More">Whether to ask again at once.</param>
public sealed record ChangedTickets(IReadOnlyList<string> Ids, string Cursor, bool More);

/// <summary>A call to our webhook address, as it came in.</summary>
/// <param name="Body">At most 1 MB.</param>
public sealed record WebhookRequest(IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, DateTimeOffset Now);

/// <summary>What came of a webhook.</summary>
public abstract record WebhookReading
{
    private WebhookReading()
    {
    }

    /// <summary>Not from the system, too old, or not to be read; the reason is for the log and names no secret.</summary>
    public sealed record Refused(string Reason) : WebhookReading;

    /// <summary>
    /// The ticket may have changed. <c>DeliveryId</c> is the same when the same call comes again; null when the system sends none.
    /// </summary>
    public sealed record Hint(string? DeliveryId, string TicketId) : WebhookReading;

    /// <summary>How the ticket stands, from a system that cannot be asked. An older <c>Order</c> than the last one changes nothing but messages.</summary>
    public sealed record Told(string DeliveryId, TicketState State, long Order) : WebhookReading;
}
