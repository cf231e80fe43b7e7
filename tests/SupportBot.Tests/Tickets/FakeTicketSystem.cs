using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using SupportBot.Outbox;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets;

/// <summary>
/// A ticketing system in memory, for load and for faults: it can be down, lose its answers after doing what was asked, and ask to be left alone.
/// Its agents act through the methods that the interface does not have.
/// </summary>
public sealed class FakeTicketSystem(string name = "fake") : ITicketSystem
{
    public static readonly string[] Queues = ["Orders and delivery", "Returns and refunds", "Payments and invoices", "Accounts", "Gear advice, care and repair", "Everything else", "Orders"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeTicket> _tickets = [];
    private readonly List<string> _changes = [];
    private int _lostAnswers;
    private TimeSpan? _leaveAlone;

    public string Name => name;

    /// <summary>Whether it answers at all.</summary>
    public volatile bool Down;

    /// <summary>Calls that came, answered or not.</summary>
    public int Calls;

    /// <summary>How many of its next answers to writes get lost after it has done what was asked.</summary>
    public void LoseAnswers(int count) => Volatile.Write(ref _lostAnswers, count);

    /// <summary>Answers that it has too much to do, once.</summary>
    public void LeaveAloneFor(TimeSpan wait) => _leaveAlone = wait;

    public IReadOnlyList<FakeTicket> Tickets
    {
        get
        {
            lock (_lock)
            {
                return [.. _tickets.Values];
            }
        }
    }

    public Task<TicketCatalog> DescribeAsync(CancellationToken ct) => DoAsync(() => new TicketCatalog(Queues, ["Order number"]));

    public Task<RemoteTicket?> FindByKeyAsync(string key, CancellationToken ct) => DoAsync(() => _tickets.Values.FirstOrDefault(t => t.Draft.Key == key)?.ToRemote());

    public Task<RemoteTicket> CreateAsync(TicketDraft draft, CancellationToken ct) => WriteAsync(() =>
    {
        if (!Queues.Contains(draft.Queue))
        {
            throw new OutboxRefusal($"There is no queue '{draft.Queue}'.", final: true);
        }

        var ticket = new FakeTicket { Id = (_tickets.Count + 1).ToString(CultureInfo.InvariantCulture), Draft = draft, Queue = draft.Queue };
        _tickets.Add(ticket.Id, ticket);
        _changes.Add(ticket.Id);
        return ticket.ToRemote();
    });

    public Task<string> AddMessageAsync(string ticketId, MessageDraft message, CancellationToken ct) =>
        WriteAsync(() => Add(ticketId, message.Text, message.Public, fromAgent: false, message.Author.Name, message.Reference).Id);

    public Task UpdateAsync(string ticketId, TicketUpdate update, CancellationToken ct) => WriteAsync(() =>
    {
        _tickets[ticketId].Phase = update.Phase ?? _tickets[ticketId].Phase;
        _changes.Add(ticketId);
        return true;
    });

    public Task<TicketState> ReadAsync(string ticketId, CancellationToken ct) =>
        DoAsync(() => _tickets.TryGetValue(ticketId, out var ticket) ? ticket.ToState() : TicketState.Gone(ticketId));

    public Task<ChangedTickets> ChangedAsync(string? cursor, CancellationToken ct) => DoAsync(() =>
    {
        var from = cursor is null ? _changes.Count : int.Parse(cursor, CultureInfo.InvariantCulture);
        return new ChangedTickets([.. _changes.Skip(from).Distinct()], _changes.Count.ToString(CultureInfo.InvariantCulture), false);
    });

    /// <summary>A call <c>TICKET</c> with <c>X-Fake-Delivery</c> and <c>X-Fake-Signature</c>, the HMAC of the body with the key "fake".</summary>
    public WebhookReading ReadWebhook(WebhookRequest request) =>
        request.Headers["X-Fake-Signature"] == Sign(request.Body.ToArray())
            ? new WebhookReading.Hint(request.Headers["X-Fake-Delivery"].FirstOrDefault(), System.Text.Encoding.UTF8.GetString(request.Body.Span))
            : new WebhookReading.Refused("The signature is wrong.");

    public static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData("fake"u8, body));

    /// <summary>An agent over there writes.</summary>
    public void AgentWrites(string ticketId, string text, bool isPublic = true, string agent = "Rosa")
    {
        lock (_lock)
        {
            Add(ticketId, text, isPublic, fromAgent: true, agent, null);
        }
    }

    /// <summary>The customer writes there by another way, such as mail.</summary>
    public void CustomerWrites(string ticketId, string text)
    {
        lock (_lock)
        {
            Add(ticketId, text, isPublic: true, fromAgent: false, "Ann", null);
        }
    }

    public void Change(string ticketId, Action<FakeTicket> change)
    {
        lock (_lock)
        {
            change(_tickets[ticketId]);
            _changes.Add(ticketId);
        }
    }

    public void Delete(string ticketId)
    {
        lock (_lock)
        {
            _tickets.Remove(ticketId);
            _changes.Add(ticketId);
        }
    }

    private RemoteMessage Add(string ticketId, string text, bool isPublic, bool fromAgent, string author, string? reference)
    {
        var ticket = _tickets[ticketId];
        var message = new RemoteMessage($"{ticketId}-{ticket.Messages.Count + 1}", isPublic, fromAgent, author, text, DateTimeOffset.UnixEpoch.AddSeconds(_changes.Count), reference, []);
        ticket.Messages.Add(message);
        _changes.Add(ticketId);
        return message;
    }

    private Task<T> WriteAsync<T>(Func<T> act) => DoAsync(() =>
    {
        var done = act();
        return Interlocked.Decrement(ref _lostAnswers) >= 0 ? throw new OutboxRefusal("The answer was lost.", final: false) : done;
    });

    private Task<T> DoAsync<T>(Func<T> act)
    {
        lock (_lock)
        {
            Calls++;
            if (Down)
            {
                throw new OutboxRefusal("It is down.", final: false, outOfReach: true);
            }

            if (_leaveAlone is { } wait)
            {
                _leaveAlone = null;
                throw new OutboxRefusal("It has too much to do.", final: false, wait, outOfReach: true);
            }

            return Task.FromResult(act());
        }
    }
}

/// <summary>A ticket of the fake.</summary>
public sealed class FakeTicket
{
    public required string Id { get; init; }

    public required TicketDraft Draft { get; init; }

    public required string Queue { get; set; }

    public TicketPhase Phase { get; set; }

    public string? MergedInto { get; set; }

    public List<RemoteMessage> Messages { get; } = [];

    public RemoteTicket ToRemote() => new(Id, $"FAKE-{Id}", "open", null, []);

    public TicketState ToState() => new(Id, Phase.ToString().ToLowerInvariant(), Phase, Queue, null, MergedInto, false, [.. Messages]);
}
