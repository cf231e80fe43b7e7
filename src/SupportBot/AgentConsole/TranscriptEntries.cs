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
        var note = NoteOf(activity);
        return new TranscriptEntry(
            row.Sequence,
            row.ActivityId,
            note is null ? row.Author.Name() : Author.System.Name(),
            note is null ? activity.From?.Name ?? "" : "",
            note ?? TextOf(activity, HasSources(row)),
            row.At,
            ClientIdOf(row),
            HasSources(row) ? [.. Sources(activity)] : [],
            [.. (activity.Attachments ?? []).Select(ToView)],
            Views.ToEvidence(row.Evidence),
            row.Author == Author.Bot ? activity.ReplyToId : null);
    }

    /// <summary>What this service wrote itself: the bot's answers, and those that an agent approved.</summary>
    private static bool HasSources(ActivityRecord row) =>
        row.Author == Author.Bot || (row.Author == Author.Agent && row.ClientId?.StartsWith(HandoffDesk.ClientIdPrefix, StringComparison.Ordinal) == true);

    /// <summary>The console's own id of a reply; replies that came through an external hub have another one.</summary>
    private static string? ClientIdOf(ActivityRecord row) =>
        row.Author == Author.Agent && row.ClientId?.StartsWith(HandoffDesk.ClientIdPrefix, StringComparison.Ordinal) == true
            ? row.ClientId[HandoffDesk.ClientIdPrefix.Length..]
            : row.ClientId;

    /// <summary>A line about the conversation in place of a message; null for a message.</summary>
    private static string? NoteOf(Activity activity) => activity.Type switch
    {
        ActivityTypes.MessageUpdate => $"{CustomerIn(activity)} changed an earlier message to: “{activity.Text}”",
        ActivityTypes.MessageDelete => $"{CustomerIn(activity)} took an earlier message back.",
        ActivityTypes.Event when Feedback.From(activity) is { } feedback => $"{CustomerIn(activity)} marked an answer as {(feedback.Liked ? "helpful" : "not helpful")}.",
        _ => null,
    };

    private static string CustomerIn(Activity activity) => activity.From?.Name is { Length: > 0 } name ? name : "The customer";

    private static AttachmentView ToView(Attachment attachment) => new(
        attachment.Name ?? attachment.ContentType ?? "Attachment",
        attachment.ContentType ?? "",
        Uri.TryCreate(attachment.ContentUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? attachment.ContentUrl : null);

    private static string TextOf(Activity activity, bool hasSources)
    {
        // Link definitions are for clients only; what people write is shown as they wrote it.
        var text = hasSources && Sources(activity).Any() ? LinkDefinitions().Replace(activity.Text ?? "", "").TrimEnd() : activity.Text ?? "";
        if (text.Length == 0 && activity.Value is { } value)
        {
            text = value.ToString();
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
