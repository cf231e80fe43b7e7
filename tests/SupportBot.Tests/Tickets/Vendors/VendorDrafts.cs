using SupportBot.Tickets.Systems;

namespace SupportBot.Tests.Tickets.Vendors;

/// <summary>Tickets and messages for the vendors' own tests.</summary>
internal static class VendorDrafts
{
    public static TicketDraft Ticket(string key, string queue, params TicketFile[] files) => new()
    {
        Key = key,
        ConversationId = "conversation-1",
        Subject = "It arrived broken",
        Queue = queue,
        Priority = "high",
        Requester = new Requester("Ann", "ann@example.com"),
        Body = "Ann: It arrived broken",
        Files = files,
    };

    public static MessageDraft Message(string text, string key = "message-1") => new(key, text, true, new Requester("Ann", "ann@example.com"), []);

    /// <summary>What changed since a cursor, page by page, and the next cursor.</summary>
    public static async Task<(List<string> Ids, string Cursor)> DrainAsync(ITicketSystem system, string cursor)
    {
        var ids = new List<string>();
        for (var page = 0; page < 50; page++)
        {
            var changed = await system.ChangedAsync(cursor, default);
            changed.Ids.Count.ShouldBeLessThanOrEqualTo(300, "pages are bounded");
            ids.AddRange(changed.Ids);
            cursor = changed.Cursor;
            if (!changed.More)
            {
                return (ids, cursor);
            }
        }

        throw new InvalidOperationException("There is no end.");
    }

    public static TicketFile Photo() => new("photo.png", "image/png", 3, _ => Task.FromResult<Stream>(new MemoryStream([1, 2, 3])));
}
