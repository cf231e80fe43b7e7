using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.BotFramework.DirectLine.Uploads;
using SupportBot.Conversations;
using SupportBot.Storage;
using SupportBot.Tickets.Systems;

namespace SupportBot.Tickets;

/// <summary>A file of the conversation that goes with a ticket: only its reference is kept with the effect.</summary>
public sealed record SentFile(string Id, string Name, string ContentType);

/// <summary>The files that customers have sent, for the ticketing system.</summary>
public sealed class TicketFiles(IAttachmentStore store)
{
    /// <summary>How many files go with a ticket or a message; the newest.</summary>
    private const int Most = 20;

    /// <summary>How far back files are looked for, messages of the customer.</summary>
    private const int MostMessages = 500;

    /// <summary>The files in messages of a conversation.</summary>
    public static async Task<IReadOnlyList<SentFile>> InConversationAsync(SupportBotDb db, string conversationId, CancellationToken ct)
    {
        var messages = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversationId && a.Type == ActivityTypes.Message && a.Author == Author.Customer)
            .OrderByDescending(a => a.Sequence)
            .Take(MostMessages)
            .Select(a => a.Json)
            .ToListAsync(ct);
        return [.. messages.SelectMany(json => Of(ActivityJson.Parse(json))).Take(Most).Reverse()];
    }

    /// <summary>The files in one message.</summary>
    public static IEnumerable<SentFile> Of(Activity activity) =>
        from attachment in activity.Attachments ?? []
        let id = IdOf(attachment.ContentUrl)
        where id is not null
        select new SentFile(id, attachment.Name ?? "file", attachment.ContentType ?? "application/octet-stream");

    /// <summary>Ready to be opened; those that have been deleted since are left out.</summary>
    public async Task<IReadOnlyList<TicketFile>> OpenableAsync(string conversationId, IEnumerable<SentFile> files, CancellationToken ct)
    {
        var found = new List<TicketFile>();
        foreach (var file in files)
        {
            await using var stored = await store.OpenAsync(conversationId, file.Id, ct);
            if (stored is not null)
            {
                found.Add(new TicketFile(file.Name, stored.Info.ContentType, stored.Content.Length, token => ReopenAsync(conversationId, file.Id, token)));
            }
        }

        return found;
    }

    private async Task<Stream> ReopenAsync(string conversationId, string id, CancellationToken ct) =>
        (await store.OpenAsync(conversationId, id, ct))?.Content ?? Stream.Null;

    /// <summary>The id in an address of ours: <c>.../attachments/ID/NAME?k=KEY</c>. Whose file it is, the store knows.</summary>
    private static string? IdOf(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            return null;
        }

        var segments = url.AbsolutePath.Split('/');
        var at = Array.LastIndexOf(segments, "attachments");
        return at >= 0 && at + 2 < segments.Length ? segments[at + 1] : null;
    }
}
