using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Storage;

namespace SupportBot.Tickets;

/// <summary>The case as plain text, for agents who read it in the ticketing system.</summary>
public static class TicketText
{
    /// <summary>Longest transcript, messages and characters; the newest are kept.</summary>
    private const int MostMessages = 200;
    private const int MostCharacters = 50_000;

    /// <param name="transcript">See <see cref="TranscriptAsync"/>.</param>
    /// <param name="readOn">Where agents read the conversation.</param>
    public static string Body(TicketRequest request, string transcript, IReadOnlyCollection<string> citations, Uri readOn)
    {
        var body = new StringBuilder();
        if (request.Summary.Length > 0)
        {
            body.AppendLine(request.Summary).AppendLine();
        }

        foreach (var (name, value) in request.Fields)
        {
            body.Append(Words(name)).Append(": ").AppendLine(value);
        }

        if (request.Intent is { } intent)
        {
            body.Append("Intent: ").Append(intent);
            body.AppendLine(request.Confidence is { } confidence ? string.Create(CultureInfo.InvariantCulture, $" ({confidence:P0} sure)") : "");
        }

        if (citations.Count > 0)
        {
            body.Append("The customer was shown: ").AppendLine(string.Join(", ", citations));
        }

        body.Append("Conversation: ").AppendLine(readOn.ToString()).AppendLine();
        return body.AppendLine("What was said:").Append(transcript).ToString();
    }

    /// <summary>Who said what, oldest first, and the titles of the articles that were shown.</summary>
    public static async Task<(string Transcript, IReadOnlyCollection<string> Citations)> TranscriptAsync(SupportBotDb db, Conversation conversation, CancellationToken ct)
    {
        var rows = await db.Activities.AsNoTracking()
            .Where(a => a.ConversationId == conversation.Id && a.Type == ActivityTypes.Message)
            .OrderByDescending(a => a.Sequence)
            .Take(MostMessages)
            .ToListAsync(ct);
        var lines = new List<string>();
        var characters = 0;
        foreach (var row in rows)
        {
            var line = LineOf(row, ActivityJson.Parse(row.Json), conversation.CustomerName);
            if ((characters += line.Length) > MostCharacters)
            {
                lines.Add("(Earlier messages are left out here.)");
                break;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }
        }

        lines.Reverse();
        var titles = rows.Where(r => r.Author == Author.Bot).SelectMany(r => CitationTitles(ActivityJson.Parse(r.Json))).Distinct().ToList();
        return (string.Join('\n', lines), titles);
    }

    private static string LineOf(ActivityRecord row, Activity activity, string customer)
    {
        var said = string.Join(' ', new[] { SaidIn(activity) }.Concat((activity.Attachments ?? []).Select(a => $"[{a.Name ?? "file"}]")).Where(t => t.Length > 0));
        if (said.Length == 0)
        {
            return "";
        }

        var who = row.Author == Author.Customer ? customer : activity.From?.Name is { Length: > 0 } name ? name : row.Author.Name();
        return $"{row.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {who}: {said}";
    }

    /// <summary>The words, without the lines that only clients need.</summary>
    private static string SaidIn(Activity activity) =>
        string.Join('\n', (activity.Text ?? "").Split('\n').Where(l => !(l.StartsWith('[') && l.Contains("]: http", StringComparison.Ordinal)))).Trim();

    private static IEnumerable<string> CitationTitles(Activity activity) =>
        from entity in activity.Entities ?? []
        where entity.Type == Citations.EntityType && entity.Properties?.ContainsKey("citation") == true
        from claim in entity.Properties!["citation"].EnumerateArray()
        select claim.GetProperty("appearance").GetProperty("name").GetString() ?? "";

    private static string Words(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
