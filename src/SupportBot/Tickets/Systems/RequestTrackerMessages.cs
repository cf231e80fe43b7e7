using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SupportBot.Outbox;
using static SupportBot.Tickets.Systems.RequestTrackerSystem;

namespace SupportBot.Tickets.Systems;

/// <summary>Reads what was said on a ticket of RT: transactions say who and when, attachments hold the texts and the files.</summary>
/// <param name="call">Makes a call: method, path, body.</param>
/// <param name="ownUserId">The number of our user in RT.</param>
internal sealed partial class RequestTrackerMessages(
    Func<HttpMethod, string, object?, CancellationToken, Task<JsonElement>> call, string ownUserId, TimeProvider time)
{
    private const int PageSize = 100;

    /// <summary>Texts that are asked for at once: an answer has to stay below what is read of one.</summary>
    private const int TextsAtOnce = 20;

    /// <summary>A history of nothing but changes of fields ends here.</summary>
    private const int MostPages = 10;

    /// <summary>How long an answer about who is an agent is good for.</summary>
    private static readonly TimeSpan AuthorsAge = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Author Author, DateTimeOffset At)> _authors = new(StringComparer.Ordinal);

    /// <summary>The newest messages, oldest first. What was said on tickets that were merged into this one is among them.</summary>
    public async Task<IReadOnlyList<RemoteMessage>> ReadAsync(string ticketId, CancellationToken ct)
    {
        var transactions = await TransactionsAsync(ticketId, ct);
        if (transactions.Count == 0)
        {
            return [];
        }

        var files = (await AttachmentsAsync(ticketId, Number(transactions[0]), ct)).ToLookup(a => Text(a, "TransactionId"));
        var texts = new Dictionary<string, string>();
        foreach (var batch in transactions.Chunk(TextsAtOnce))
        {
            await TextsAsync(ticketId, batch, texts, ct);
        }

        var messages = new List<RemoteMessage>();
        foreach (var transaction in transactions)
        {
            var id = Text(transaction, "id");
            var author = await AuthorAsync(Id(transaction, "Creator"), ct);
            var reference = author.IsOurs && Reference().Match(Text(transaction, "Data")) is { Success: true } mark ? mark.Groups[1].Value : null;
            messages.Add(new RemoteMessage(
                id,
                Text(transaction, "Type") != "Comment",
                author is { IsAgent: true, IsOurs: false },
                author.Name,
                texts.GetValueOrDefault(id, ""),
                DateTimeOffset.Parse(Text(transaction, "Created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                reference,
                [.. files[id].Where(f => Text(f, "Filename").Length > 0).Select(ToFile)]));
        }

        return messages;
    }

    private static long Number(JsonElement transaction) => long.Parse(Text(transaction, "id"), CultureInfo.InvariantCulture);

    private async Task<List<JsonElement>> TransactionsAsync(string ticketId, CancellationToken ct)
    {
        var found = new List<JsonElement>();
        for (var page = 1; page <= MostPages && found.Count < TicketState.MostMessages; page++)
        {
            // What our user may not see leaves holes in a page, so that only an empty one is the last.
            var items = Items(await call(
                HttpMethod.Get, $"ticket/{ticketId}/history?fields=Type,Creator,Created,Data&orderby=id&order=DESC&per_page={PageSize}&page={page}", null, ct));
            if (items.Count == 0)
            {
                break;
            }

            found.AddRange(items.Where(t => Text(t, "Type") is "Correspond" or "Comment"));
        }

        return [.. found.Take(TicketState.MostMessages).Reverse()];
    }

    private async Task<List<JsonElement>> AttachmentsAsync(string ticketId, long first, CancellationToken ct)
    {
        var found = new List<JsonElement>();
        var query = Query(("TransactionId", ">=", first.ToString(CultureInfo.InvariantCulture)), ("Filename", "IS NOT", "NULL"));
        for (var page = 1; ; page++)
        {
            var items = Items(await call(
                HttpMethod.Get, $"ticket/{ticketId}/attachments?fields=Filename,ContentType,TransactionId,Headers&orderby=id&per_page={PageSize}&page={page}&query={query}", null, ct));
            found.AddRange(items);
            if (items.Count < PageSize)
            {
                return found;
            }
        }
    }

    private async Task TextsAsync(string ticketId, JsonElement[] transactions, Dictionary<string, string> texts, CancellationToken ct)
    {
        var query = Query(
            ("TransactionId", ">=", Text(transactions[0], "id")), ("TransactionId", "<=", Text(transactions[^1], "id")), ("ContentType", "LIKE", "text/"), ("Filename", "IS", "NULL"));
        var items = Items(await call(
            HttpMethod.Get, $"ticket/{ticketId}/attachments?fields=Content,ContentType,TransactionId&orderby=id&per_page={PageSize}&query={query}", null, ct));
        foreach (var parts in items.GroupBy(a => Text(a, "TransactionId")))
        {
            var plain = parts.FirstOrDefault(p => Text(p, "ContentType") == "text/plain");
            texts[parts.Key] = plain.ValueKind == JsonValueKind.Object ? Text(plain, "Content") : VendorMarkup.ToText(Text(parts.First(), "Content"));
        }
    }

    private static string Query(params (string Field, string Operator, string Value)[] terms) => Uri.EscapeDataString(JsonSerializer.Serialize(
        terms.Select(t => new { field = t.Field, @operator = t.Operator, value = t.Value, entry_aggregator = "AND" })));

    private TicketFile ToFile(JsonElement attachment)
    {
        var id = Text(attachment, "id");
        var size = Length().Match(Text(attachment, "Headers")) is { Success: true } length ? long.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        return new TicketFile(Text(attachment, "Filename"), Text(attachment, "ContentType"), size, async ct =>
        {
            var content = Text(await call(HttpMethod.Get, $"attachment/{id}", null, ct), "Content");
            return new MemoryStream(Convert.FromBase64String(content.Replace("\n", "")), writable: false);
        });
    }

    /// <param name="user">A user's name, or number.</param>
    private async Task<Author> AuthorAsync(string user, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_authors.TryGetValue(user, out var known) && now - known.At < AuthorsAge)
        {
            return known.Author;
        }

        var author = await FindAuthorAsync(user, ct);
        _authors[user] = (author, now);
        return author;
    }

    private async Task<Author> FindAuthorAsync(string user, CancellationToken ct)
    {
        try
        {
            var found = await call(HttpMethod.Get, $"user/{Uri.EscapeDataString(user)}", null, ct);
            return new Author(
                Text(found, "RealName") is { Length: > 0 } name ? name : user, Text(found, "Privileged") == "1" && user != "RT_System", Text(found, "id") == ownUserId);
        }
        catch (OutboxRefusal refusal) when (refusal.Final)
        {
            // Whoever cannot be told to be an agent does not speak for the company.
            return new Author(user, IsAgent: false, IsOurs: false);
        }
    }

    [GeneratedRegex(@"^\[(SB-[A-HJ-NP-Z2-9]{10})\]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^Content-Length: (\d+)", RegexOptions.Multiline)]
    private static partial Regex Length();

    /// <summary>Who wrote something.</summary>
    private sealed record Author(string Name, bool IsAgent, bool IsOurs);
}
