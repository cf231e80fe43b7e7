using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.Storage;

namespace SupportBot.Tickets;

/// <summary>A ticket in our own store.</summary>
public sealed class EmbeddedTicket
{
    public long Number { get; init; }

    public required string Key { get; init; }

    public required string Subject { get; set; }

    public string Status { get; set; } = "open";

    public required string Queue { get; set; }

    public required string Priority { get; set; }

    public required string Requester { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The ticket system for those who have none: our own store, in the same database.</summary>
public sealed class EmbeddedTickets(IDbContextFactory<SupportBotDb> contexts, Commits commits, TimeProvider time) : ITicketSystem
{
    public async Task<TicketReference?> FindByKeyAsync(string key, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ticket = await db.EmbeddedTickets.AsNoTracking().FirstOrDefaultAsync(t => t.Key == key, ct);
        return ticket is null ? null : ToReference(ticket);
    }

    public async Task<TicketReference> CreateAsync(TicketDraft draft, CancellationToken ct)
    {
        var ticket = await commits.RunAsync(draft.Key, db =>
        {
            var added = new EmbeddedTicket
            {
                Key = draft.Key,
                Subject = draft.Subject,
                Queue = draft.Queue,
                Priority = draft.Priority,
                Requester = draft.Requester,
                Body = Body(draft),
                CreatedAt = time.GetUtcNow(),
            };
            db.EmbeddedTickets.Add(added);
            return Task.FromResult(added);
        }, ct);
        return ToReference(ticket);
    }

    private static string Body(TicketDraft draft)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in draft.Fields)
        {
            body.Append(name).Append(": ").AppendLine(value);
        }

        return body.AppendLine().Append(draft.Transcript).ToString();
    }

    private static TicketReference ToReference(EmbeddedTicket ticket) =>
        new(ticket.Number.ToString("'T-'00000", CultureInfo.InvariantCulture), ticket.Status, null);
}
