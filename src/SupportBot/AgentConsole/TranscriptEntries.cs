using System.Text.RegularExpressions;
using SupportBot.BotFramework.Activities;
using SupportBot.Conversations;
using SupportBot.Handoff;

namespace SupportBot.AgentConsole;

/// <summary>Stored messages as the console shows them.</summary>
public static partial class TranscriptEntries
{
    public static TranscriptEntry ToEntry(ActivityRecord row)
    {
        var activity = ActivityJson.Parse(row.Json);
        return new TranscriptEntry(
            row.Sequence,
            row.ActivityId,
            row.Author.Name(),
            activity.From?.Name ?? "",
            TextOf(activity, row.Author),
            row.At,
            row.Author == Author.Agent ? row.ClientId?[HandoffDesk.ClientIdPrefix.Length..] : row.ClientId,
            row.Author == Author.Bot ? [.. Sources(activity)] : [],
            Views.ToEvidence(row.Evidence));
    }

    private static string TextOf(Activity activity, Author author)
    {
        // Only the bot writes link definitions for clients; what people write is shown as they wrote it.
        var text = author == Author.Bot ? LinkDefinitions().Replace(activity.Text ?? "", "").TrimEnd() : activity.Text ?? "";
        if (text.Length == 0 && activity.Value is { } value)
        {
            text = value.ToString();
        }

        foreach (var attachment in activity.Attachments ?? [])
        {
            text = $"{text}\n[{attachment.Name ?? attachment.ContentType ?? "attachment"}]".TrimStart();
        }

        return text;
    }

    private static IEnumerable<CitationView> Sources(Activity activity)
    {
        var message = activity.Entities?.FirstOrDefault(e => e.Type == Citations.EntityType)?.Properties;
        if (message?.TryGetValue("citation", out var claims) == true)
        {
            foreach (var claim in claims.EnumerateArray())
            {
                var document = claim.GetProperty("appearance");
                yield return new CitationView(claim.GetProperty("position").GetInt32(), document.GetProperty("name").GetString()!, document.GetProperty("url").GetString()!);
            }
        }
    }

    /// <summary>The lines <c>[1]: url "title"</c> that clients need and people do not.</summary>
    [GeneratedRegex("""^\[\d{1,3}\]: \S+(?: ".*")?\s*$""", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkDefinitions();
}
